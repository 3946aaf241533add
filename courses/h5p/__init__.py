"""H5P question content read into the bank and written from it."""
