"""A process is drawn; the steps where duties are not separated are marked, and the way to mend it is chosen.

A point for each weak step marked, less one for each sound step marked, never below zero; and one for the right way.
"""

from random import Random
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from courses.quizzes.kinds.control_check.cleaning import (
    clean_process,
    fixes_from,
    fixes_text,
    steps_from,
    steps_text,
    weaknesses_from,
    weaknesses_text,
)
from courses.quizzes.kinds.kind import Body, H5PContent, Kind, Mark, id_of, token_of, tokens_for


class ControlCheck(Kind):
    code = "control_check"
    name = gettext_lazy("Control check")
    about = gettext_lazy("In a drawn process the steps are found where duties are not separated.")

    def form_fields(self) -> dict[str, forms.Field]:
        def area(label: Any, help_text: Any, rows: int) -> forms.Field:
            return forms.CharField(label=label, help_text=help_text, widget=forms.Textarea(attrs={"rows": rows}))

        return {
            "control_actors": area(
                gettext_lazy("People who take part"),
                format_lazy(gettext_lazy("One a line, by what they are: {example}"), example="ผู้จัดการ"),
                4,
            ),
            "control_steps": area(
                gettext_lazy("Steps in their order"),
                format_lazy(
                    gettext_lazy("One a line, who does what with which document: {example}"),
                    example="ผู้จัดการ | อนุมัติ | ใบถอนเงิน",
                ),
                8,
            ),
            "control_weaknesses": area(
                gettext_lazy("Where duties are not separated"),
                format_lazy(
                    gettext_lazy("Numbers of the steps, then why: {example}"), example="3, 5 | ถือเงินและลงบัญชีเอง"
                ),
                3,
            ),
            "control_fixes": area(
                gettext_lazy("Ways to mend it"),
                format_lazy(
                    gettext_lazy("One a line with its reason, the right one with * before it: {example}"),
                    example="* ให้คนอื่นลงบัญชี | แยกคนละมือ",
                ),
                4,
            ),
        }

    def written(self, body: Body) -> dict[str, Any]:
        if "steps" not in body:
            return {}
        return {
            "control_actors": "\n".join(body["actors"]),
            "control_steps": steps_text(body),
            "control_weaknesses": weaknesses_text(body),
            "control_fixes": fixes_text(body),
        }

    def body_from(self, cleaned: dict[str, Any], before: Body) -> Body:
        steps = steps_from(cleaned.get("control_steps") or "", before)
        weaknesses = weaknesses_from(cleaned.get("control_weaknesses") or "", steps, before)
        return {
            "actors": [line.strip() for line in (cleaned.get("control_actors") or "").splitlines() if line.strip()],
            "steps": steps,
            "weaknesses": weaknesses,
            "fixes": fixes_from(cleaned.get("control_fixes") or "", weaknesses, before),
        }

    def clean(self, body: Body) -> Body:
        return clean_process(body)

    def max_score(self, body: Body) -> float:
        return len(_weak(body)) + 1

    def present(self, body: Body, random: Random, *, shuffle: bool = True) -> dict[str, Any]:
        order = [fix["id"] for fix in body["fixes"]]
        if shuffle:
            random.shuffle(order)
        return {"order": order, "tokens": tokens_for([*(step["id"] for step in body["steps"]), *order], random)}

    def shown(self, body: Body, presentation: dict[str, Any], answer: Any) -> dict[str, Any]:
        marked, fix = _answered(answer)
        texts = {one["id"]: one["text"] for one in body["fixes"]}
        return {
            "actors": body["actors"],
            "lanes": len(body["actors"]),
            "steps": [
                {
                    "value": token_of(presentation, step["id"]),
                    "number": number,
                    "lane": body["actors"].index(step["actor"]) + 1,
                    "actor": step["actor"],
                    "text": step["text"],
                    "document": step["document"],
                    "chosen": step["id"] in marked,
                }
                for number, step in enumerate(body["steps"], 1)
            ],
            "fixes": [
                {"value": token_of(presentation, key), "text": texts[key], "chosen": key == fix}
                for key in presentation["order"]
            ],
        }

    def clean_answer(self, body: Body, presentation: dict[str, Any], values: list[str]) -> dict[str, Any] | None:
        chosen = {id_of(presentation, value) for value in values}
        steps = sorted(chosen & {step["id"] for step in body["steps"]})
        fixes = sorted(chosen & {fix["id"] for fix in body["fixes"]})
        if len(fixes) > 1 or len(steps) + len(fixes) != len(chosen):
            raise ValueError("neither steps of this process nor one way to mend it")
        return {"steps": steps, "fix": "".join(fixes)} if chosen else None

    def values(self, body: Body, presentation: dict[str, Any], answer: Any) -> list[str]:
        return [token_of(presentation, key) for key in self.chosen(answer)]

    def grade(self, body: Body, answer: Any) -> Mark:
        marked, fix = _answered(answer)
        weak = _weak(body)
        points = max(0, len(marked & weak) - len(marked - weak)) + (fix == _right_fix(body))
        return Mark(points, self.max_score(body))

    def review(self, body: Body, presentation: dict[str, Any], answer: Any) -> dict[str, Any]:
        marked, fix = _answered(answer)
        weak = _weak(body)
        texts = {one["id"]: one for one in body["fixes"]}
        return {
            "actors": body["actors"],
            "lanes": len(body["actors"]),
            "steps": [
                {
                    "number": number,
                    "lane": body["actors"].index(step["actor"]) + 1,
                    "actor": step["actor"],
                    "text": step["text"],
                    "document": step["document"],
                    "is_weak": step["id"] in weak,
                    "is_marked": step["id"] in marked,
                }
                for number, step in enumerate(body["steps"], 1)
            ],
            "reasons": [weakness["reason"] for weakness in body["weaknesses"]],
            "choices": [
                {
                    "text": texts[key]["text"],
                    "chosen": key == fix,
                    "correct": bool(texts[key]["weakness"]),
                    "feedback": texts[key]["why"],
                }
                for key in presentation["order"]
            ],
        }

    def choices_of(self, body: Body) -> list[tuple[str, str, bool]]:
        weak = _weak(body)
        return [
            *((step["id"], f"{step['actor']}: {step['text']}", step["id"] in weak) for step in body["steps"]),
            *((fix["id"], fix["text"], bool(fix["weakness"])) for fix in body["fixes"]),
        ]

    def chosen(self, answer: Any) -> list[str]:
        return [*answer["steps"], *([answer["fix"]] if answer["fix"] else [])] if answer else []

    def to_h5p(self, content: str, body: Body) -> H5PContent:
        """Steps and ways to mend as one list of choices: as many points as right ones."""
        why = {fix["id"]: fix["why"] for fix in body["fixes"]}
        answers = [
            {
                "text": f"<div>{_escaped(text)}</div>",
                "correct": is_right,
                "tipsAndFeedback": {"tip": "", "chosenFeedback": _escaped(why.get(key, "")), "notChosenFeedback": ""},
            }
            for key, text, is_right in self.choices_of(body)
        ]
        behaviour = {"type": "multi", "singlePoint": False, "randomAnswers": False, "enableRetry": True}
        return H5PContent("H5P.MultiChoice 1.16", {"question": content, "answers": answers, "behaviour": behaviour})

    def to_state(self, body: Body, answer: Any) -> dict[str, Any]:
        places = {key: place for place, (key, _text, _right) in enumerate(self.choices_of(body))}
        return {"answers": sorted(places[key] for key in self.chosen(answer))}


def _weak(body: Body) -> set[str]:
    return {step for weakness in body["weaknesses"] for step in weakness["steps"]}


def _right_fix(body: Body) -> str:
    return str(next(fix["id"] for fix in body["fixes"] if fix["weakness"]))


def _answered(answer: Any) -> tuple[set[str], str]:
    return (set(answer["steps"]), str(answer["fix"])) if answer else (set(), "")


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


KIND = ControlCheck()
