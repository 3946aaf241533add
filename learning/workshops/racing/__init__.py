"""Races: many people want the same few things in the same moment, over real connections."""
