"""What a file may cost us. A certificate has 60 kB, one page and 200 objects."""

from certification.checking.apart.limits import MAX_OBJECTS, MAX_PAGES

MAX_BYTES = 5_000_000
WALL_SECONDS = 15
# Of a process with four threads two go on showing pages, however many files are sent.
AT_ONCE = 2
PATIENCE = 2  # seconds

__all__ = ["AT_ONCE", "MAX_BYTES", "MAX_OBJECTS", "MAX_PAGES", "PATIENCE", "WALL_SECONDS"]
