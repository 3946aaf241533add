"""A refusal beside the form that caused it, so that nothing that was typed is lost."""

from collections.abc import Callable
from http import HTTPStatus
from typing import TypeVar

from django import forms
from django.http import HttpRequest

from learning.kernel.refusals import Refused

Result = TypeVar("Result")


def attempt(request: HttpRequest, form: forms.Form, verb: Callable[[], Result]) -> Result | None:
    """Do it when the form was sent and is right; a refusal becomes an error of the form.

    A refusal about permission is a page of its own.
    """
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return verb()
    except Refused as refused:
        if refused.status == HTTPStatus.FORBIDDEN:
            raise
        form.add_error(None, refused.sentence)
        return None
