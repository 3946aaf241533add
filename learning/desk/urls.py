from django.urls import path

from learning.desk import views

app_name = "desk"

urlpatterns = [path("my/", views.home, name="home")]
