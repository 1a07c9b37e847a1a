"""What is claimed: propositions with their arguments, time and place, and who vouches for each."""

from purport.extract.claims.propositions import propositions

__all__ = ["propositions"]
