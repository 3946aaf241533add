"""What stands behind the addresses of officers, who knocks at them, and what may be heard."""
