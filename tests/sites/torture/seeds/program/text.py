"""Reckon tolls, line by line."""

RATES = {"barge": 9, "lugger": 12}


def toll(kind, tons):
    """Return the pence due."""
    if kind not in RATES:
        raise KeyError(kind)
    return RATES[kind] * tons


for kind in RATES:
    print(kind, toll(kind, 40))  # a comment that is a good deal longer than any line of code should be on a phone
