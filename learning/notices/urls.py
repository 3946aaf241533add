from django.urls import path

from learning.notices import views

app_name = "notices"

urlpatterns = [path("my/notices/", views.notices, name="notices")]
