"""HTML: the main text of a page, and what the page says about itself."""
