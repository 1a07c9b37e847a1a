"""Tables that hold documents, a row each, and the user's table of metadata."""
