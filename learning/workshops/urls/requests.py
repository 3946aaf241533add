from django.urls import URLPattern, path

from learning.workshops.views import requests as views

urlpatterns: list[URLPattern] = [
    path("office/workshops/requests/", views.requests, name="requests"),
    path("office/workshops/requests/new/", views.new_request, name="request_new"),
    path("office/workshops/requests/<int:pk>/", views.request_page, name="request"),
    path("office/workshops/requests/<int:pk>/edit/", views.edit_request, name="request_edit"),
]
