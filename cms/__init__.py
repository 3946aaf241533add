"""How it is shown: pages, skin, Thai dates, digits and words, search."""
