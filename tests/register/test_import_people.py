"""A file of people: what its rows mean for the register, and what saving and undoing them does."""

from datetime import date

import pytest

from learning.enrollments.flows import enroll
from learning.organizations.models import Membership, Organization
from learning.people.models import User
from learning.register.flows import imports as flows
from learning.register.models import Import, ImportRow
from tests.cast import Cast
from tests.factories.imports import (
    NAME,
    PEOPLE,
    actions,
    checked,
    csv_file,
    keeps_register,
    make_organization,
    only_row,
    people,
    person,
    saved,
    undone,
)

pytestmark = pytest.mark.usefixtures("english")


def test_a_new_person_is_entered_with_a_position_and_no_password(somchai: User, cooperative: Organization) -> None:
    batch = checked(
        somchai, people(person("นางบุญมี ทองดี", "089-123-4567", NAME, "กรรมการ", gender="หญิง", since="1/4/2568"))
    )
    assert (batch.state, actions(batch), batch.file.name) == ("checked", ["add"], "")
    batch = saved(batch)
    entered = User.objects.get(phone="+66891234567")
    assert (entered.full_name, entered.gender, entered.has_usable_password()) == ("นางบุญมี ทองดี", "female", False)
    seat = Membership.objects.get(user=entered)
    assert (seat.organization, seat.position, seat.since, seat.until) == (
        cooperative,
        "board_member",
        date(2025, 4, 1),
        None,
    )
    cooperative.refresh_from_db()
    assert (batch.state, cooperative.is_counted) == ("applied", False)


def test_a_second_run_of_the_same_file_changes_nothing(somchai: User, cooperative: Organization) -> None:
    file = [
        person("นางบุญมี ทองดี", "089-123-4567", NAME, "กรรมการ", since="1/4/2568", until="31/3/2570", term="1"),
        person("นายชูชาติ นาดี", "", NAME, "สมาชิก"),
        person("นายชูชาติ นาดี", "", NAME, "ผู้ตรวจสอบกิจการ"),
        person("น.ส.ละมัย แก้วใส", "", NAME),
    ]
    saved(checked(somchai, people(*file)))
    count = User.objects.count(), Membership.objects.count()
    again = checked(somchai, people(*file))
    assert actions(again) == ["same"] * 4
    assert (User.objects.count(), Membership.objects.count()) == count


def test_two_rows_of_one_new_person_are_one_person(somchai: User, cooperative: Organization) -> None:
    other = make_organization("กลุ่มสตรีบ้านหนองบัว", "womens_group")
    saved(
        checked(
            somchai,
            people(
                person("นางบุญมี ทองดี", "089-123-4567", NAME, "กรรมการ"),
                person("บุญมี ทองดี", "0891234567", other.name, "ประธานกลุ่ม"),
            ),
        )
    )
    entered = User.objects.get(phone="+66891234567")
    assert sorted(entered.memberships.values_list("position", flat=True)) == ["board_member", "group_leader"]


def test_two_rows_that_contradict_each_other_are_told(somchai: User, cooperative: Organization) -> None:
    batch = checked(
        somchai,
        people(
            person("นางบุญมี ทองดี", "089-123-4567", NAME, "กรรมการ", gender="หญิง"),
            person("นางบุญมี ทองดี", "089-123-4567", NAME, "ผู้จัดการ", gender="ชาย"),
        ),
    )
    assert actions(batch) == ["add", "problem"]
    assert list(batch.rows.last().problems) == ["gender"]


def test_what_differs_is_shown_cell_by_cell_and_an_empty_cell_takes_nothing_away(
    somchai: User, cooperative: Organization
) -> None:
    first = person("นางบุญมี ทองดี", "089-123-4567", NAME, "กรรมการ", gender="หญิง", since="1/4/2568")
    saved(checked(somchai, people(first)))
    batch = checked(
        somchai, people(person("นางสาวบุญมี ทองดี", "089-123-4567", NAME, "กรรมการ", since="1/4/2568", until="31/3/2570"))
    )
    row = only_row(batch)
    assert row.action == "change"
    assert row.changes == {"title": ["นาง", "นางสาว"], "until": [None, "2027-03-31"]}
    saved(batch)
    entered = User.objects.get(phone="+66891234567")
    assert (entered.title, entered.gender, entered.memberships.get().until) == ("นางสาว", "female", date(2027, 3, 31))


def test_a_phone_of_somebody_with_another_name_is_a_question(somchai: User, cooperative: Organization) -> None:
    saved(checked(somchai, people(person("นางบุญมี ทองดี", "089-123-4567", NAME, "สมาชิก"))))
    batch = checked(somchai, people(person("นายชูชาติ นาดี", "089-123-4567", NAME, "สมาชิก")))
    row = only_row(batch)
    assert (row.action, [one["why"] for one in row.alike]) == ("ask", ["phone"])
    flows.decide_row(row, decision="new_one", by=somchai)
    assert actions(batch) == ["add"]
    saved(batch)
    entered = User.objects.get(first_name="ชูชาติ")
    assert (entered.phone, User.objects.get(phone="+66891234567").first_name) == (None, "บุญมี")
    assert actions(checked(somchai, people(person("นายชูชาติ นาดี", "089-123-4567", NAME, "สมาชิก")))) == ["same"]


def test_an_alike_name_in_the_same_organization_is_a_question(somchai: User, cooperative: Organization) -> None:
    saved(checked(somchai, people(person("นางมาลัย ใจงาม", "", NAME, "สมาชิก"))))
    entered = User.objects.get(first_name="มาลัย")
    batch = checked(somchai, people(person("นางมาลัย ใจงามม", "", NAME, "ผู้จัดการ")))
    row = only_row(batch)
    assert (row.action, [one["id"] for one in row.alike]) == ("ask", [entered.pk])
    flows.decide_row(row, decision="same_one", decided_id=entered.pk, by=somchai)
    saved(batch)
    entered.refresh_from_db()
    assert sorted(entered.memberships.values_list("position", flat=True)) == ["manager", "member"]
    assert User.objects.filter(first_name="มาลัย").count() == 1


def test_alike_rows_of_one_file_are_a_question_too_and_can_be_made_one(
    somchai: User, cooperative: Organization
) -> None:
    batch = checked(
        somchai,
        people(person("นางมาลัย ใจงาม", "", NAME, "สมาชิก"), person("นางมาลัย ใจงามม", "", NAME, "ผู้จัดการ")),
    )
    row = batch.rows.select_related("batch").last()
    assert (actions(batch), row.alike[0]["id"]) == (["add", "ask"], -2)
    flows.decide_row(row, decision="same_one", decided_id=-2, by=somchai)
    saved(batch, "whole_file")
    assert sorted(User.objects.get(first_name="มาลัย").memberships.values_list("position", flat=True)) == [
        "manager",
        "member",
    ]


def test_nothing_is_told_of_a_person_outside_the_area_and_nothing_of_them_changes(
    cast: Cast, somchai: User, cooperative: Organization
) -> None:
    krit = cast.krit
    batch = checked(somchai, people(person("นางกฤต แดนไกลล", "084-567-8901", NAME, "สมาชิก", gender="หญิง")))
    row = only_row(batch)
    assert row.action == "ask"
    assert row.alike == [{"id": krit.pk, "label": "ก… แ…", "why": "phone_outside"}]
    flows.decide_row(row, decision="same_one", decided_id=krit.pk, by=somchai)
    row.refresh_from_db()
    assert (row.action, row.changes) == ("add", {"position": ["", "member"]})
    saved(batch)
    krit.refresh_from_db()
    assert (krit.full_name, krit.gender) == ("นายกฤต แดนไกล", "")
    assert krit.memberships.filter(organization=cooperative, position="member").count() == 1


def test_who_signs_in_keeps_the_facts_they_gave_themselves(cast: Cast, somchai: User) -> None:
    name = cast.board_seat.organization.name
    row = person("นางสาวมาลี ใจดี", "081-234-5678", name, "กรรมการ", email="evil@example.org")
    assert actions(checked(somchai, people(row))) == ["same"]


def test_an_organization_outside_the_area_is_a_problem_of_its_row(somchai: User, cooperative: Organization) -> None:
    batch = checked(
        somchai,
        people(
            person("นางบุญมี ทองดี", "", "สหกรณ์ออมทรัพย์ดอยฟ้าใส จำกัด", "กรรมการ"),
            person("นางบุญมี ทองดี", "", "สหกรณ์การเกษตรบ้านหนองบว จำกัด", "กรรมการ"),
            person("นางบุญมี ทองดี", "", NAME, "กรรมการ"),
        ),
    )
    assert actions(batch) == ["problem", "problem", "add"]
    assert batch.rows.first().problems == {
        "organization": "This organization is not in your area. Leave the row out, or send it to the office that "
        "answers for it."
    }
    assert NAME in ImportRow.objects.get(batch=batch, number=3).problems["organization"]


def test_a_third_term_in_a_row_by_the_register_is_a_problem(somchai: User, cooperative: Organization) -> None:
    batch = checked(
        somchai,
        people(
            person("นางบุญมี ทองดี", "089-123-4567", NAME, "กรรมการ", since="1/4/2564", until="31/3/2566"),
            person("นางบุญมี ทองดี", "089-123-4567", NAME, "กรรมการ", since="1/4/2566", until="31/3/2568"),
            person("นางบุญมี ทองดี", "089-123-4567", NAME, "กรรมการ", since="1/4/2568", until="31/3/2570"),
        ),
    )
    assert actions(batch) == ["add", "add", "problem"]
    assert list(batch.rows.last().problems) == ["term_number"]


def test_a_row_is_corrected_and_checked_again_alone(somchai: User, cooperative: Organization) -> None:
    batch = checked(somchai, people(person("นางบุญมี ทองดี", "ไม่แน่ใจ", NAME, "กรรมการ")))
    row = only_row(batch)
    assert (row.action, list(row.problems)) == ("problem", ["phone"])
    row = flows.correct_row(row, cells={"phone": "0891234567"}, by=somchai)
    assert (row.action, row.problems, row.values["phone"]) == ("add", {}, "+66891234567")


def test_all_or_nothing_is_refused_while_a_row_waits(somchai: User, cooperative: Organization) -> None:
    batch = checked(
        somchai,
        people(person("นางบุญมี ทองดี", "ไม่แน่ใจ", NAME, "กรรมการ"), person("นายชูชาติ นาดี", "", NAME, "กรรมการ")),
    )
    with pytest.raises(flows.Refused, match="1 rows need a correction"):
        flows.apply_import(batch, mode="whole_file", by=somchai)
    flows.decide_row(batch.rows.select_related("batch").first(), decision="leave_out", by=somchai)
    assert saved(batch, "whole_file").state == "applied"
    assert User.objects.filter(first_name="ชูชาติ").count() == 1


def test_all_or_nothing_saves_nothing_when_the_register_has_changed_since(
    somchai: User, cooperative: Organization
) -> None:
    batch = checked(
        somchai,
        people(
            person("นายชูชาติ นาดี", "", NAME, "สมาชิก"),
            person("นางบุญมี ทองดี", "089-123-4567", NAME, "สมาชิก"),
        ),
    )
    User.objects.create_user("another", first_name="บุญมี", last_name="ทองดี", phone="+66891234567")
    batch = saved(batch, "whole_file")
    assert (batch.state, actions(batch), User.objects.filter(first_name="ชูชาติ").count()) == (
        "checked",
        ["add", "ask"],
        0,
    )
    assert batch.refusal.startswith("Nothing was saved")


def test_an_undo_takes_everything_back(somchai: User, cooperative: Organization) -> None:
    saved(checked(somchai, people(person("นางบุญมี ทองดี", "089-123-4567", NAME, "กรรมการ", since="1/4/2568"))))
    before = list(User.objects.order_by("pk").values()), list(Membership.objects.order_by("pk").values())
    batch = saved(
        checked(
            somchai,
            people(
                person("นางสาวบุญมี ทองดี", "089-123-4567", NAME, "กรรมการ", since="1/4/2568", until="31/3/2570"),
                person("นางสาวบุญมี ทองดี", "089-123-4567", NAME, "ผู้จัดการ"),
                person("นายชูชาติ นาดี", "", NAME, "สมาชิก"),
            ),
        )
    )
    assert undone(batch).state == "undone"
    assert (list(User.objects.order_by("pk").values()), list(Membership.objects.order_by("pk").values())) == before


def test_an_undo_keeps_who_learns_or_has_signed_in_and_what_was_changed_since(
    somchai: User, cooperative: Organization, course: object
) -> None:
    saved(checked(somchai, people(person("นางบุญมี ทองดี", "089-123-4567", NAME, "กรรมการ"))))
    batch = saved(
        checked(
            somchai,
            people(
                person("นางสาวบุญมี ทองดี", "089-123-4567", NAME),
                person("นายชูชาติ นาดี", "", NAME, "สมาชิก"),
                person("นายไพบูลย์ แสงทอง", "", NAME, "สมาชิก"),
                person("นางละออ ชื่นจิต", "", NAME, "สมาชิก"),
            ),
        )
    )
    User.objects.filter(first_name="บุญมี").update(title="ดร.")
    learner = User.objects.get(first_name="ชูชาติ")
    enroll(course, membership=learner.memberships.get(), by=learner)
    guest = User.objects.get(first_name="ไพบูลย์")
    guest.set_password("a long password")
    guest.save()
    batch = undone(batch)
    kept = dict(batch.rows.exclude(kept_because="").values_list("values__first_name", "kept_because"))
    assert kept == {
        "บุญมี": "Changed again since the import, so the newer words were kept.",
        "ชูชาติ": kept["ชูชาติ"],
        "ไพบูลย์": "Kept, because this person has signed in since.",
    }
    assert kept["ชูชาติ"].startswith("Kept, because something has been recorded for it since: ")
    assert (learner.memberships.count(), guest.memberships.count()) == (1, 1)
    assert User.objects.filter(first_name="ละออ").count() == 0


def test_columns_with_national_ids_are_not_read_and_not_kept(somchai: User, cooperative: Organization) -> None:
    file = csv_file((*PEOPLE, "เลขบัตรประชาชน"), [*person("นางบุญมี ทองดี", "", NAME, "สมาชิก"), "1101700230708"])
    batch = checked(somchai, file)
    row = only_row(batch)
    assert batch.forbidden_headings == ["เลขบัตรประชาชน"]
    assert "1101700230708" not in f"{row.cells}{row.values}{batch.columns}"


def test_an_import_is_seen_by_its_maker_only(cast: Cast, somchai: User, cooperative: Organization) -> None:
    from learning.register.queries import imports_of

    keeps_register(cast.wipa)
    batch = checked(somchai, people(person("นางบุญมี ทองดี", "", NAME, "สมาชิก")))
    assert (list(imports_of(somchai)), list(imports_of(cast.wipa))) == ([batch], [])
    assert Import.objects.count() == 1


def test_a_person_without_an_organization_cannot_be_entered_but_one_known_can_be_changed(
    somchai: User, cooperative: Organization
) -> None:
    saved(checked(somchai, people(person("นางบุญมี ทองดี", "089-123-4567", NAME, "สมาชิก"))))
    batch = checked(somchai, people(person("นางสาวบุญมี ทองดี", "089-123-4567"), person("นายชูชาติ นาดี", "089-765-4321")))
    assert actions(batch) == ["change", "problem"]
    assert list(batch.rows.last().problems) == ["organization"]


def test_positions_of_known_people_are_added_and_nobody_is_entered(somchai: User, cooperative: Organization) -> None:
    saved(checked(somchai, people(person("นางบุญมี ทองดี", "089-123-4567", NAME, "สมาชิก"))))
    other = make_organization("กลุ่มสตรีบ้านหนองบัว", "womens_group")
    batch = checked(
        somchai,
        people(
            person("นางบุญมี ทองดี", "089-123-4567", other.name, "เหรัญญิก"),
            person("นายชูชาติ นาดี", "", other.name, "ประธานกลุ่ม"),
            person("นางบุญมี ทองดี", "", other.name, "กรรมการ"),
        ),
        "memberships",
    )
    assert actions(batch) == ["add", "problem", "add"]
    saved(batch)
    assert sorted(User.objects.get(first_name="บุญมี").memberships.values_list("position", flat=True)) == [
        "group_board_member",
        "group_treasurer",
        "member",
    ]
