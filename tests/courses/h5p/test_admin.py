"""H5P in the admin: for authors only, in Thai, and nothing ends in an error page."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from courses.h5p.choices import PackageState
from courses.h5p.models import H5PPackage
from courses.quizzes.models import Question, Quiz, QuizDraw
from learning.people.models import User
from tests.factories.h5p import multi_choice, package, question_set, sub, true_false

pytestmark = pytest.mark.django_db
SET = package(
    question_set(sub("H5P.MultiChoice", multi_choice()), sub("H5P.Unknown", {"x": 1}, title="เกมจับคู่", number=2)),
    main="H5P.QuestionSet",
)


@pytest.fixture
def author(db: None) -> Client:
    """wipa, who may enter the admin and add questions."""
    user = User.objects.create_user(username="wipa", password="x", first_name="วิภา")
    names = ["access_admin", "add_question", "change_question", "view_question", "change_quiz", "view_quiz"]
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def clerk(db: None) -> Client:
    """somchai, who may enter the admin and nothing more."""
    user = User.objects.create_user(username="somchai", password="x")
    user.user_permissions.set(Permission.objects.filter(codename="access_admin"))
    client = Client()
    client.force_login(user)
    return client


def upload(client: Client, content: bytes, name: str = "course.h5p", *, commit: Callable[..., Any]) -> Any:
    file = SimpleUploadedFile(name, content, content_type="application/zip")
    with commit(execute=True):
        return client.post(reverse("h5p:new_package"), {"file": file, "category": "บัญชี"})


def test_an_author_brings_a_package_in_and_sees_what_came_of_it(
    author: Client, django_capture_on_commit_callbacks: Any
) -> None:
    answer = upload(author, SET, commit=django_capture_on_commit_callbacks)
    found = H5PPackage.objects.get()
    assert answer["Location"] == reverse("h5p:package", args=[found.uid])
    assert (found.state, found.by.username, found.question_count, found.kept_count) == ("read", "wipa", 1, 1)
    assert Question.objects.get().category.category == "บัญชี"
    page = author.get(answer["Location"])
    text = page.content.decode()
    assert page.status_code == 200
    for words in ("บัญชีสหกรณ์เบื้องต้น", "ใครตรวจนับเงินสด", "เกมจับคู่", "H5P.Unknown 1.0", "questions/0"):
        assert words in text


def test_a_package_that_is_being_read_can_be_left_alone(author: Client) -> None:
    found = H5PPackage.objects.create(file_name="a.h5p", sha256="0" * 64, state=PackageState.READING)
    page = author.get(reverse("h5p:package", args=[found.uid])).content.decode()
    progress = reverse("h5p:package_progress", args=[found.uid])
    assert progress in page
    assert 'http-equiv="refresh"' in page
    assert author.get(progress).json() == {"state": "reading", "is_over": False}


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"no zip", "a.zip", "missing-h5p-extension"),
        (b"", "a.h5p", "unable-to-unzip"),
        (b"x", "b.h5p", "unable-to-unzip"),
    ],
)
def test_a_refused_package_says_why_and_leaves_nothing(
    author: Client, content: bytes, name: str, code: str, django_capture_on_commit_callbacks: Any
) -> None:
    answer = upload(author, content, name, commit=django_capture_on_commit_callbacks)
    if answer.status_code == 302:
        answer = author.get(answer["Location"])
    assert code in answer.content.decode()
    assert (answer.status_code in (200, 422), Question.objects.count(), Quiz.objects.count()) == (True, 0, 0)


def test_the_same_file_comes_in_once(author: Client, django_capture_on_commit_callbacks: Any) -> None:
    for _time in range(2):
        answer = upload(author, SET, commit=django_capture_on_commit_callbacks)
    assert answer.status_code == 302
    assert (H5PPackage.objects.count(), Question.objects.count()) == (1, 1)


def test_a_form_without_a_file_is_told(author: Client) -> None:
    assert author.post(reverse("h5p:new_package"), {}).status_code == 422


def test_the_list_takes_the_same_queries_for_1_and_30_packages(author: Client, django_assert_num_queries: Any) -> None:
    address = reverse("h5p:packages")
    H5PPackage.objects.create(file_name="0.h5p", sha256="0" * 64)
    author.get(address)
    with django_assert_num_queries(10):
        author.get(address)
    for number in range(1, 31):
        H5PPackage.objects.create(file_name=f"{number}.h5p", sha256=f"{number:064d}")
    with django_assert_num_queries(10):
        author.get(address)
    assert author.get(address + "?page=2").status_code == 200


def test_a_quiz_is_downloaded_as_a_package(author: Client, read_in: Callable[..., H5PPackage]) -> None:
    quiz = read_in(SET).quiz
    answer = author.get(reverse("h5p:export_quiz", args=[quiz.uid]))
    assert (answer.status_code, answer["Content-Disposition"]) == (200, f'attachment; filename="{quiz.uid}.h5p"')
    assert b"".join(answer.streaming_content)[:2] == b"PK"


def test_what_cannot_be_written_is_told_first(author: Client, read_in: Callable[..., H5PPackage]) -> None:
    quiz = read_in(package(question_set(sub("H5P.TrueFalse", true_false())), main="H5P.QuestionSet")).quiz
    QuizDraw.objects.create(quiz=quiz, category=quiz.category, count=1)
    address = reverse("h5p:export_quiz", args=[quiz.uid])
    assert "?sure=1" in author.get(address).content.decode()
    assert author.get(address, {"sure": 1})["Content-Type"] == "application/zip"


def test_the_file_as_it_came_is_given_back(author: Client, read_in: Callable[..., H5PPackage]) -> None:
    found = read_in(SET)
    answer = author.get(reverse("h5p:download_package", args=[found.uid]))
    assert b"".join(answer.streaming_content) == SET


def test_nobody_else_comes_in(clerk: Client, read_in: Callable[..., H5PPackage]) -> None:
    found = read_in(SET)
    addresses = [
        reverse("h5p:packages"),
        reverse("h5p:new_package"),
        reverse("h5p:package", args=[found.uid]),
        reverse("h5p:package_progress", args=[found.uid]),
        reverse("h5p:download_package", args=[found.uid]),
        reverse("h5p:export_quiz", args=[found.quiz.uid]),
    ]
    home = reverse("wagtailadmin_home")
    assert [clerk.get(address).headers.get("Location") for address in addresses] == [home] * len(addresses)
    assert [Client().get(address).status_code for address in addresses] == [302] * len(addresses)
    assert clerk.post(reverse("h5p:new_package")).headers.get("Location") == home


def test_the_menu_of_the_question_bank_has_it_once(author: Client, clerk: Client) -> None:
    address = f'"{reverse("h5p:packages")}"'
    pages = [client.get(reverse("wagtailadmin_home")).content.decode() for client in (author, author, clerk)]
    assert [page.count(address) for page in pages] == [1, 1, 0]
