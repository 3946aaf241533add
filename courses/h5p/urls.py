"""Addresses below /admin/h5p/; `wagtail_hooks` hangs them up there, so Wagtail asks first who may enter the admin."""

from django.urls import path

from courses.h5p import views

app_name = "h5p"
urlpatterns = [
    path("", views.list_packages, name="packages"),
    path("new/", views.new_package, name="new_package"),
    path("quizzes/<slug:quiz>/export/", views.export_quiz, name="export_quiz"),
    path("<slug:uid>/", views.show_package, name="package"),
    path("<slug:uid>/progress/", views.package_progress, name="package_progress"),
    path("<slug:uid>/package.h5p", views.download_package, name="download_package"),
]
