"""Training records and the register of certificates; each area has a file of its own."""

from django.urls import URLPattern, URLResolver

app_name = "records"

urlpatterns: list[URLPattern | URLResolver] = []
