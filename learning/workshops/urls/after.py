from django.urls import path

from learning.workshops.views import after as views
from learning.workshops.views import report

urlpatterns = [
    path("workshops/<int:pk>/pre-test/", views.pre_test, name="pre_test"),
    path("workshops/<int:pk>/post-test/", views.post_test, name="post_test"),
    path("workshops/<int:pk>/evaluation/", views.evaluate, name="evaluate"),
    path("workshops/<int:pk>/follow-up/", views.follow_up, name="follow_up"),
    path("office/workshops/<int:pk>/results/", views.results, name="results"),
    path("office/workshops/<int:pk>/results/complete/", views.complete, name="complete"),
    path("office/workshops/<int:pk>/results/questions/", views.questions, name="questions"),
    path("office/workshops/<int:pk>/report/", report.report, name="report"),
    path("office/workshops/<int:pk>/report/file.xlsx", report.report_workbook, name="report_workbook"),
    path("office/workshops/<int:pk>/report/close/", report.report_closed, name="close_report"),
    path("office/workshops/<int:pk>/report/costs/<int:line>/", report.cost_removed, name="remove_cost"),
    path("office/workshops/<int:pk>/report/pictures/<int:picture>/", report.picture, name="picture"),
    path(
        "office/workshops/<int:pk>/report/pictures/<int:picture>/remove/", report.picture_removed, name="remove_picture"
    ),
]
