from django.urls import path

from certification import views

app_name = "certification"

urlpatterns = [
    path("v/", views.check, name="check"),
    path("v/<str:code>", views.verify, name="verify"),
    path("certificates/<str:code>/file/", views.download, name="download"),
]
