"""Groups of statements of which one sums the matter up: a point for each group answered right."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from courses.quizzes.kinds.first_right import FirstRightKind
from courses.quizzes.kinds.javascript import as_text
from courses.quizzes.kinds.kind import Body, H5PContent, Read
from courses.quizzes.kinds.lines import blocks_of
from courses.quizzes.kinds.summary import h5p
from courses.quizzes.markup import clean_html

TIP, LITERAL = "?", "\\"  # at the start of a line: a tip; what follows is meant as it stands


class Summary(FirstRightKind):
    code = "summary"
    name = gettext_lazy("Summary")
    about = gettext_lazy("The learner sums up a lesson by choosing the true statement of each group.")
    reads = (h5p.LIBRARY,)
    scores = {h5p.LIBRARY: h5p.score}
    parts_key, texts_key, asks = "panels", "statements", "tip"
    part_letter, text_letter = "p", "t"

    def form_fields(self) -> dict[str, forms.Field]:
        return {
            "panel_lines": forms.CharField(
                label=gettext_lazy("Statements"),
                widget=forms.Textarea(attrs={"rows": 12}),
                required=False,
                help_text=gettext_lazy(
                    "A line for each statement, the true one first; an empty line before the next group."
                    " A line that begins with ? is a hint for its group."
                ),
            )
        }

    def written(self, body: Body) -> dict[str, Any]:
        blocks = []
        for panel in body.get("panels", []):
            lines = [_literal(item["text"]) for item in panel["statements"]]
            blocks.append("\n".join(lines + ([f"{TIP} {panel['tip']}"] if panel["tip"] else [])))
        return {"panel_lines": "\n\n".join(blocks)}

    def body_from(self, cleaned: dict[str, Any], before: Body) -> Body:
        written = []
        for block in blocks_of(cleaned.get("panel_lines")):
            tips = [line[1:].strip() for line in block if line.startswith(TIP)]
            texts = [line.removeprefix(LITERAL) for line in block if not line.startswith(TIP)]
            written.append((" ".join(tips), texts))
        return {"panels": self.parts_from(written, before)}

    def from_h5p(self, content: H5PContent) -> Read:
        panels, left_out = h5p.panels_of(content.params)
        if not panels:
            raise ValueError("no panel with statements")
        remarks = []
        if left_out:
            remarks.append(
                ngettext(
                    "%(count)d group without statements was left out.",
                    "%(count)d groups without statements were left out.",
                    left_out,
                )
                % {"count": left_out}
            )
        asked = clean_html(as_text(content.params.get("intro"))) or f"<p>{_('Choose the true statement.')}</p>"
        return Read(self.code, asked, {"panels": panels}, remarks=remarks)

    def to_h5p(self, content: str, body: Body) -> H5PContent:
        return h5p.written(content, body)

    def to_state(self, body: Body, answer: Any) -> Any:
        return h5p.state_of(body, answer)


def _literal(text: str) -> str:
    return LITERAL + text if text.startswith((TIP, LITERAL)) else text


KIND = Summary()
