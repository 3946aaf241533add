"""Addresses of workshops: those of learners and those of officers."""

from learning.workshops.urls import after, attendance, learners, papers, planning, requests, scheduling, seats

app_name = "workshops"

urlpatterns = [
    *learners.urlpatterns,
    *requests.urlpatterns,
    *scheduling.urlpatterns,
    *planning.urlpatterns,
    *seats.urlpatterns,
    *attendance.urlpatterns,
    *papers.urlpatterns,
    *after.urlpatterns,
]
