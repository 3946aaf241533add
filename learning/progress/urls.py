from django.urls import path

from learning.progress import views

app_name = "progress"

urlpatterns = [
    path("my/courses/<int:course_id>/panel/", views.panel, name="panel"),
    path("my/courses/<slug:course>/continue/", views.resume, name="resume"),
    path("courses/<slug:course>/<slug:lesson>/done/", views.finish, name="finish"),
    path("courses/<slug:course>/<slug:lesson>/", views.lesson, name="lesson"),
]
