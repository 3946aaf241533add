"""Provinces, districts, provincial offices and transfer centers, keyed by their official codes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Province(models.Model):
    """One of the 77 provinces; `code` is the two-digit code of the Department of Provincial Administration."""

    code = models.CharField(_("code"), max_length=2, primary_key=True)
    name = models.CharField(_("name"), max_length=60, unique=True)
    name_en = models.CharField(_("English name"), max_length=60)
    region = models.CharField(_("region"), max_length=30)
    position = models.PositiveSmallIntegerField(_("place in Thai order"))

    class Meta:
        ordering = ["position"]
        verbose_name = _("province")
        verbose_name_plural = _("provinces")

    def __str__(self) -> str:
        return self.name

    @property
    def is_bangkok(self) -> bool:
        """Bangkok has khet, not amphoe, and is never called จังหวัด."""
        return self.code == "10"

    @property
    def full_name(self) -> str:
        return self.name if self.is_bangkok else f"จังหวัด{self.name}"


class District(models.Model):
    """One of the 878 amphoe and 50 khet; `code` has four digits, the first two are the province's."""

    code = models.CharField(_("code"), max_length=4, primary_key=True)
    province = models.ForeignKey(Province, models.PROTECT, related_name="districts", verbose_name=_("province"))
    name = models.CharField(_("name"), max_length=80)
    name_en = models.CharField(_("English name"), max_length=80)
    position = models.PositiveSmallIntegerField(_("place in Thai order"))

    class Meta:
        ordering = ["province__position", "position"]
        verbose_name = _("district")
        verbose_name_plural = _("districts")
        constraints = [models.UniqueConstraint(fields=["province", "name"], name="district_name_once_in_a_province")]

    def __str__(self) -> str:
        return self.name

    @property
    def full_name(self) -> str:
        return self.name if self.name.startswith("เขต") else f"อำเภอ{self.name}"


class ProvincialOffice(models.Model):
    """A provincial cooperative office; 76 provinces have one, Bangkok has two."""

    code = models.CharField(_("code"), max_length=4, primary_key=True, help_text=_("Province code and number."))
    province = models.ForeignKey(Province, models.PROTECT, related_name="offices", verbose_name=_("province"))
    name = models.CharField(_("name"), max_length=120, unique=True)
    # Bangkok's two offices share a province. Empty: the office serves the whole province.
    districts = models.ManyToManyField(
        District,
        related_name="offices",
        blank=True,
        verbose_name=_("districts"),
        help_text=_("Empty: the whole province."),
    )

    class Meta:
        ordering = ["province__position", "code"]
        verbose_name = _("provincial cooperative office")
        verbose_name_plural = _("provincial cooperative offices")

    def __str__(self) -> str:
        return self.name


class PromotionGroup(models.Model):
    """กลุ่มส่งเสริมสหกรณ์ 1..n of an office, each with its own districts (duties of the group, preamble 1)."""

    office = models.ForeignKey(ProvincialOffice, models.PROTECT, related_name="groups", verbose_name=_("office"))
    number = models.PositiveSmallIntegerField(_("number"))
    districts = models.ManyToManyField(
        District, related_name="promotion_groups", blank=True, verbose_name=_("districts")
    )

    class Meta:
        ordering = ["office", "number"]
        verbose_name = _("cooperative promotion group")
        verbose_name_plural = _("cooperative promotion groups")
        constraints = [models.UniqueConstraint(fields=["office", "number"], name="promotion_group_number_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """As the office writes it."""
        return f"กลุ่มส่งเสริมสหกรณ์ {self.number} {self.office}"


class TransferCenter(models.Model):
    """One of the 20 Cooperative Technology Transfer Centers (ศูนย์ถ่ายทอดเทคโนโลยีการสหกรณ์)."""

    number = models.PositiveSmallIntegerField(_("number"), primary_key=True)
    name = models.CharField(_("name"), max_length=120, unique=True)
    short_name = models.CharField(_("short name"), max_length=20)
    name_en = models.CharField(_("English name"), max_length=120)
    host_province = models.ForeignKey(Province, models.PROTECT, related_name="+", verbose_name=_("host province"))
    # No public source says which provinces a center serves today, so an administrator edits it.
    provinces = models.ManyToManyField(
        Province, related_name="transfer_centers", blank=True, verbose_name=_("provinces served")
    )

    class Meta:
        ordering = ["number"]
        verbose_name = _("transfer center")
        verbose_name_plural = _("transfer centers")

    def __str__(self) -> str:
        return self.name
