"""What every room of `learning` may use and nothing with a table: states and refusals."""
