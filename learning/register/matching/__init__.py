"""What a row of a file means for the register as it stands: adds, changes, nothing, a problem, a question."""
