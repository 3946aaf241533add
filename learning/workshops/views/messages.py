"""Messages of a workshop: what went to whom, what waits, own words to all."""

from typing import Any

from django.contrib import messages as flash
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learning.duties.rules import duties_of_today
from learning.workshops.choices import COMING, MessageState
from learning.workshops.flows import messages as flows
from learning.workshops.forms.messages import OwnWordsForm
from learning.workshops.models import ScheduledMessage, Workshop
from learning.workshops.queries.messages import (
    NEEDS_A_PERSON,
    counts_of_messages,
    messages_of,
    participants_to_tell,
)
from learning.workshops.queries.scope import desk_of, workshops_attended_to_by

SHOWN = 50


def attended_workshop(request: HttpRequest, pk: int) -> Workshop:
    """A workshop of one's center or one that one's office asked for; every other is not there (404)."""
    areas = duties_of_today(request.user)  # type: ignore[arg-type]
    found = workshops_attended_to_by(request.user, desk=desk_of(request.user, areas=areas))
    return get_object_or_404(found.select_related("center", "office"), pk=pk)


def _message(request: HttpRequest, pk: int, message_id: int) -> ScheduledMessage:
    return get_object_or_404(messages_of(attended_workshop(request, pk)), pk=message_id)


@login_required
@require_safe
def messages(request: HttpRequest, pk: int) -> HttpResponse:
    workshop = attended_workshop(request, pk)
    counts = counts_of_messages(workshop)
    chosen = request.GET.get("state", "")
    chosen = chosen if chosen in counts else ""
    page = Paginator(messages_of(workshop, state=chosen), SHOWN).get_page(request.GET.get("page"))
    labels = dict(MessageState.choices)
    context = {
        "workshop": workshop,
        "page_obj": page,
        "chosen": chosen,
        "total": sum(counts.values()),
        "states": [(state, labels[state], count) for state, count in counts.items() if count],  # type: ignore[index]
        "to_decide": [(state, labels[state], counts[state]) for state in NEEDS_A_PERSON if counts[state]],  # type: ignore[index]
        "may_write": workshop.state in COMING,
    }
    return render(request, "workshops/messages.html", context)


@login_required
@require_POST
def again(request: HttpRequest, pk: int, message_id: int) -> HttpResponse:
    flows.send_again(_message(request, pk, message_id), by=request.user)  # type: ignore[arg-type]
    flash.success(request, _("The message is sent again."))
    return redirect("workshops:messages", pk=pk)


@login_required
@require_POST
def arrived(request: HttpRequest, pk: int, message_id: int) -> HttpResponse:
    flows.mark_arrived(_message(request, pk, message_id), by=request.user)  # type: ignore[arg-type]
    flash.success(request, _("Noted: the message has arrived."))
    return redirect("workshops:messages", pk=pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: HttpRequest, pk: int) -> HttpResponse:
    """Own words, then how many people get them; nothing is sent before that page is agreed to."""
    workshop = attended_workshop(request, pk)
    count = participants_to_tell(workshop).count()
    action = request.POST.get("action", "")
    form = OwnWordsForm(request.POST) if action in ("check", "send") else OwnWordsForm(initial=_typed(request))
    context: dict[str, Any] = {"workshop": workshop, "form": form, "count": count}
    if not form.is_bound or not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "workshops/message_form.html", context, status=status)
    if action == "check":
        return render(request, "workshops/message_check.html", context)
    told = flows.tell_participants(workshop, form.cleaned_data["text"], by=request.user)  # type: ignore[arg-type]
    sentence = ngettext(
        "Your message goes to %(count)s person now.", "Your message goes to %(count)s people now.", told
    )
    flash.success(request, sentence % {"count": told})
    return redirect("workshops:messages", pk=pk)


def _typed(request: HttpRequest) -> dict[str, str]:
    """What was written, when somebody comes back to change it."""
    return {"text": request.POST.get("text", "")}
