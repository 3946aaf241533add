"""What the admin knows of designs: examples to print, pictures of sheets, what fits on them."""
