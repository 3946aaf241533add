"""Lists of certificates issued on paper before: read from a file, checked, looked at, recorded."""
