"""How certain each voucher is of an act, and how the act is put."""

from purport.extract.factuality.evaluate import Factuality

__all__ = ["Factuality"]
