"""What was done with workshops, in the words of the site's history; public holidays in the admin."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from learning.workshops.forms.holidays import HolidayForm
from learning.workshops.models import ClosedDay


class HolidayViewSet(SnippetViewSet):
    """Public holidays; the closed days of a center are kept on its own pages."""

    model = ClosedDay
    icon = "date"
    menu_label = _("Public holidays")
    menu_order = 235
    add_to_admin_menu = True
    list_display = ["name", "on"]
    search_fields = ["name"]
    search_backend_name = None
    edit_handler = ObjectList([FieldPanel("on"), FieldPanel("name")], base_form_class=HolidayForm)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ClosedDay]:
        return ClosedDay.objects.filter(center__isnull=True).order_by("-on")


register_snippet(HolidayViewSet)

SCHEDULING = (
    ("workshops.plan", _("Plan a workshop"), _("Planned a workshop")),
    ("workshops.schedule", _("Schedule a request"), _("Scheduled a request")),
    ("workshops.change", _("Change a workshop"), _("Changed the facts of a workshop")),
    ("workshops.change_room", _("Change the room"), _("Changed the room of a workshop")),
    ("workshops.change_trainers", _("Change the trainers"), _("Changed the trainers of a workshop")),
    ("workshops.change_equipment", _("Change the equipment"), _("Changed the equipment of a workshop")),
    ("workshops.change_session", _("Change a session"), _("Changed a session of a workshop")),
    ("workshops.replace_resource", _("Replace"), _("Replaced what dropped out of a workshop")),
    ("workshops.move", _("Move a workshop"), _("Moved a workshop to other days")),
    ("workshops.open", _("Open registration"), _("Opened registration for a workshop")),
    ("workshops.close", _("Close registration"), _("Closed registration for a workshop")),
    ("workshops.hold", _("Held"), _("Said that a workshop was held")),
    ("workshops.cancel", _("Cancel a workshop"), _("Cancelled a workshop")),
    ("workshops.save_venue", _("Save a venue"), _("Saved a venue")),
    ("workshops.save_resource", _("Save a room or trainer"), _("Saved a room, trainer or other resource")),
    ("workshops.retire_resource", _("Put out of use"), _("Put a resource out of use")),
    ("workshops.restore_resource", _("Put into use again"), _("Put a resource into use again")),
    ("workshops.enter_leave", _("Enter leave"), _("Entered leave or repair")),
    ("workshops.end_leave", _("End leave"), _("Ended leave or repair")),
    ("workshops.close_day", _("Close a day"), _("Closed a day of a center")),
    ("workshops.open_day", _("Open a day"), _("Took back a closed day of a center")),
)


@hooks.register("register_log_actions")
def scheduling_actions(actions: Any) -> None:
    for name, label, message in SCHEDULING:
        actions.register_action(name, label, message)


@hooks.register("register_log_actions")
def workshop_actions(actions: Any) -> None:
    """One for each verb that changes something others see."""
    actions.register_action("workshops.enter_sheet", _("Enter a sheet"), _("Entered a sign-in sheet from paper"))
    actions.register_action("workshops.take_back", _("Take back a mark"), _("Took back a mark of attendance"))
    actions.register_action("workshops.complete", _("Complete"), _("Completed a workshop"))
    actions.register_action("workshops.change_form", _("Change the questions"), _("Changed the questions of a form"))
    actions.register_action("workshops.register", _("Register for a workshop"), _("Registered for a workshop"))
    actions.register_action(
        "workshops.register_party", _("Register people"), _("Registered members of an organization for a workshop")
    )
    actions.register_action("workshops.confirm_seat", _("Confirm a seat"), _("Confirmed a seat"))
    actions.register_action("workshops.decline_seat", _("Decline a seat"), _("Declined a seat"))
    actions.register_action("workshops.cancel_seat", _("Cancel a seat"), _("Cancelled a seat"))
    actions.register_action("workshops.reserve_seats", _("Keep seats"), _("Kept seats for an organization"))
    actions.register_action(
        "workshops.release_reserved", _("Release kept seats"), _("Released the seats kept for an organization")
    )
    actions.register_action("workshops.set_quota", _("Set a quota"), _("Set the quota of an organization"))
    actions.register_action("workshops.report", _("Close the report"), _("Closed the report of a workshop"))
    actions.register_action("workshops.draft_request", _("Write a request"), _("Wrote a request for a workshop"))
    actions.register_action("workshops.edit_request", _("Change a request"), _("Changed a request for a workshop"))
    actions.register_action("workshops.submit_request", _("Send a request"), _("Sent a request to a center"))
    actions.register_action("workshops.return_request", _("Ask back"), _("Returned a request with a question"))
    actions.register_action("workshops.accept_request", _("Accept a request"), _("Accepted a request"))
    actions.register_action("workshops.decline_request", _("Decline a request"), _("Declined a request"))
    actions.register_action("workshops.withdraw_request", _("Withdraw a request"), _("Withdrew a request"))


@hooks.register("register_log_actions")
def paper_actions(actions: Any) -> None:
    """Messages, calendars and papers."""
    for name, label, message in (
        ("workshops.tell", _("Write to the participants"), _("Wrote to the participants of a workshop")),
        ("workshops.send_again", _("Send again"), _("Sent a message again")),
        ("workshops.mark_arrived", _("Note that it arrived"), _("Noted that a message has arrived")),
        ("workshops.open_calendar", _("Make a calendar address"), _("Made the address of a calendar")),
        ("workshops.renew_calendar", _("Renew a calendar address"), _("Renewed the address of a calendar")),
        ("workshops.ask_paper", _("Ask for a paper"), _("Asked for a paper of a workshop")),
        ("workshops.download_paper", _("Download a paper"), _("Downloaded a paper of a workshop")),
    ):
        actions.register_action(name, label, message)


@hooks.register("register_log_actions")
def planning_actions(actions: Any) -> None:
    """Plans over many requests."""
    for name, label, message in (
        ("workshops.ask_plan", _("Ask for a plan"), _("Asked for a plan of workshops")),
        ("workshops.agree_proposal", _("Agree to a proposal"), _("Agreed to a proposal of a plan")),
        ("workshops.decline_proposal", _("Decline a proposal"), _("Declined a proposal of a plan")),
        ("workshops.agree_all", _("Agree to all proposals"), _("Agreed to all proposals of a plan")),
    ):
        actions.register_action(name, label, message)
