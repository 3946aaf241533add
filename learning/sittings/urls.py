from django.urls import path

from learning.sittings.views import allowances, answering, marking, my_tests, regrading, result, sitting, starting

app_name = "sittings"

urlpatterns = [
    path("tests/<slug:course>/<slug:lesson>/", starting.start, name="start"),
    path("my/tests/", my_tests.my_tests, name="my_tests"),
    path("sittings/<uuid:sitting_id>/", sitting.sit, name="sit"),
    path("sittings/<uuid:sitting_id>/go/", sitting.go, name="go"),
    path("sittings/<uuid:sitting_id>/answers/<int:position>/", answering.answer, name="answer"),
    path("sittings/<uuid:sitting_id>/submit/", answering.submit, name="submit"),
    path("sittings/<uuid:sitting_id>/result/", result.result, name="result"),
    path("office/marking/", marking.desk, name="marking"),
    path("office/marking/<int:response_id>/", marking.mark, name="mark"),
    path("office/marking/tests/<slug:uid>/", marking.rule, name="marking_rule"),
    path("office/quizzes/<slug:uid>/regrade/", regrading.page, name="regrade"),
    path("office/quizzes/<slug:uid>/allowances/", allowances.page, name="allowances"),
]
