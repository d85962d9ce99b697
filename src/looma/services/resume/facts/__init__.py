"""Rules that find facts in the text of a document; pure functions, every fact with its place."""
