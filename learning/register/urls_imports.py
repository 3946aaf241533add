"""Addresses of imports; `learning.register.urls` includes them."""

from django.urls import path

from learning.register.views import imports as views

urlpatterns = [
    path("office/imports/", views.imports, name="imports"),
    path("office/imports/new/", views.new_import, name="new_import"),
    path("office/imports/template/<slug:kind>.xlsx", views.import_template, name="import_template"),
    path("office/imports/<int:pk>/", views.show_import, name="import"),
    path("office/imports/<int:pk>/progress/", views.import_progress, name="import_progress"),
    path("office/imports/<int:pk>/to-correct.xlsx", views.import_report, name="import_report"),
    path("office/imports/<int:pk>/rows/<int:number>/", views.import_row, name="import_row"),
    path("office/imports/<int:pk>/rows/<int:number>/decide/", views.decide_row, name="decide_row"),
    path("office/imports/<int:pk>/save/", views.apply_import, name="apply_import"),
    path("office/imports/<int:pk>/undo/", views.undo_import, name="undo_import"),
    path("office/imports/<int:pk>/discard/", views.discard_import, name="discard_import"),
]
