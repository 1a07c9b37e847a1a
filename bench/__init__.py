"""Accuracy and speed of this build, beside its floors and its peers: `python -m bench`."""
