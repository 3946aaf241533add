"""Every fault of a pack names its file, its line and what to do, and nothing of the pack is loaded."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from courses.catalog.models import CourseIndexPage, CoursePage, LessonPage
from courses.packs.errors import PackError
from courses.packs.flows import load_pack
from courses.packs.reading import read_pack
from courses.quizzes.models import Category, Question, Quiz
from tests.factories.packs import BANK, COURSE, SVG, lesson, write_pack_files

pytestmark = pytest.mark.django_db

ONE = "lessons/01-count.md"
MISSING = "Put it into the pack or correct the path."
TABLE = '::: table "ยอด"\n| รายการ | บาท |\n|---|--:|\n| ยอด | 100 |\n:::'


def course(old: str, new: str) -> dict[str, str | bytes | None]:
    assert old in COURSE
    return {"course.toml": COURSE.replace(old, new)}


def bank(old: str, new: str) -> dict[str, str | bytes | None]:
    assert old in BANK
    return {"quiz.toml": BANK.replace(old, new, 1)}


def one(text: str) -> dict[str, str | bytes | None]:
    return {ONE: lesson(text)}


FAULTS: dict[str, tuple[dict[str, str | bytes | None], str, str]] = {
    # course.toml
    "no course.toml": ({"course.toml": None}, "course.toml:1", "This file is missing."),
    "broken toml": (course('"การตรวจนับเงินสด"', '"การตรวจนับเงินสด'), "course.toml:3", "Check quotation marks"),
    "broken toml at the end": (course('cover_alt = "กล่อง', "cover_alt = [\n#"), "course.toml:12", "This is not TOML"),
    "not utf-8": ({"course.toml": COURSE.encode("cp874")}, "course.toml:3", "Save the file as UTF-8."),
    "a key twice": (course("hours = 1.5", "hours = 1.5\nhours = 2"), "course.toml:8", "This is not TOML"),
    "a key missing": (course('topic = "internal_control"\n', ""), "course.toml:1", "Add a line: topic = …"),
    "an unknown key": (course("hours", "subtitle = 1\nhours"), "course.toml:7", "“subtitle” is not known here."),
    "an empty title": (course("การตรวจนับเงินสด", " "), "course.toml:3", "“title” is empty. Write something."),
    "a long title": (course("การตรวจนับเงินสด", "ก" * 256), "course.toml:3", "256 characters; 255 are allowed."),
    "a number for a title": (course('"การตรวจนับเงินสด"', "7"), "course.toml:3", "“title” should be str; it is 7."),
    "a text for hours": (course("1.5", '"สอง"'), "course.toml:7", "“hours” should be int or float"),
    "true for hours": (course("1.5", "true"), "course.toml:7", "“hours” should be int or float"),
    "no hours": (course("1.5", "0"), "course.toml:7", "a number of training hours above 0"),
    "hours without end": (course("1.5", "inf"), "course.toml:7", "a number of training hours above 0"),
    "hours that are none": (course("1.5", "nan"), "course.toml:7", "a number of training hours above 0"),
    "another format": (course("format = 1", "format = 2"), "course.toml:1", "This reader knows format = 1."),
    "a bad slug": (course("cash-count", "Cash Count"), "course.toml:2", "small Latin letters, digits and hyphens"),
    "a long slug": (course("cash-count", "c" * 61), "course.toml:2", "61 characters; 60 are allowed."),
    "an unknown topic": (course("internal_control", "farming"), "course.toml:5", "it should be one of: ideology,"),
    "an unknown audience": (course('["board"]', '["boss"]'), "course.toml:6", "'boss' is no audience; use: board,"),
    "an audience twice": (course('["board"]', '["board", "board"]'), "course.toml:6", "stands there twice."),
    "an audience as text": (course('["board"]', '"board"'), "course.toml:6", "“audience” should be list"),
    "a list of numbers": (course('["board"]', "[1]"), "course.toml:6", "should be a list of texts"),
    "a long outcome": (course("cover =", f'outcomes = ["{"ก" * 301}"]\ncover ='), "course.toml:9", "300 are allowed."),
    "a cover that is not there": (course("box.svg", "hut.svg"), "course.toml:9", f"no file images/hut.svg. {MISSING}"),
    "an unknown pass rule": (
        course("cover_alt", '[pass_rule]\nlessons = "some"\n#'),
        "course.toml:10",
        "[pass_rule] holds lessons = one of: all, tests.",
    ),
    "a moment instead of a day": (
        course("hours", "enrollment_opens_on = 2026-11-01T08:00:00\nhours"),
        "course.toml:7",
        "“enrollment_opens_on” should be date",
    ),
    "closing before opening": (
        course("hours", "enrollment_opens_on = 2026-11-02\nenrollment_closes_on = 2026-11-01\nhours"),
        "course.toml:8",
        "Enrollment closes before it opens.",
    ),
    "itself before itself": (
        course("hours", 'prerequisites = ["cash-count"]\nhours'),
        "course.toml:7",
        "A course cannot be taken before itself.",
    ),
    "an unknown course before": (
        course("hours", 'prerequisites = ["reading"]\nhours'),
        "course.toml:1",
        "There is no course “reading”",
    ),
    "an unknown certificate design": (
        course('"standard"', '"golden"'),
        "course.toml:1",
        "There is no certificate design “golden”.",
    ),
    # files
    "a picture that is none": ({"images/box.svg": "<html>"}, "images/box.svg:1", "This picture cannot be read."),
    "a program as picture": (
        {"images/box.exe": b"MZ", **one("![กล่อง](images/box.exe)")},
        "images/box.exe:1",
        "This is no picture. Use one of:",
    ),
    "a long file name": (
        {f"images/{'b' * 120}.svg": SVG, **one(f"![กล่อง](images/{'b' * 120}.svg)")},
        f"images/{'b' * 120}.svg:1",
        "Give the file a shorter name.",
    ),
    # lessons
    "no lessons": ({ONE: None, "lessons/02-final-test.md": None}, "lessons:1", "There is no lesson."),
    "a lesson with a Thai name": (
        {"lessons/03-นับ.md": lesson("ก")},
        "lessons/03-นับ.md:1",
        "Name a lesson with two digits, a hyphen and Latin letters",
    ),
    "a lesson with a long name": (
        {f"lessons/03-{'c' * 61}.md": lesson("ก")},
        f"lessons/03-{'c' * 61}.md:1",
        "longer than 60 letters",
    ),
    "two lessons of one name": (
        {"lessons/03-count.md": lesson("ก")},
        "lessons/03-count.md:1",
        "Two lessons are called “count”. Rename one.",
    ),
    "a folder as lesson": (
        {"lessons/03-count-again.md/x": "ก"},
        "lessons/03-count-again.md:1",
        "Put a text file here.",
    ),
    "a lesson without a head": ({ONE: "นับ"}, f"{ONE}:1", "A lesson begins with +++"),
    "a head that never ends": ({ONE: '+++\ntitle = "ก"\n'}, f"{ONE}:1", "A lesson begins with +++"),
    "an empty lesson": ({ONE: ""}, f"{ONE}:1", "A lesson begins with +++"),
    "a broken head": ({ONE: "+++\ntitle = ก\nminutes = 1\n+++\n"}, f"{ONE}:2", "This is not TOML"),
    "no minutes": ({ONE: '+++\ntitle = "ก"\n+++\n'}, f"{ONE}:2", "Add a line: minutes = …"),
    "too many minutes": ({ONE: '+++\ntitle = "ก"\nminutes = 601\n+++\n'}, f"{ONE}:3", "between 1 and 600"),
    "an unknown key in a head": (
        {ONE: '+++\ntitle = "ก"\nminutes = 1\nauthor = "x"\n+++\n'},
        f"{ONE}:4",
        "“author” is not known here.",
    ),
    "a lesson that is not utf-8": ({ONE: lesson("ก\nข").encode("cp874")}, f"{ONE}:2", "Save the file as UTF-8."),
    # prose
    "bold that never closes": (
        one("ก\n\n**ข"),
        f"{ONE}:8",
        "A ** opens here and never closes. Close it, or write \\**.",
    ),
    "italics that never close": (one("*ข"), f"{ONE}:6", "A * opens here and never closes."),
    "marks that cross": (one("**ก *ข** ค*"), f"{ONE}:6", "opens here and never closes."),
    "a first heading": (one("# ก"), f"{ONE}:6", "Use ## or ### for a heading"),
    "a fourth heading": (one("#### ก"), f"{ONE}:6", "Use ## or ### for a heading"),
    "an item too far in": (one("- ก\n    - ข"), f"{ONE}:7", "This list item is indented too far."),
    "a link that runs": (one("[ก](javascript:alert`1`)"), f"{ONE}:6", "A link cannot begin with javascript:."),
    # directives
    "a block that never closes": (
        one("ก\n\n::: callout note “ก”"),
        f"{ONE}:8",
        "Close it with ::: on a line of its own.",
    ),
    "a closing of nothing": (one("ก\n:::"), f"{ONE}:7", "This ::: closes nothing."),
    "an unknown block": (one("::: poll\n:::"), f"{ONE}:6", "“poll” is not known here. Use one of: audio, callout,"),
    "a block in a block": (
        one('::: callout note "ก"\n::: steps "ข"\n:::'),
        f"{ONE}:7",
        "No block and no image can stand in this text.",
    ),
    "an image in a callout": (
        one('::: callout note "ก"\nข\n![ค](images/box.svg)\n:::'),
        f"{ONE}:8",
        "No block and no image can stand in this text.",
    ),
    "a callout of no kind": (
        one('::: callout joke "ก"\nข\n:::'),
        f"{ONE}:6",
        "A callout is one of: note, tip, warning, law.",
    ),
    "a callout without a title": (one("::: callout note\nข\n:::"), f"{ONE}:6", "Give it a title in quotation marks"),
    "a callout without text": (one('::: callout note "ก"\n:::'), f"{ONE}:6", "The text is empty."),
    "a callout with a long title": (
        one(f'::: callout note "{"ก" * 121}"\nข\n:::'),
        f"{ONE}:6",
        "The title has 121 characters; 120 are allowed.",
    ),
    "an image written badly": (one("![กล่อง] (images/box.svg)"), f"{ONE}:6", "An image is written ![what it shows]"),
    "an image without words": (one("![](images/box.svg)"), f"{ONE}:6", "The alt is empty."),
    "an image that is not there": (one("![ก](images/hut.svg)"), f"{ONE}:6", f"no file images/hut.svg. {MISSING}"),
    "an image outside the pack": (one("![ก](../images/box.svg)"), f"{ONE}:6", "no file ../images/box.svg."),
    "an image among the files": (
        {"files/box.svg": SVG, **one("![ก](files/box.svg)")},
        f"{ONE}:6",
        "stands in the wrong folder",
    ),
    "a table of heads": (one('::: table "ก"\n| ข |\n|---|\n:::'), f"{ONE}:6", "A table has a line of heads"),
    "a table without dashes": (one(TABLE.replace("|---|--:|", "| ก | ข |")), f"{ONE}:8", "a line of dashes"),
    "a row with a cell too many": (
        one(TABLE.replace("| 100 |", "| 100 | 200 |")),
        f"{ONE}:9",
        "This row has 3 cells and the table 2 columns. Make them equal.",
    ),
    "heads with a cell too few": (
        one(TABLE.replace("| รายการ | บาท |", "| รายการ |")),
        f"{ONE}:7",
        "This row has 1 cells",
    ),
    "bold in one cell": (one(TABLE.replace("| 100 |", "| **100** |")), f"{ONE}:9", "A cell has no mark-up."),
    "bold heads": (one(TABLE.replace("| บาท |", "| **บาท** |")), f"{ONE}:7", "A cell has no mark-up."),
    "a table without a caption": (one(TABLE.replace(' "ยอด"', "")), f"{ONE}:6", "Give it a title in quotation marks"),
    "a step written badly": (one('::: steps "ก"\n1. **ข** ค\n- ง\n:::'), f"{ONE}:8", "A step is written: 1. **What**"),
    "steps without a step": (one('::: steps "ก"\n\n:::'), f"{ONE}:6", "There is no step in it."),
    "an empty example": (one(':::: example "ก"\n::::'), f"{ONE}:6", "This example is empty."),
    "a quiz in an example": (
        one(':::: example "ก"\nข\n::: quiz final\n:::\n::::'),
        f"{ONE}:8",
        "“quiz” is not known here. Use one of: steps, table.",
    ),
    "a check with one choice": (one("::: check\nก\n- [x] ข\n:::"), f"{ONE}:6", "a question and at least two choices."),
    "a check with nine choices": (
        one("::: check\nก\n" + "\n".join(f"- [x] {number}" for number in range(9)) + "\n:::"),
        f"{ONE}:6",
        "There are 9 choices; 8 are allowed.",
    ),
    "a check with no right choice": (one("::: check\nก\n- [ ] ข\n- [ ] ค\n:::"), f"{ONE}:6", "Mark one with [x]."),
    "a choice written badly": (
        one("::: check\nก\n- [x] ข\n- (x) ค\n:::"),
        f"{ONE}:9",
        "A choice is written: - [x] text",
    ),
    "a video without captions": (
        one('::: video "ก"\nvideo: files/count.mp4\n\nข\n:::'),
        f"{ONE}:6",
        "Name the file: captions: files/….",
    ),
    "a recording without a transcript": (
        one('::: audio "ก"\naudio: files/count.mp3\n:::'),
        f"{ONE}:6",
        "Write the transcript below",
    ),
    "a recording with captions": (
        one('::: audio "ก"\naudio: files/count.mp3\ncaptions: files/count.vtt\n\nข\n:::'),
        f"{ONE}:8",
        "A block “audio” has no “captions”. Remove this line.",
    ),
    "a document with text": (
        one('::: document "ก"\ndocument: files/form.pdf\n\nข\n:::'),
        f"{ONE}:8",
        "A document has no text of its own.",
    ),
    "a document that is not there": (
        one('::: document "ก"\ndocument: files/form.pdf\n:::'),
        f"{ONE}:7",
        f"no file files/form.pdf. {MISSING}",
    ),
    "a file missing in an example": (
        one(':::: example "ก"\n![ข](images/hut.svg)\n::::'),
        f"{ONE}:7",
        f"no file images/hut.svg. {MISSING}",
    ),
    "a quiz without a key": (one("::: quiz\n:::"), f"{ONE}:6", "Name the quiz by its key in quiz.toml"),
    "an unknown quiz": (one("::: quiz finale\n:::"), f"{ONE}:6", "quiz.toml has no quiz with the key “finale”."),
    "a quiz and no bank": ({"quiz.toml": None}, "lessons/02-final-test.md:6", "no quiz with the key “final”."),
    "one quiz twice in a lesson": (
        one("::: quiz final\n:::\n\n::: quiz final\n:::"),
        f"{ONE}:6",
        "A lesson holds one quiz.",
    ),
    # quiz.toml
    "a broken bank": (bank('"final"', "final"), "quiz.toml:4", "This is not TOML"),
    "a bank of another format": (bank("format = 1", "format = 3"), "quiz.toml:1", "This reader knows format = 1."),
    "a quiz that no lesson holds": (
        bank("[[question]]", '[[quiz]]\nkey = "spare"\ntitle = "สำรอง"\n\n[[question]]'),
        "quiz.toml:8",
        "No lesson holds this quiz. Write ::: quiz spare in one, or remove it.",
    ),
    "questions without a quiz": (
        {
            "quiz.toml": BANK.replace('[[quiz]]\nkey = "final"\ntitle = "แบบทดสอบท้ายหลักสูตร"\n', ""),
            "lessons/02-final-test.md": lesson("ก"),
        },
        "quiz.toml:1",
        "There are questions and no quiz.",
    ),
    "a quiz without questions": (
        {"quiz.toml": BANK[: BANK.index("[[question]]")]},
        "quiz.toml:1",
        "There is a quiz and no question.",
    ),
    "questions written as a list": (
        {"quiz.toml": 'format = 1\nquiz = [{ key = "final", title = "ก" }]\n'},
        "quiz.toml:2",
        "Write each quiz as a table of its own that begins with [[quiz]].",
    ),
    "a question as a number": (
        {"quiz.toml": "format = 1\nquiz = 3\n"},
        "quiz.toml:2",
        "“quiz” should be list; it is 3.",
    ),
    "an unknown table": (bank("[[quiz]]", "[author]\n[[quiz]]"), "quiz.toml:3", "“author” is not known here."),
    "two questions of one key": (
        bank('key = "count-2"', 'key = "count-1"'),
        "quiz.toml:16",
        "Two of [[question]] have the key “count-1”. Change one.",
    ),
    "a long key": (bank("count-1", "c" * 59), "quiz.toml:8", "59 characters; 58 are allowed."),
    "a key with spaces": (bank("count-1", "count 1"), "quiz.toml:8", "small Latin letters, digits and hyphens"),
    "an unknown kind": (bank("single_choice", "riddle"), "quiz.toml:9", "it should be one of: blanks,"),
    "two right choices": (
        bank('{ text = "ทุกสิ้นปี" }', '{ text = "ทุกสิ้นปี", correct = true }'),
        "quiz.toml:8",
        "A single choice question has exactly one right choice.",
    ),
    "an unknown word in a choice": (
        bank('{ text = "ทุกสิ้นปี" }', '{ text = "ทุกสิ้นปี", points = 2 }'),
        "quiz.toml:13",
        "“points” is not known in a choice.",
    ),
    "a choice right as text": (
        bank("correct = true", 'correct = "true"'),
        "quiz.toml:13",
        "“correct” of a choice should be bool; it is 'true'.",
    ),
    "a choice that is a text": (
        bank('{ text = "ทุกสิ้นปี" }', '"ทุกสิ้นปี"'),
        "quiz.toml:13",
        "A choice is written",
    ),
    "choices that are no list": (
        bank('[{ text = "ทุกสิ้นวัน", correct = true }, { text = "ทุกสิ้นปี" }]', "3"),
        "quiz.toml:13",
        "“choice” should be list",
    ),
    "a statement neither true nor false": (
        bank("correct = false", ""),
        "quiz.toml:16",
        "Say whether the statement is true or false.",
    ),
    "a mark above a hundred": (
        bank('key = "final"', 'key = "final"\npass_mark = 101'),
        "quiz.toml:5",
        "between 1 and 100",
    ),
    "a mark of half": (bank('key = "final"', 'key = "final"\npass_mark = 0.5'), "quiz.toml:5", "should be int"),
    "a question without words": (bank("นับเงินสดเมื่อใด", ""), "quiz.toml:11", "“content” is empty."),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_with_its_file_its_line_and_what_to_do(
    fault: str, tmp_path: Path, shelf: CourseIndexPage
) -> None:
    changes, place, words = FAULTS[fault]
    write_pack_files(tmp_path, changes)
    with override("en"), pytest.raises(PackError) as told:
        load_pack(read_pack(tmp_path), shelf)
    assert f"{told.value.file}:{told.value.line}" == place
    assert words in told.value.sentence
    assert told.value.sentence.endswith((".", "…"))
    left = [model.objects.count() for model in (CoursePage, LessonPage, Question, Quiz, Category)]
    assert left == [0, 0, 0, 0, 0]


def test_the_pack_that_is_broken_here_is_good_when_it_is_whole(tmp_path: Path, shelf: CourseIndexPage) -> None:
    changes = load_pack(read_pack(write_pack_files(tmp_path)), shelf)
    assert changes.created == [
        "question count-1",
        "question count-2",
        "quiz final",
        "images/box.svg",
        "course cash-count",
        "lesson count",
        "lesson final-test",
    ]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="There is no such folder"):
        read_pack(tmp_path / "nowhere")


@pytest.mark.parametrize("name", ["images/box.svg", "lessons/01-count.md", "course.toml", "quiz.toml"])
def test_a_link_to_another_place_is_refused(name: str, tmp_path: Path) -> None:
    folder = write_pack_files(tmp_path / "pack")
    elsewhere = tmp_path / "secret"
    (folder / name).rename(elsewhere)
    (folder / name).symlink_to(elsewhere)
    with pytest.raises(PackError, match="A link to another place is not allowed") as told:
        read_pack(folder)
    assert (told.value.file, told.value.line) == (name, 1)


def test_a_folder_of_pictures_that_is_a_link_is_refused(tmp_path: Path) -> None:
    folder = write_pack_files(tmp_path / "pack")
    (folder / "images").rename(tmp_path / "elsewhere")
    (folder / "images").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(PackError, match="A link to another place is not allowed"):
        read_pack(folder)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    folder = write_pack_files(tmp_path)
    with (folder / "images/box.svg").open("wb") as large:
        large.truncate(50 * 1024 * 1024 + 1)
    with pytest.raises(PackError, match=r"images/box.svg:1: This file is larger than 50 MB. Make it smaller."):
        read_pack(folder)


def test_a_course_in_use_stays_as_it_is_when_its_new_pack_is_refused(tmp_path: Path, shelf: CourseIndexPage) -> None:
    load_pack(read_pack(write_pack_files(tmp_path)), shelf)
    before = list(CoursePage.objects.values()), list(LessonPage.objects.values()), list(Question.objects.values())
    write_pack_files(tmp_path, {"course.toml": COURSE.replace("standard", "golden"), ONE: lesson("ใหม่")})
    with pytest.raises(CommandError, match=r"Nothing was loaded. course.toml:1: There is no certificate design"):
        call_command("load_course_pack", tmp_path)
    assert before == (
        list(CoursePage.objects.values()),
        list(LessonPage.objects.values()),
        list(Question.objects.values()),
    )
