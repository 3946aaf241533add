"""Duties of officers and coordinators."""

from datetime import date

from django.db import models

from learning.duties.choices import PLACE_OF, Role
from learning.duties.models import Duty
from learning.people.models import User
from learning.places.models import District, PromotionGroup, Province, ProvincialOffice


def make_duty(
    user: User, role: str, place: models.Model | None = None, *, since: date = date(2025, 10, 1), **fields: object
) -> Duty:
    """A duty since the first day of fiscal year 2569, without an end, at a place of the kind its role is held at."""
    column = PLACE_OF[role]
    held = {column: place} if column else {}
    return Duty.objects.create(user=user, role=role, since=since, **held, **fields)


def make_group(*districts: str, province: str = "ชัยนาท", number: int = 1) -> PromotionGroup:
    """A promotion group of the office of a province, with districts by their names."""
    where = Province.objects.get(name=province)
    office = ProvincialOffice.objects.filter(province=where).order_by("code").first()
    assert office is not None
    group, _created = PromotionGroup.objects.get_or_create(office=office, number=number)
    group.districts.set(District.objects.filter(province=where, name__in=districts))
    return group


def office_of(province: str = "ชัยนาท") -> ProvincialOffice:
    office = ProvincialOffice.objects.filter(province__name=province).order_by("code").first()
    assert office is not None
    return office


def promotion_officer(user: User, *districts: str, province: str = "ชัยนาท", number: int = 1) -> Duty:
    """The officer of a promotion group with these districts."""
    return make_duty(user, Role.PROMOTION_OFFICER, make_group(*districts, province=province, number=number))
