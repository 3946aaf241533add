"""Papers of a workshop: rows of the database → what stands on the paper → HTML → PDF, always in Thai."""
