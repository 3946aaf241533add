"""A refusal beside the form that caused it, so that nothing that was typed is lost."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Generic, TypeVar

from django import forms
from django.http import HttpRequest

from learning.kernel.refusals import Refused

Result = TypeVar("Result")


@dataclass(slots=True)
class Attempt(Generic[Result]):
    """What came of a form: a result, a refusal, or neither when it was not sent or is not right."""

    result: Result | None = None
    refusal: Refused | None = None
    status: int = 200


def attempt(request: HttpRequest, form: forms.Form, verb: Callable[[], Result]) -> Attempt[Result]:
    """Do it when the form was sent and is right. A refusal about permission is a page of its own."""
    if request.method != "POST":
        return Attempt()
    if not form.is_valid():
        return Attempt(status=422)
    try:
        return Attempt(verb())
    except Refused as refused:
        if refused.status == HTTPStatus.FORBIDDEN:
            raise
        return Attempt(refusal=refused, status=refused.status)
