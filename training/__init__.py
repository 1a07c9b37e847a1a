"""How the weights that ship were made: data in, model file out. Needs torch; nothing in `purport` imports it."""
