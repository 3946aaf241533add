"""What the register writes into the log."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks


@hooks.register("register_log_actions")
def register_actions(actions: Any) -> None:
    actions.register_action("register.invite", _("Invite"), _("Made slips for a first sign-in"))
    actions.register_action("register.accept_invitation", _("Accept"), _("Chose a first password from a slip"))
