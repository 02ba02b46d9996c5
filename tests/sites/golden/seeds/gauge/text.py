"""Read the gauge

once an hour."""

HOURS = range(24)


def read(gauge):
    return [gauge.at(hour) for hour in HOURS]
