"""Every write of sittings, one function per verb."""

from learning.sittings.flows.allowing import give_allowance
from learning.sittings.flows.answering import NewerAnswer, PostedAnswer, go_on, save_answer
from learning.sittings.flows.handing_in import close_by_clock, count_pass_at, submit_sitting
from learning.sittings.flows.marking import mark_response, set_marking_rule
from learning.sittings.flows.opening import begin_test, open_free_sitting, open_sitting
from learning.sittings.flows.regrading import Outlook, Wanted, look_ahead, regrade

__all__ = [
    "NewerAnswer",
    "Outlook",
    "PostedAnswer",
    "Wanted",
    "begin_test",
    "close_by_clock",
    "count_pass_at",
    "give_allowance",
    "go_on",
    "look_ahead",
    "mark_response",
    "open_free_sitting",
    "open_sitting",
    "regrade",
    "save_answer",
    "set_marking_rule",
    "submit_sitting",
]
