"""Training records and the register of certificates; each area has a file of its own."""

from django.urls import URLPattern, URLResolver

from learning.records import urls_batches, urls_office, urls_person

app_name = "records"

urlpatterns: list[URLPattern | URLResolver] = [
    *urls_batches.urlpatterns,
    *urls_office.urlpatterns,
    *urls_person.urlpatterns,
]
