"""Bounds inside the process that reads."""

MAX_PAGES = 50
MAX_OBJECTS = 5_000
MAX_PARTS = 100_000  # dictionaries and arrays, also those inside an object
MAX_CREDENTIAL_BYTES = 100_000
MAX_FILES = 50
MAX_SIGNATURES = 10
MAX_REVISIONS = 30
CPU_SECONDS = 8
MEMORY_BYTES = 1_000_000_000
MAX_ANSWER = 2_000_000  # characters
