"""The trained networks at run time."""
