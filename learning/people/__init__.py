"""User and account pages."""
