"""The first page after login, one view per role."""
