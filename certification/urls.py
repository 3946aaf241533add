from django.urls import path
from django.views.generic import RedirectView

from certification import views

app_name = "certification"

urlpatterns = [
    path("v/", views.check, name="check"),
    path("v/<str:code>", views.verify, name="verify"),
    path("v/<str:code>/", RedirectView.as_view(pattern_name="certification:verify"), name="verify_slash"),
    path("certificates/<str:code>/file/", views.download, name="download"),
]
