"""Finds documents by word, by meaning and by both."""
