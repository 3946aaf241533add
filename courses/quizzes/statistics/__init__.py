"""What answers say about questions, tests and learning. Pure; the standard library only; undefined is None, never 0."""
