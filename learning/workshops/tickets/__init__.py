"""Tickets of workshops: signed, so that a phone at the door can check them with no network; and their short codes."""
