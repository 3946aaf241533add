from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PacksConfig(AppConfig):
    name = "courses.packs"
    label = "packs"
    verbose_name = _("Course packs")
    default_auto_field = "django.db.models.BigAutoField"
