"""Analysis -> parts of a record."""
