from django.urls import path

from learning.enrollments import views

app_name = "enrollments"

urlpatterns = [
    path("enroll/<slug:course>/", views.enroll, name="enroll"),
    path("enrollments/<int:enrollment_id>/withdraw/", views.withdraw, name="withdraw"),
]
