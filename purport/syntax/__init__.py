"""What the parse says of clauses, phrases, cues, relations and expressions of time."""
