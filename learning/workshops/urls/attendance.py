from django.urls import path

from learning.workshops.views import attendance as views

urlpatterns = [
    path("office/workshops/check-in/sw.js", views.service_worker, name="service_worker"),
    path("office/workshops/<int:pk>/check-in/", views.check_in, name="check_in"),
    path("office/workshops/<int:pk>/check-in/roster.json", views.roster_json, name="roster"),
    path("office/workshops/<int:pk>/check-in/scans/", views.scans, name="scans"),
    path("office/workshops/<int:pk>/check-in/mark/", views.mark_by_hand, name="mark"),
    path("office/workshops/<int:pk>/attendance/", views.attendance, name="attendance"),
]
