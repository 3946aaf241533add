from typing import Any

from django.core.management.base import BaseCommand

from learning.places.flows import load_places


class Command(BaseCommand):
    help = "Load provinces, districts, provincial offices and transfer centers with their official codes."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, count in load_places().items():
            self.stdout.write(f"{name}: {count} written")
