from django.urls import path

from learning.sittings import views

app_name = "sittings"

urlpatterns = [
    path("tests/<slug:course>/<slug:lesson>/", views.start, name="start"),
    path("sittings/<uuid:sitting_id>/", views.sit, name="sit"),
    path("sittings/<uuid:sitting_id>/answers/<int:position>/", views.answer, name="answer"),
    path("sittings/<uuid:sitting_id>/submit/", views.submit, name="submit"),
    path("sittings/<uuid:sitting_id>/result/", views.result, name="result"),
]
