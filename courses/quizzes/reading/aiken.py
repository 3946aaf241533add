"""Aiken: a question, its choices by letters, a line with the right letter. Source: Moodle documentation."""

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from courses.quizzes.reading.choosing import FULL, Option, choice_draft
from courses.quizzes.reading.drafts import CannotRead, Fault, Reading

_CHOICE = re.compile(r"([A-Za-zก-ฮ])[.)]\s*(.*)")
# In Thai schools choices are ก ข ค ง and the key is called เฉลย.
_ANSWER = re.compile(r"(?:ANSWER|เฉลย|คำตอบ)\s*:\s*(.*)", re.IGNORECASE)


@dataclass
class _Question:
    line: int = 0
    words: list[str] = field(default_factory=list)
    choices: list[tuple[str, str]] = field(default_factory=list)


def read_aiken(text: str) -> Reading:
    """Every question of the text. Raises Unreadable only when there are far too many."""
    reading = Reading()
    now = _Question()
    for number, raw in enumerate(re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff")), 1):
        line = raw.strip()
        if not line:
            continue
        now.line = now.line or number
        answer = _ANSWER.fullmatch(line)
        choice = _CHOICE.fullmatch(line) if now.words else None
        if answer and (now.words or now.choices):
            _end(reading, now, answer[1])
            now = _Question()
        elif choice:
            now.choices.append((choice[1].upper(), choice[2]))
        elif now.choices:
            # The key is missing, and another question begins.
            reading.faults.append(Fault(now.line, _("This question has no line “ANSWER: …”.")))
            now = _Question(number, [line])
        else:
            now.words.append(line)
    if now.words or now.choices:
        reading.faults.append(Fault(now.line, _("This question has no line “ANSWER: …”.")))
    return reading


def _end(reading: Reading, question: _Question, answer: str) -> None:
    letters = [letter.upper() for letter in re.findall(r"[A-Za-zก-ฮ]", answer)]
    known = [letter for letter, _text in question.choices]
    if not letters or any(letter not in known for letter in letters):
        sentence = _("The right answer “%(answer)s” is none of the choices.") % {"answer": answer[:20]}
        reading.faults.append(Fault(question.line, sentence))
        return
    if len(set(known)) != len(known):
        reading.faults.append(Fault(question.line, _("Two choices have the same letter.")))
        return
    weight = FULL / len(set(letters))
    options = [Option(text, weight if letter in letters else FULL * 0) for letter, text in question.choices]
    content = "\n".join(question.words)
    try:
        reading.add(choice_draft(options, is_single=len(set(letters)) == 1, line=question.line, content=content))
    except CannotRead as error:
        reading.faults.append(Fault(question.line, str(error)))
