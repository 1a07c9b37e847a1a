"""purport: who said what about whom, in which words, and who vouches for it."""

__version__ = "0.1.0"
