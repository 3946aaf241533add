"""Duty: this person answers for this area, from a day until a day."""
