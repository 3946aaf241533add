"""GIFT, the text format of Moodle. Source: Moodle documentation, "GIFT format"."""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from courses.quizzes.reading.choosing import Option, choice_draft
from courses.quizzes.reading.drafts import LONGEST_TEXT, CannotRead, Draft, Fault, Reading, Texts

GAP = "_____"
_HIDDEN = {sign: chr(0xE000 + place) for place, sign in enumerate("~=#{}:\\n%")}  # a private area of Unicode
_SHOWN = {mark: "\n" if sign == "n" else sign for sign, mark in _HIDDEN.items()}
_ESCAPED = re.compile(r"\\([~=#{}:\\n%])")
_PRIVATE = re.compile("[\ue000-\ue00f]")
_TITLE = re.compile(r"::(.*?)::", re.DOTALL)
_FORMAT = re.compile(r"\[(html|moodle|plain|markdown)\]", re.IGNORECASE)
_NOTE = re.compile(r"\[(id|tag):([^\]]*)\]")
_TRUTH = re.compile(r"(T|TRUE|F|FALSE)\s*(?:#(.*))?", re.DOTALL | re.IGNORECASE)
_WEIGHT = re.compile(r"%(-?\d+(?:\.\d+)?)%")
_FULL = Decimal(100)
LONGEST_BLOCK = 2 * LONGEST_TEXT  # a question with all its answers


def read_gift(text: str) -> Reading:
    """Every question of the text. Raises Unreadable only when there are far too many."""
    reading = Reading()
    category: tuple[str, ...] = ()
    for line, block, notes in _blocks(text):
        if block.startswith("$CATEGORY:"):
            category = category_path(block.removeprefix("$CATEGORY:"))
            continue
        try:
            draft = _question(block, line)
        except CannotRead as error:
            reading.faults.append(Fault(line, str(error)))
            continue
        if draft is None:
            reading.skipped.append(Fault(line, _("A text without a question was left out.")))
            continue
        found = _NOTE.findall(notes)
        tags = tuple(value for name, value in found if name == "tag")
        uid = next((value for name, value in found if name == "id"), "")
        reading.add(_with(draft, category=category, tags=tags, uid=uid))
    return reading


def _with(draft: Draft, **changes: Any) -> Draft:
    return Draft(**{**vars(draft), **changes})


def category_path(path: str) -> tuple[str, ...]:
    """$course$/top/A/B is A, B; a doubled slash is a slash of the name."""
    parts = [part.replace("\0", "/").strip() for part in path.strip().replace("//", "\0").split("/")]
    while parts and (not parts[0] or parts[0] == "top" or re.fullmatch(r"\$\w+\$", parts[0])):
        parts.pop(0)
    return tuple(part for part in parts if part)


def _blocks(text: str) -> Iterator[tuple[int, str, str]]:
    """Line, text without remarks, and the remarks; blocks are parted by empty lines, a category stands alone."""
    lines: list[str] = []
    notes: list[str] = []
    begin = 0
    for number, line in enumerate([*re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff")), ""], 1):
        stripped = line.strip()
        if stripped.startswith("//"):
            notes.append(stripped)
        elif stripped.startswith("$CATEGORY:") and not lines:
            yield number, stripped, ""
        elif stripped:
            begin = begin or number
            lines.append(line)
        elif lines:
            yield begin, "\n".join(lines).strip(), " ".join(notes)
            lines, notes, begin = [], [], 0


def _hidden(text: str) -> str:
    """Escaped signs become letters that mean nothing to the format."""
    return _ESCAPED.sub(lambda match: _HIDDEN[match[1]], _PRIVATE.sub("", text))


def _shown(text: str) -> str:
    return _PRIVATE.sub(lambda match: _SHOWN.get(match[0], ""), text).strip()


def _question(block: str, line: int) -> Draft | None:
    """None for a text that asks nothing. Raises CannotRead."""
    if len(block) > LONGEST_BLOCK:
        raise CannotRead(_("This question is too long. Write at most %(count)d letters.") % {"count": LONGEST_TEXT})
    text = _hidden(block)
    title = _TITLE.match(text)
    text = text[title.end() :] if title else text
    stated = _FORMAT.match(text.lstrip())
    if stated:
        text = text.lstrip()[stated.end() :]
    is_html = stated is not None and stated[1].lower() in {"html", "moodle"}
    begin = text.find("{")
    if begin < 0:
        if "}" in text:
            raise CannotRead(_("A brace } is closed that was never opened. Write \\} for the sign itself."))
        return None
    end = text.find("}", begin)
    if end < 0:
        raise CannotRead(_("A brace { is not closed. Write \\{ for the sign itself."))
    before, inner, after = text[:begin], text[begin + 1 : end], text[end + 1 :]
    if "{" in after or "}" in after or "{" in inner:
        raise CannotRead(_("A question has one pair of braces. Write \\{ and \\} for the signs themselves."))
    content = _shown(f"{before.rstrip()} {GAP} {after.strip()}" if after.strip() else before)
    inner, _marks, general = inner.partition("####")
    return _answered(line, content, inner.strip(), _shown(general), is_html, title=_shown(title[1]) if title else "")


def _answered(line: int, content: str, inner: str, general: str, is_html: bool, *, title: str) -> Draft:
    content = content or title
    plain = Texts([(content, is_html), (general, is_html)])
    common: dict[str, Any] = {
        "line": line,
        "content": plain.said(content, is_html),
        "explanation": plain.said(general, is_html),
        "format": plain.format,
    }
    if not inner:
        return Draft(kind="essay", body={"points": 1}, **common)
    if inner.startswith("#"):
        return _number(inner[1:], common)
    if truth := _TRUTH.fullmatch(inner):
        return _truth(truth, common)
    options = [_option(part) for part in _parts(inner)]
    if all(option.is_right and "->" in option.text for option in options):
        return _matching(options, common)
    if all(option.is_right for option in options):
        return _short(options, common)
    texts = Texts([(content, is_html), (general, is_html), *((_shown(option.text), is_html) for option in options)])
    common |= {
        "content": texts.said(content, is_html),
        "explanation": texts.said(general, is_html),
        "format": texts.format,
    }
    return choice_draft(
        [
            Option(texts.inline(_shown(option.text), is_html), option.weight, texts.inline(option.why, is_html))
            for option in options
        ],
        is_single=any(option.is_right for option in options),
        **common,
    )


class _Answer:
    """One answer between = or ~ and the next: its weight in percent, its text, what is said to it."""

    def __init__(self, sign: str, text: str) -> None:
        text, _mark, why = text.partition("#")
        self.is_right = sign == "="
        weight = _WEIGHT.match(text.strip())
        self.weight = Decimal(weight[1]) if weight else _FULL if self.is_right else Decimal(0)
        self.text = text.strip()[weight.end() :] if weight else text.strip()
        self.why = _shown(why)


def _parts(inner: str) -> Iterator[tuple[str, str]]:
    if inner[0] not in "=~":
        raise CannotRead(_("An answer begins with = or ~. Write \\= and \\~ for the signs themselves."))
    for match in re.finditer(r"([=~])([^=~]*)", inner):
        yield match[1], match[2]


def _option(part: tuple[str, str]) -> _Answer:
    return _Answer(*part)


def _truth(truth: re.Match[str], common: dict[str, Any]) -> Draft:
    wrong, _mark, right = (truth[2] or "").partition("#")
    said = [common["explanation"], *(_shown(text) for text in (right, wrong))]
    common["explanation"] = "\n".join(text for text in said if text)
    return Draft(kind="true_false", body={"correct": truth[1].upper().startswith("T")}, **common)


def _short(options: list[_Answer], common: dict[str, Any]) -> Draft:
    remarks = []
    if any(option.weight < _FULL for option in options):
        remarks.append(_("Answers that earned a part of the points were left out."))
    if any("*" in _shown(option.text) for option in options):
        remarks.append(_("A * stands for itself here, not for any letters."))
    answers = list(dict.fromkeys(_shown(option.text) for option in options if option.weight >= _FULL))
    why = [option.why for option in options if option.why]
    common["explanation"] = "\n".join([*filter(None, [common["explanation"]]), *dict.fromkeys(why)])
    body = {"answers": answers, "case_sensitive": False, "accept_spelling_errors": False}
    return Draft(kind="short_answer", body=body, remarks=tuple(remarks), **common)


def _matching(options: list[_Answer], common: dict[str, Any]) -> Draft:
    halves = [tuple(_shown(half) for half in option.text.split("->", 1)) for option in options]
    pairs = [{"id": f"p{n}", "left": left, "right": right} for n, (left, right) in enumerate(halves, 1) if left]
    extra = [{"id": f"x{n}", "text": right} for n, (left, right) in enumerate(halves, 1) if not left]
    return Draft(kind="matching", body={"pairs": pairs, "extra": extra}, **common)


def _number(inner: str, common: dict[str, Any]) -> Draft:
    if inner.strip()[:1] in {"=", "~"}:
        answers = [_Answer(*part) for part in _parts(inner.strip())]
    else:
        answers = [_Answer("=", inner)]
    right = [answer for answer in answers if answer.weight >= _FULL]
    if not right:
        raise CannotRead(_("No answer of this question earns all of its points."))
    remarks = [_("Only the first right number was taken over.")] if len(answers) > 1 else []
    value, tolerance = number_of(_shown(right[0].text))
    if right[0].why:
        common["explanation"] = "\n".join(filter(None, [common["explanation"], right[0].why]))
    body = {"value": value, "tolerance": tolerance, "unit": "", "units": [], "unit_required": False}
    return Draft(kind="number", body=body, remarks=tuple(remarks), **common)


def number_of(text: str) -> tuple[str, str]:
    """Value and tolerance of 3, 3:0.5, 2.5..3.5. Raises CannotRead."""
    try:
        if ".." in text:
            low, high = (decimal(part) for part in text.split("..", 1))
            if low > high:
                low, high = high, low
            return plainly((low + high) / 2), plainly((high - low) / 2)
        value, _colon, tolerance = text.partition(":")
        return plainly(decimal(value)), plainly(abs(decimal(tolerance or "0")))
    except (InvalidOperation, ValueError):
        raise CannotRead(_("“%(text)s” is not a number.") % {"text": text[:40]}) from None


def decimal(text: str) -> Decimal:
    """A number of an ordinary size. Raises ValueError or InvalidOperation."""
    number = Decimal(text.strip().replace(",", ""))
    if not number.is_finite() or abs(number.adjusted()) > 20 or len(number.as_tuple().digits) > 30:
        raise ValueError("not an ordinary number")
    return number


def plainly(number: Decimal) -> str:
    """Without exponent and without zeros at the end."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
