"""Words, sentences and the parse, with what is shown to the parser and corrected after it."""
