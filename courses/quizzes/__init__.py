"""Category, Quiz, Question; one module per question kind; grading is pure."""
