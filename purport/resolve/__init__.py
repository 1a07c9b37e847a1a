"""Mentions -> entities: in a document, then across documents. Pure functions of what they are given."""
