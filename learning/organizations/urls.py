from django.urls import path

from learning.organizations import views

app_name = "organizations"

urlpatterns = [
    path("account/organizations/", views.memberships, name="memberships"),
    path("account/organizations/find/", views.find, name="find"),
    path("account/organizations/<int:organization_id>/join/", views.join, name="join"),
    path("account/organizations/memberships/<int:membership_id>/leave/", views.leave, name="leave"),
]
