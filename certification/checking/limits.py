"""What a file may cost us. A certificate has 60 kB, one page and 200 objects."""

from certification.checking.apart.limits import MAX_OBJECTS, MAX_PAGES

MAX_BYTES = 5_000_000
WALL_SECONDS = 15

__all__ = ["MAX_BYTES", "MAX_OBJECTS", "MAX_PAGES", "WALL_SECONDS"]
