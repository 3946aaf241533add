"""The training record as a paper: what is frozen, how it is laid out, how it is made."""
