from django.urls import path

from learning.reports import views

app_name = "reports"

urlpatterns = [
    path("office/", views.dashboard, name="dashboard"),
    path("office/reports/", views.reports, name="reports"),
    path("office/reports/files/", views.files, name="files"),
    path("office/reports/files/<int:file_id>/", views.file, name="file"),
    path("office/reports/files/<int:file_id>/pdf/", views.download, name="download"),
    path("office/reports/<slug:slug>/", views.report, name="report"),
    path("office/reports/<slug:slug>/xlsx/", views.workbook, name="workbook"),
    path("office/reports/<slug:slug>/pdf/", views.paper, name="paper"),
]
