"""Past sittings of django-quiz-app as graded free sittings."""
