"""Files that hold files: ZIP, gzip, mail, web archives."""
