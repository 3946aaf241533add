"""Full-text search that knows Thai words: site, admin and choosers, on SQLite and PostgreSQL alike."""
