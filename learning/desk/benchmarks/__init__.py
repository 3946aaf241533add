"""How fast pages are, as ratios to a bare view in the same run: `manage.py benchmark`."""
