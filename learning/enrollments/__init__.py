"""Enrollment and its states; keeps readers who are not enrolled out of lessons."""
