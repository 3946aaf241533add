"""Reads and writes a course as a folder of text files; the shipped courses live in `library/`."""
