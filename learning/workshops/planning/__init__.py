"""Plans of many workshops at once, from the database to proposals and back; `proposing` does the search."""
