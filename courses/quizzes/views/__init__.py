"""The question bank in the admin."""
