"""django-quiz-app (0.5.1): its dumpdata read, its quizzes and questions written into the bank."""
