"""How actors stand to each other, and the words and deeds that show it."""

from purport.extract.stance.find import stances

__all__ = ["stances"]
