"""Paper and workbooks: a list as a value, and its writers."""
