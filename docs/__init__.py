"""What keeps the documentation true: blocks that run, a reference and a picture that are generated."""
