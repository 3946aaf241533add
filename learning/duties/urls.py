from django.urls import path

from learning.duties import views

app_name = "duties"

urlpatterns = [
    path("office/my-areas/", views.my_areas, name="my_areas"),
    path("office/duties/", views.duties, name="duties"),
    path("office/duties/give/", views.give, name="give"),
    path("office/duties/<int:duty_id>/end/", views.end, name="end"),
]
