"""Things that tests are about, one file per app."""
