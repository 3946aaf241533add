from django.urls import path

from learning.enrollments.views import assignments, codes, group, learner

app_name = "enrollments"

urlpatterns = [
    path("enroll/<slug:course>/", learner.enroll, name="enroll"),
    path("enrollments/<int:enrollment_id>/withdraw/", learner.withdraw, name="withdraw"),
    path("go/", codes.type_code, name="type_code"),
    path("go/<str:code>/", codes.use_code, name="use_code"),
    path("office/organizations/<int:organization_id>/enroll/", group.group, name="group"),
    path("office/organizations/<int:organization_id>/learners/", group.learners, name="learners"),
    path("office/organizations/<int:organization_id>/codes/", codes.codes, name="codes"),
    path("office/codes/<int:code_id>/close/", codes.close_code, name="close_code"),
    path("office/codes/<int:code_id>/slips/", codes.slips, name="slips"),
    path("office/assignments/", assignments.assignments, name="assignments"),
    path("office/assignments/new/", assignments.new_assignment, name="new_assignment"),
    path("office/assignments/<int:assignment_id>/", assignments.assignment, name="assignment"),
    path("office/assignments/<int:assignment_id>/close/", assignments.close_assignment, name="close_assignment"),
    path(
        "office/assignments/<int:assignment_id>/organizations/<int:organization_id>/",
        assignments.assignment_people,
        name="assignment_people",
    ),
]
