"""The name of a person taken apart the Thai way: title, given name, family name."""

import re
from typing import NamedTuple

from django.utils.translation import gettext as _

from learning.people.english import LONGEST, in_one_spelling, is_english
from learning.register.reading.cells import Clean, cell, too_long

TITLE_LENGTH = 40
PART_LENGTH = 100  # of a given name or a family name

# As they are written on papers. คุณ is no title: it is taken off and not kept.
_ONE_SPELLING = {
    "น.ส.": "นางสาว", "น.ส": "นางสาว", "นส.": "นางสาว", "ด.ช.": "เด็กชาย", "ดช.": "เด็กชาย", "ด.ญ.": "เด็กหญิง",
    "ดญ.": "เด็กหญิง", "ว่าที่ร.ต.": "ว่าที่ร้อยตรี", "ว่าที่ร.ท.": "ว่าที่ร้อยโท", "ว่าที่ร.อ.": "ว่าที่ร้อยเอก", "ว่าที่พ.ต.": "ว่าที่พันตรี",
    "ว่าที่ร.ต.หญิง": "ว่าที่ร้อยตรีหญิง", "คุณ": "", "นสาว": "นางสาว", "นส": "นางสาว", "ดช": "เด็กชาย", "ดญ": "เด็กหญิง",
    "ดร": "ดร.", "ด.ร.": "ดร.", "นางส.": "นางสาว", "mr": "Mr.", "mrs": "Mrs.", "ms": "Ms.", "miss": "Miss", "dr": "Dr.",
}  # fmt: skip
_RANKS = (
    "(?:ว่าที่ ?)?(?:พล(?:ตำรวจ|เรือ|อากาศ)?|พัน(?:ตำรวจ)?|ร้อย(?:ตำรวจ)?|เรือ(?:อากาศ)?|นาวา(?:อากาศ)?)(?:ตรี|โท|เอก)"
    "|(?:พัน)?จ่า(?:สิบ|อากาศ)?(?:ตำรวจ)?(?:ตรี|โท|เอก)?(?=[ก-ฮเ-ไ ])|สิบ(?:ตำรวจ)?(?:ตรี|โท|เอก)|ดาบตำรวจ"
)
# A word with no dot behind it ends where a name can begin: before a consonant or a vowel written in front,
# so that คุณากร and นายิกา stay whole.
_TITLE = re.compile(
    "(?:"
    "นางสาว|นาง(?!สาว$)|นาย|เด็กชาย|เด็กหญิง|สามเณร|แม่ชี"
    "|พระ(?:ครู(?:ปลัด|สมุห์|ใบฎีกา|สังฆรักษ์)?|มหา|ปลัด|สมุห์|ใบฎีกา|อธิการ)?"
    "|หม่อมหลวง|หม่อมราชวงศ์|(?:ผู้ช่วย|รอง)?ศาสตราจารย์|ดอกเตอร์"
    rf"|(?:{_RANKS})(?: ?หญิง)?"
    ")(?=[ก-ฮเ-ไ ])"
    r"|(?:ว่าที่ ?)?(?:[ก-ฮ]{1,3}\. ?){1,5}(?:หญิง ?)?(?:ดร\. ?)?"
    r"|(?:นส|ดช|ดญ|ดร|คุณ)(?= )|น\.ส(?= ?[ก-ฮเ-ไ])"
    r"|(?:mrs|mr|miss|ms|dr)(?:\. ?| )",
    re.IGNORECASE,
)
# So many letters at least are a name: นาย is a title in front of มี, and in นายกานต์ too.
_A_NAME = re.compile("[ก-ฮเ-ไA-Za-z].")


class Name(NamedTuple):
    """A name in its parts; each may be empty."""

    title: str
    first_name: str
    last_name: str


def one_title(text: str) -> str:
    """น.ส. is นางสาว, ด.ช. is เด็กชาย; a title that is not known stays as it is written."""
    squeezed = re.sub(r"\s+", "", text)
    return _ONE_SPELLING.get(squeezed.lower(), _ONE_SPELLING.get(squeezed.rstrip(".").lower(), squeezed))


def split_title(text: str) -> tuple[str, str]:
    """นางมาลี ใจดี → (นาง, มาลี ใจดี). Titles that follow each other (ผศ. ดร.) are one."""
    match = _TITLE.match(text)
    if match is None:
        return "", text
    rest = text[match.end() :].strip()
    if not _A_NAME.match(rest):
        return "", text
    title = one_title(match[0])
    more, name = split_title(rest) if title and match[0].endswith((".", ". ")) else ("", rest)
    return title + more, name


def split_name(text: str) -> Name:
    """The first word after the title is the given name; all after it (ณ อยุธยา) the family name."""
    title, rest = split_title(text)
    first, _blank, last = rest.partition(" ")
    return Name(title, first, last.strip())


_NOT_IN_A_NAME = re.compile(r"[\d๐-๙@/\\:;,+*=<>?!|_#]")


_NO_NAME = frozenset({"นาย", "นาง", "นางสาว", "น.ส.", "เด็กชาย", "เด็กหญิง", "คุณ"})


def _part(text: str) -> Clean:
    text = text.strip("*'\" ")
    if text in _NO_NAME:
        return Clean(problem=_("This is a title without a name. Write the name."))
    if _NOT_IN_A_NAME.search(text) or not re.search("[ก-ฮA-Za-z]", text):
        return Clean(problem=_("A name has letters only. Write it like มาลี ใจดี."))
    return too_long(PART_LENGTH) if len(text) > PART_LENGTH else Clean(text)


def title_too_long() -> Clean:
    """Of a title that stands in one cell with a name."""
    sentence = _("The title in front of this name is too long. Write a title of at most %(count)d letters.")
    return Clean(problem=sentence % {"count": TITLE_LENGTH})


@cell
def name_part(text: str) -> Clean:
    """A given name or a family name."""
    return _part(text)


@cell
def full_name(text: str) -> Clean:
    """A `Name` from one cell."""
    name = split_name(text.strip("*'\" "))
    if problem := next((p for part in name[1:] if part and (p := _part(part).problem)), None):
        return Clean(problem=problem)
    if not name.first_name:
        return Clean(problem=_("A name has letters only. Write it like มาลี ใจดี."))
    return title_too_long() if len(name.title) > TITLE_LENGTH else Clean(name)


@cell
def english(text: str) -> Clean:
    """A whole name as the ID card prints it in English."""
    name = in_one_spelling(text)
    if not is_english(name):
        return Clean(problem=_("Write this name in English letters like Malee Jaidee, or leave it empty."))
    return too_long(LONGEST) if len(name) > LONGEST else Clean(name)


@cell
def title(text: str) -> Clean:
    title = one_title(text)
    if re.search(r"[\d๐-๙@]", title):
        return Clean(problem=_("This is not a title. Write นาย, นาง, นางสาว or a rank."))
    return too_long(TITLE_LENGTH) if len(title) > TITLE_LENGTH else Clean(title)
