"""Companies, jobs and people, and what happened to them."""
