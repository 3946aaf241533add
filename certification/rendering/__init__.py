"""A certificate as a sheet of paper: the facts that are printed, the sheet, and the PDF."""
