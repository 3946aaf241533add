"""Offices that keep a register, and files for them."""

import csv
import io
from collections.abc import Iterable
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from learning.duties.models import Duty
from learning.organizations.models import Organization
from learning.people.models import User
from learning.places.models import District, Province, ProvincialOffice
from learning.register import tasks
from learning.register.flows import imports as flows
from learning.register.models import Import, ImportRow

PROVINCE, DISTRICT, OTHER_PROVINCE = "ชัยนาท", "สรรพยา", "เชียงใหม่"
NAME = "สหกรณ์การเกษตรบ้านหนองบัว จำกัด"
PEOPLE = ("ชื่อ-นามสกุล", "เบอร์โทรศัพท์", "อีเมล", "เพศ", "สหกรณ์", "ตำแหน่ง", "ตั้งแต่วันที่", "ถึงวันที่", "วาระที่")


def keeps_register(user: User, province: str = PROVINCE) -> Duty:
    """Make somebody the head of the office of a province."""
    place = Province.objects.get(name=province)
    office, _created = ProvincialOffice.objects.get_or_create(
        code=f"{place.code}09", defaults={"province": place, "name": f"สำนักงานตัวอย่าง {province}"}
    )
    duty, _created = Duty.objects.get_or_create(
        user=user, role="provincial_head", office=office, defaults={"since": date(2020, 1, 1)}
    )
    return duty


def make_organization(
    name: str, kind: str = "agricultural", *, province: str = PROVINCE, number: str = ""
) -> Organization:
    place = Province.objects.get(name=province)
    return Organization.objects.create(
        kind=kind,
        name=name,
        province=place,
        district=District.objects.filter(province=place).first(),
        registration_number=number,
        is_counted=True,
    )


def csv_file(headings: Iterable[str], *rows: Iterable[str], name: str = "people.csv") -> SimpleUploadedFile:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(headings)
    writer.writerows(rows)
    return SimpleUploadedFile(name, text.getvalue().encode("utf-8-sig"), "text/csv")


def people(*rows: Iterable[str]) -> SimpleUploadedFile:
    """A file of people."""
    return csv_file(PEOPLE, *rows)


def person(name: str, phone: str = "", organization: str = "", position: str = "", **more: str) -> list[str]:
    """One row under PEOPLE."""
    cells = {
        "ชื่อ-นามสกุล": name,
        "เบอร์โทรศัพท์": phone,
        "สหกรณ์": organization,
        "ตำแหน่ง": position,
        "อีเมล": more.get("email", ""),
        "เพศ": more.get("gender", ""),
        "ตั้งแต่วันที่": more.get("since", ""),
        "ถึงวันที่": more.get("until", ""),
        "วาระที่": more.get("term", ""),
    }
    return [cells[heading] for heading in PEOPLE]


def checked(by: User, file: SimpleUploadedFile, kind: str = "people") -> Import:
    """A file uploaded and read, its rows compared with the register."""
    batch = flows.upload_import(kind, file=file, by=by)
    tasks.check_import(batch.pk)
    flows.forget_files_left()  # a test in one transaction has no commit that would do it
    batch.refresh_from_db()
    return batch


def saved(batch: Import, mode: str = "row_by_row") -> Import:
    batch = flows.apply_import(batch, mode=mode, by=batch.created_by)
    tasks.apply_import(batch.pk)
    batch.refresh_from_db()
    return batch


def undone(batch: Import) -> Import:
    batch = flows.undo_import(batch, by=batch.created_by)
    tasks.undo_import(batch.pk)
    batch.refresh_from_db()
    return batch


def actions(batch: Import) -> list[str]:
    """What saving each row would do, in their order."""
    return list(ImportRow.objects.filter(batch=batch).values_list("action", flat=True))


def only_row(batch: Import) -> ImportRow:
    return ImportRow.objects.select_related("batch").get(batch=batch)
