"""What an administrator changes in the admin goes through the same flows, with a history."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from learning.organizations.models import Organization, OrganizationChange
from tests.cast import Cast

pytestmark = pytest.mark.django_db
FACTS = {"kind": "service", "name": "สหกรณ์บริการทุ่งทอง จำกัด", "province": "18", "district": "1804"}


@pytest.fixture
def admin(client: Client, cast: Cast) -> Client:
    cast.wipa.is_superuser = True
    cast.wipa.save()
    client.force_login(cast.wipa)
    return client


def address(verb: str, *parts: Any) -> str:
    return reverse(f"wagtailsnippets_organizations_organization:{verb}", args=parts)


def test_an_organization_is_entered(admin: Client) -> None:
    assert admin.post(address("add"), FACTS).status_code == 302
    assert Organization.objects.get(kind="service").search_key == "บริการทุ่งทอง"


def test_a_change_leaves_a_line_with_what_was_before(admin: Client, cast: Cast) -> None:
    organization = cast.board_seat.organization
    facts = {**FACTS, "kind": organization.kind}
    assert admin.post(address("edit", organization.pk), facts).status_code == 302
    organization.refresh_from_db()
    assert organization.name == FACTS["name"]
    line = OrganizationChange.objects.get()
    assert (line.name_before, line.by) == ("สหกรณ์การเกษตรทุ่งรวงทอง จำกัด", cast.wipa)
