"""Sittings counted: what their answers say about a quiz, about a question, and about a person's subjects."""
