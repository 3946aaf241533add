"""The files of many certificates in one: a PDF to print, or a ZIP of the signed files as they are."""
