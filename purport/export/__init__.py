"""Rows, records and networks -> files. One function a format, two tables: `EXPORTS` and `NETWORK_EXPORTS`."""
