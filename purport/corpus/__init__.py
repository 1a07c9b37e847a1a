"""What is done with a store: reading into it, asking, actors, stances, review, comparison."""
