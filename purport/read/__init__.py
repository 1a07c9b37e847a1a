"""Bytes -> documents: one module a format, one table `READERS`; and what surrounds it: files, metadata, dates."""
