"""Bucket policies to review: templates, merged with what is there. Nothing here is applied."""
