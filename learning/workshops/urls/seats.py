from django.urls import path

from learning.workshops.views import allotments
from learning.workshops.views import seats as views

urlpatterns = [
    path("office/workshops/<int:pk>/seats/", views.seats, name="seats"),
    path("office/workshops/<int:pk>/seats/add/", views.add_people, name="add_people"),
    path("office/workshops/<int:pk>/seats/allotments/", allotments.allotments, name="allotments"),
    path("office/workshops/<int:pk>/seats/<int:seat_id>/confirm/", views.confirm, name="confirm_seat"),
    path("office/workshops/<int:pk>/seats/<int:seat_id>/decline/", views.decline, name="decline_seat"),
    path("office/workshops/<int:pk>/seats/<int:seat_id>/cancel/", views.remove, name="remove_seat"),
]
