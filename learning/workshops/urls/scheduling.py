from django.urls import path

from learning.workshops.views import arranging, changing, dropping_out, office, resources
from learning.workshops.views import scheduling as views

ONE = "office/workshops/<int:pk>"
RESOURCES = "office/workshops/resources"

urlpatterns = [
    path("office/workshops/", office.office, name="office"),
    path("office/workshops/all/", office.workshops, name="all"),
    path("office/workshops/new/", arranging.plan, name="plan_workshop"),
    path("office/workshops/requests/<int:pk>/schedule/", arranging.schedule, name="schedule"),
    path(f"{ONE}/", views.manage, name="manage"),
    path(f"{ONE}/open/", views.open_registration, name="open"),
    path(f"{ONE}/close/", views.close_registration, name="close"),
    path(f"{ONE}/hold/", views.hold, name="hold"),
    path(f"{ONE}/cancel/", views.cancel, name="cancel"),
    path(f"{ONE}/change/", changing.change, name="change"),
    path(f"{ONE}/move/", changing.move, name="move"),
    path(f"{ONE}/places/", changing.places, name="places"),
    path(f"{ONE}/sessions/<int:session_id>/", changing.session, name="session"),
    path(f"{RESOURCES}/", resources.resources, name="resources"),
    path(f"{RESOURCES}/new/<str:kind>/", resources.add_resource, name="resource_new"),
    path(f"{RESOURCES}/<int:pk>/", resources.resource, name="resource"),
    path(f"{RESOURCES}/<int:pk>/change/", resources.edit_resource, name="resource_edit"),
    path(f"{RESOURCES}/<int:pk>/retire/", resources.retire_resource, name="resource_retire"),
    path(f"{RESOURCES}/<int:pk>/restore/", resources.restore_resource, name="resource_restore"),
    path(f"{RESOURCES}/<int:pk>/leave/", resources.leave, name="resource_leave"),
    path(f"{RESOURCES}/<int:pk>/leave/end/", resources.end_leave, name="resource_leave_end"),
    path(f"{RESOURCES}/<int:pk>/drops-out/", dropping_out.drops_out, name="resource_drops_out"),
    path(f"{RESOURCES}/venues/new/", resources.add_venue, name="venue_new"),
    path(f"{RESOURCES}/venues/<int:pk>/", resources.edit_venue, name="venue_edit"),
    path(f"{RESOURCES}/closed-days/new/", resources.close_day, name="close_day"),
    path(f"{RESOURCES}/closed-days/<int:pk>/open/", resources.open_day, name="open_day"),
]
