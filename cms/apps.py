from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "cms"
    label = "cms"
    verbose_name = _("Site")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cms.thai.names import register_collation

        def give_thai_order(connection: object, **kwargs: object) -> None:
            register_collation(connection)

        connection_created.connect(give_thai_order, dispatch_uid="thai-order", weak=False)
