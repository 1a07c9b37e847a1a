"""What pages are drawn with: templates, marks, plots, the query string."""
