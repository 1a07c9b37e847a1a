"""Analysis -> what is said: attributions, propositions, stances. A wing each, with one function as its face."""
