"""Notice: a sentence for one person, shown in the site and sent by mail when there is an address."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Notice(models.Model):
    """`key` makes it happen once: a job that runs twice sends nothing twice."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    key = models.CharField(max_length=120, unique=True)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"))
    url = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)
    # Nothing to mail: the person has no address.
    is_mail_wanted = models.BooleanField(default=False)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        indexes = [
            models.Index(
                fields=["id"],
                name="notices_waiting_for_mail",
                condition=models.Q(is_mail_wanted=True, mailed_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.title
