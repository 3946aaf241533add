"""Every write of workshops, one module for each story."""
