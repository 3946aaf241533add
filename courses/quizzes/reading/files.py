"""Any file of questions: its size, its format by name and first bytes, its letters; then its reader."""

import codecs
from pathlib import PurePath

from django.utils.translation import gettext as _

from courses.quizzes.choices import FileFormat
from courses.quizzes.reading.aiken import read_aiken
from courses.quizzes.reading.drafts import Reading, Unreadable
from courses.quizzes.reading.gift import read_gift
from courses.quizzes.reading.moodle_xml import read_moodle_xml
from courses.quizzes.reading.sheet import read_csv, read_workbook

MOST_FAULTS = 1_000
MAX_BYTES = 10 * 1024 * 1024
ZIP = b"PK\x03\x04"
ENDINGS = {".gift": FileFormat.GIFT, ".xml": FileFormat.MOODLE, ".xlsx": FileFormat.SHEET, ".csv": FileFormat.SHEET}


def format_of(name: str, content: bytes) -> str:
    """The format of a file by its ending; .txt is Aiken when a line says the answer, else GIFT. Raises Unreadable."""
    ending = PurePath(name).suffix.lower()
    if ending in ENDINGS:
        return ENDINGS[ending]
    if ending == ".txt":
        starts = [line.lstrip().upper() for line in text_of(content).splitlines()]
        is_aiken = any(line.startswith(("ANSWER:", "ANSWER :", "เฉลย:", "เฉลย :")) for line in starts)
        return FileFormat.AIKEN if is_aiken else FileFormat.GIFT
    raise Unreadable(_("Files that can be read end in .gift, .txt, .xml, .xlsx or .csv."))


def read_questions(content: bytes, format: str) -> Reading:
    """What a file of this format holds. Raises Unreadable, and nothing else."""
    reading = _read(content, format)
    if len(reading.faults) + len(reading.skipped) > MOST_FAULTS:
        raise Unreadable(_("More than 1,000 questions of this file cannot be read. Is it of another format?"))
    return reading


def _read(content: bytes, format: str) -> Reading:
    if not content.strip():
        raise Unreadable(_("This file is empty. Choose the file again."))
    if len(content) > MAX_BYTES:
        raise Unreadable(_("This file is larger than 10 MB. Split it."))
    match format:
        case FileFormat.GIFT:
            return read_gift(text_of(content))
        case FileFormat.AIKEN:
            return read_aiken(text_of(content))
        case FileFormat.MOODLE:
            return read_moodle_xml(content)
        case FileFormat.SHEET:
            return read_workbook(content) if content.startswith(ZIP) else read_csv(text_of(content))
    raise Unreadable(_("This format is not known."))


def text_of(content: bytes) -> str:
    """UTF-8, UTF-16 with its mark, or the Windows letters of Thai. Raises Unreadable."""
    is_wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ["utf-16"] if is_wide else ["utf-8-sig", "cp874"]:
        try:
            text = content.decode(encoding)
        except UnicodeError:
            continue
        if "\0" not in text:
            return text
    raise Unreadable(_("The letters of this file cannot be read. Save it as UTF-8."))
