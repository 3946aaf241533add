"""CourseIndexPage, CoursePage, LessonPage, their blocks, and what is kept ready to serve them."""
