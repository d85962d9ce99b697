"""Matching: what a job asks for, how well a person fits, and why."""
