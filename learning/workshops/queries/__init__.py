"""Reads of workshops, one module for each thing read."""
