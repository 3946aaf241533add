"""What came of it: counts by area, kept ready; reports, their files, the dashboard."""
