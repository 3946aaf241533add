from django.urls import path

from learning.workshops.views import learners as views

urlpatterns = [
    path("workshops/", views.workshops, name="list"),
    path("workshops/<int:pk>/", views.workshop, name="workshop"),
    path("workshops/<int:pk>/register/", views.register, name="register"),
    path("my/workshops/", views.mine, name="mine"),
    path("my/workshops/<int:pk>/", views.ticket, name="ticket"),
    path("my/workshops/<int:pk>/cancel/", views.cancel, name="cancel_seat"),
]
