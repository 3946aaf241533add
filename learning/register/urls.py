"""Addresses of the pages where officers keep the register."""

from django.urls import path

from learning.register.urls_imports import urlpatterns as imports
from learning.register.urls_invitations import urlpatterns as invitations
from learning.register.views import endings, members, organizations, people

app_name = "register"

ORGANIZATION = "office/organizations/<int:organization_id>/"
MEMBERSHIP = "office/people/memberships/<int:membership_id>/"

urlpatterns = [
    path("office/organizations/", organizations.organizations, name="organizations"),
    path("office/organizations/add/", organizations.add_organization, name="add_organization"),
    path(ORGANIZATION, organizations.organization, name="organization"),
    path(f"{ORGANIZATION}edit/", organizations.edit_organization, name="edit_organization"),
    path(f"{ORGANIZATION}merge/", endings.merge, name="merge"),
    path(f"{ORGANIZATION}split/", endings.split, name="split"),
    path(f"{ORGANIZATION}dissolve/", endings.dissolve, name="dissolve"),
    path(f"{ORGANIZATION}members/add/", members.add_member, name="add_member"),
    path("office/people/", people.people, name="people"),
    path("office/people/<int:person_id>/", people.person, name="person"),
    path("office/people/<int:person_id>/edit/", people.edit_person, name="edit_person"),
    path(f"{MEMBERSHIP}edit/", members.edit_member, name="edit_member"),
    path(f"{MEMBERSHIP}end/", members.end_membership, name="end_membership"),
    *imports,
    *invitations,
]
