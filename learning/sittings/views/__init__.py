"""Sitting a quiz in the browser, its result, and the desk of those who mark and manage."""
