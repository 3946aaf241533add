"""A printed report belongs to the duty of the day on which it is fetched, and one bad file stops no other work."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import parse_qsl

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from learning.duties.choices import Role
from learning.duties.models import Duty
from learning.organizations.models import Organization
from learning.people.models import User
from learning.places.models import ProvincialOffice, TransferCenter
from learning.reports import tasks
from learning.reports.choices import FileState
from learning.reports.models import CountedArea, ReportFile, Span
from tests.factories.duties import make_duty

pytestmark = pytest.mark.django_db
PAPER = b"%PDF of Chai Nat"


@pytest.fixture
def office(academy: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[ProvincialOffice]:
    """The office of Chai Nat, in which wipa has charge of the register. Papers are a few letters."""
    monkeypatch.setattr(tasks, "write_paper", lambda *args, **kwargs: PAPER)
    TransferCenter.objects.get(number=14).provinces.set(["18"])
    yield ProvincialOffice.objects.get(pk="1801")
    for file in ReportFile.objects.exclude(file=""):
        file.file.delete(save=False)


@pytest.fixture
def wipa(office: ProvincialOffice) -> User:
    user = User.objects.create_user("wipa", first_name="วิภา")
    make_duty(user, Role.MANAGEMENT_OFFICER, office)
    return user


@pytest.fixture
def visitor(wipa: User) -> Client:
    client = Client()
    client.force_login(wipa)
    return client


def end_duties(user: User) -> None:
    Duty.objects.filter(user=user).update(until=timezone.localdate() - timedelta(days=1))


def printed(visitor: Client, slug: str = "kinds", **asked: str) -> ReportFile:
    answer = visitor.post(reverse("reports:paper", args=[slug]), asked)
    assert answer.status_code == 302
    file = ReportFile.objects.latest("pk")
    tasks.print_report(file.pk)
    file.refresh_from_db()
    return file


def statuses(visitor: Client, file: ReportFile) -> list[int]:
    found = []
    for name in ("reports:file", "reports:download"):
        answer = visitor.get(reverse(name, args=[file.pk]))
        found.append(answer.status_code)
        answer.getvalue()  # read, so that its file is closed
    return found


@pytest.mark.parametrize("asked", [{"area": "p18"}, {"area": ""}, {}, {"x": "1" * 600, "area": "p18"}])
def test_who_was_moved_cannot_fetch_what_was_printed_of_the_old_area(
    asked: dict[str, str], visitor: Client, wipa: User
) -> None:
    file = printed(visitor, **asked)
    assert (file.state, statuses(visitor, file)) == (FileState.READY, [200, 200])
    end_duties(wipa)
    make_duty(wipa, Role.MANAGEMENT_OFFICER, ProvincialOffice.objects.get(pk="1701"), since=timezone.localdate())
    assert statuses(visitor, file) == [404, 404]


def test_the_list_of_files_does_not_lead_to_what_is_no_longer_ones_own(visitor: Client, wipa: User) -> None:
    file = printed(visitor, area="p18")
    address = reverse("reports:file", args=[file.pk])
    assert f'href="{address}"' in visitor.get(reverse("reports:files")).content.decode()
    end_duties(wipa)
    make_duty(wipa, Role.MANAGEMENT_OFFICER, ProvincialOffice.objects.get(pk="1701"), since=timezone.localdate())
    page = visitor.get(reverse("reports:files")).content.decode()
    assert (file.title in page, f'href="{address}"' in page) == (True, False)


def test_who_sees_only_totals_now_cannot_fetch_what_was_printed_with_small_figures(visitor: Client, wipa: User) -> None:
    file = printed(visitor, area="p18")
    end_duties(wipa)
    make_duty(wipa, Role.CENTER_STAFF, TransferCenter.objects.get(number=14), since=timezone.localdate())
    assert statuses(visitor, file) == [404, 404]
    assert statuses(visitor, printed(visitor, area="p18")) == [200, 200]


def test_a_paper_of_totals_stays_open_to_who_meets_people_now(visitor: Client, wipa: User) -> None:
    end_duties(wipa)
    make_duty(wipa, Role.HEAD_OFFICE)
    file = printed(visitor, area="p18")
    make_duty(wipa, Role.MANAGEMENT_OFFICER, ProvincialOffice.objects.get(pk="1801"), since=timezone.localdate())
    assert statuses(visitor, file) == [200, 200]


def test_a_report_that_was_not_made_says_why(visitor: Client, wipa: User) -> None:
    visitor.post(reverse("reports:paper", args=["kinds"]), {"area": "p18"})
    file = ReportFile.objects.get()
    end_duties(wipa)
    assert tasks.print_report(file.pk) is False
    make_duty(wipa, Role.MANAGEMENT_OFFICER, ProvincialOffice.objects.get(pk="1701"), since=timezone.localdate())
    page = visitor.get(reverse("reports:file", args=[file.pk]))
    file.refresh_from_db()
    assert (page.status_code, file.refusal in page.content.decode()) == (200, True)


def test_a_file_without_an_area_is_nobodys(visitor: Client, wipa: User) -> None:
    file = ReportFile.objects.create(asked_by=wipa, query="kinds?x=1", title="ก", state=FileState.READY)
    file.file.save("1.pdf", ContentFile(PAPER))
    assert statuses(visitor, file) == [404, 404]


def test_what_was_asked_is_kept_with_its_area_and_nothing_else(visitor: Client) -> None:
    file = printed(visitor, csrfmiddlewaretoken="x", page="3", period="day", on="01/10/2568", area="p18")
    slug, _mark, given = file.query.partition("?")
    assert (slug, parse_qsl(given)) == ("kinds", [("area", "p18"), ("period", "day"), ("on", "01/10/2568")])


def test_an_error_of_ours_makes_the_file_fail_and_is_logged(
    visitor: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(*args: object, **kwargs: object) -> bytes:
        raise ValueError("a paper that cannot be")

    monkeypatch.setattr(tasks, "write_paper", breaks)
    file = printed(visitor, area="p18")
    assert (file.state, bool(file.refusal)) == (FileState.FAILED, True)
    assert [record.exc_info[0] for record in caplog.records if record.exc_info] == [ValueError]


def test_areas_are_counted_anew_whatever_becomes_of_the_papers(wipa: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(file_id: int) -> bool:
        raise ValueError("no paper at all")

    ReportFile.objects.create(asked_by=wipa, query="kinds?area=p18", title="ก")
    ReportFile.objects.create(asked_by=wipa, query="kinds?area=p18", title="ข")
    CountedArea.objects.create(area="c9999", members="gone")
    monkeypatch.setattr(tasks, "print_report", breaks)
    with pytest.raises(ValueError, match="no paper at all"):
        tasks.tend_counts()
    assert not CountedArea.objects.filter(area="c9999").exists()


@pytest.mark.parametrize(
    ("code", "status"), [("o{:018d}", 200), ("c{:09d}", 200), ("o{:019d}", 404), ("c{:010d}", 404)]
)
def test_zeros_before_a_number_make_no_other_area(code: str, status: int, visitor: Client, wipa: User) -> None:
    """Also of a past day, which is kept under the code of its area: twelve letters at most."""
    end_duties(wipa)
    make_duty(wipa, Role.HEAD_OFFICE)
    cooperative = Organization.objects.create(name="ชัย", kind="savings", province_id="18")
    key = cooperative.pk if code[0] == "o" else TransferCenter.objects.get(number=14).pk
    asked = {"area": code.format(key), "period": "day", "on": "2568-10-01"}
    answer = visitor.get(reverse("reports:report", args=["kinds"]), asked)
    assert answer.status_code == status
    assert [span.area for span in Span.objects.all()] == ([f"{code[0]}{key}"] if status == 200 else [])


@pytest.mark.parametrize("code", ["o๑๒๓", "c๑๔", "g๑", "p๑๘", "d๑๘๐๑"])
def test_thai_digits_are_no_code(code: str, visitor: Client, wipa: User) -> None:
    end_duties(wipa)
    make_duty(wipa, Role.HEAD_OFFICE)
    Organization.objects.create(pk=123, name="ชัย", kind="savings", province_id="18")
    answer = visitor.get(reverse("reports:report", args=["kinds"]), {"area": code})
    assert answer.status_code == 404
