"""The readers: from the text of one file to a value, one module a format."""
