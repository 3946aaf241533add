"""Workshops at a transfer center: asked for, scheduled, filled, held, and what came of them."""
