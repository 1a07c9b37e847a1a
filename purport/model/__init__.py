"""The nouns: documents, analyses, records, rows, networks, the lexicon, and their JSON."""
