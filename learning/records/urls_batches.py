from django.urls import path

from learning.records.views import batches

urlpatterns = [
    path("office/certificates/batches/", batches.batches, name="batches"),
    path("office/certificates/batches/<int:pk>/", batches.batch, name="batch"),
    path("office/certificates/batches/<int:pk>/progress/", batches.batch_progress, name="batch_progress"),
    path("office/certificates/issue/workshop/<int:pk>/", batches.issue_workshop, name="issue_workshop"),
    path("office/certificates/issue/course/<int:pk>/", batches.issue_course, name="issue_course"),
]
