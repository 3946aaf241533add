from django.urls import path

from learning.register.views import invitations

urlpatterns = [
    path("office/organizations/<int:organization_id>/invitations/", invitations.invitations, name="invitations"),
    path(
        "office/organizations/<int:organization_id>/invitations/slips/",
        invitations.invitation_slips,
        name="invitation_slips",
    ),
    path("welcome/", invitations.type_invitation, name="type_invitation"),
    path("welcome/<str:code>/", invitations.welcome, name="welcome"),
]
