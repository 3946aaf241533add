"""LessonCompletion: which lessons are done, which are left, and when a course is complete."""
