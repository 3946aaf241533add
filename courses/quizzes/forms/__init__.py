"""What authors write in the admin: questions by their kind, quizzes, files to be read."""
