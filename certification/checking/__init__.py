"""Checking a file that somebody holds: what is true of it and what is not. `examining.examine` is the door."""
