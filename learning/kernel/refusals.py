"""A refusal is a sentence for a person, not a fault of the program."""

from http import HTTPStatus


class Refused(Exception):
    """A flow says no: the sentence tells the person what happened and what to do.

    Raised inside a transaction it rolls everything back; `learning.refusals` turns it into a page
    (or JSON for a script) with the status code given here.
    """

    def __init__(
        self,
        sentence: str,
        *,
        status: HTTPStatus = HTTPStatus.CONFLICT,
        way_on: str = "",
        way_on_label: str = "",
    ) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.status = status
        self.way_on = way_on
        self.way_on_label = way_on_label
