"""What is Thai about the site: digits, Buddhist Era dates, words, names, slugs. No tables."""
