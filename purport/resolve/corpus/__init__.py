"""Who is who across documents, as people have judged it."""
