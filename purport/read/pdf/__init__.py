"""PDF: its pages as lines, its lines as paragraphs."""
