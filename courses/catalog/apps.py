from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogConfig(AppConfig):
    name = "courses.catalog"
    label = "catalog"
    verbose_name = _("Course catalog")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from courses.catalog import publishing  # noqa: F401  Wagtail's signals find their receivers
