"""Bounds inside the process that reads."""

# The training record of a long life is the largest file of ours: 300 lines have 23 pages and 5,700 objects.
MAX_PAGES = 80
MAX_OBJECTS = 20_000
MAX_PARTS = 200_000  # dictionaries and arrays, also those inside an object
MAX_CREDENTIAL_BYTES = 100_000
MAX_FILES = 50
MAX_SIGNATURES = 10
MAX_REVISIONS = 30
CPU_SECONDS = 8
MEMORY_BYTES = 1_000_000_000
MAX_ANSWER = 2_000_000  # bytes; JSON in ASCII
