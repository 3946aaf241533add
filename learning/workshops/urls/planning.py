from django.urls import path

from learning.workshops.views import calendar, plans

PLANS = "office/workshops/plans"

urlpatterns = [
    path("office/workshops/calendar/", calendar.calendar, name="calendar"),
    path(f"{PLANS}/", plans.plans, name="plans"),
    path(f"{PLANS}/repair/", plans.repair, name="plan_drop_out"),
    path(f"{PLANS}/<int:pk>/", plans.plan, name="plan"),
    path(f"{PLANS}/<int:pk>/progress/", plans.plan_progress, name="plan_progress"),
    path(f"{PLANS}/<int:pk>/agree/", plans.agree_to_all, name="plan_agree_all"),
    path(f"{PLANS}/<int:pk>/repair/", plans.repair, name="plan_repair"),
    path(f"{PLANS}/proposals/<int:pk>/", plans.proposal, name="proposal"),
    path(f"{PLANS}/proposals/<int:pk>/agree/", plans.agree, name="proposal_agree"),
    path(f"{PLANS}/proposals/<int:pk>/decline/", plans.decline, name="proposal_decline"),
]
