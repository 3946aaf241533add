"""The person who signs in."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Collate, Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.thai.names import COLLATION


class Gender(models.TextChoices):
    """For statistics only, and only when the person or the office gives it."""

    FEMALE = "female", _("Woman")
    MALE = "male", _("Man")
    OTHER = "other", _("Other")


class User(AbstractUser):
    """A person, named the Thai way: title and given name without a space, then the family name.

    `first_name` and `last_name` keep Django's names because Wagtail's own screens read them; they
    hold the given and the family name. The title may change during a life (Act on the titles of
    women, 2551, s. 4-6), so it is a field of its own and printed as on the day of issue. `name_en` is the whole
    name as the ID card prints it in English; empty unless somebody wrote it, never made from the Thai one.
    """

    title = models.CharField(pgettext_lazy("before a name", "title"), max_length=40, blank=True)
    first_name = models.CharField(_("given name"), max_length=100)
    last_name = models.CharField(_("family name"), max_length=100, blank=True)
    name_en = models.CharField(_("name in English"), max_length=100, blank=True)
    email = models.EmailField(_("e-mail"), blank=True, default="")
    phone = models.CharField(_("phone"), max_length=16, null=True, blank=True, unique=True)
    phone_verified = models.BooleanField(_("phone confirmed"), default=False)
    gender = models.CharField(_("gender"), max_length=6, choices=Gender, blank=True)
    birth_year = models.PositiveSmallIntegerField(
        _("birth year"), null=True, blank=True, help_text=_("For statistics only.")
    )  # of the common era, as every date in the database

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["first_name", "last_name", "pk"]
        indexes = [
            models.Index(
                Collate("first_name", COLLATION), Collate("last_name", COLLATION), "id", name="person_in_thai_order"
            )
        ]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="email_belongs_to_one_person", condition=~models.Q(email="")),
            models.CheckConstraint(
                name="gender_is_known", condition=models.Q(gender__in=["", *(str(value) for value in Gender)])
            ),
            models.CheckConstraint(
                name="birth_year_is_plausible",
                condition=models.Q(birth_year__isnull=True) | models.Q(birth_year__range=(1900, 2200)),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name or self.username

    @property
    def full_name(self) -> str:
        """นางมาลี ใจดี: no space after the title, one before the family name."""
        return f"{self.title}{self.first_name} {self.last_name}".strip()

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.first_name or self.username
