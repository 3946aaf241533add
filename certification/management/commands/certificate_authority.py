from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from certification.choices import KeyPurpose, KeyState
from certification.keys import KeyUnavailable, authority
from certification.models import SigningKey


class Command(BaseCommand):
    help = (
        "Make the keys of a test authority: for a PDF, for Open Badges and for checking without a network."
        " It is for trying out; it vouches for nobody. Nothing that is there is written over."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--second-signer", action="store_true", help="make a second signer of PDFs as well")
        parser.add_argument("--name", default="", help="the signer's name; of the second one with --second-signer")

    def handle(self, *args: Any, **options: Any) -> None:
        second = options["second_signer"]
        missing = [purpose for purpose in authority.BY_ITSELF if not _active(purpose)]
        if second and _active(KeyPurpose.APPROVAL):
            raise CommandError("There is a second signer already. To put another in its place: certificate_keys rotate")
        if not missing and not second:
            raise CommandError(
                "Every purpose has its key already, and nothing is written over."
                " certificate_keys list shows them; certificate_keys rotate puts another in the place of one."
            )
        for purpose in missing:
            self._make(purpose, "" if second else options["name"])
        if second:
            self._make(KeyPurpose.APPROVAL, options["name"])
        self.stdout.write(
            "These keys are for trying out: no reader trusts them, and no certificate of people needs them."
        )

    def _make(self, purpose: KeyPurpose, name: str) -> None:
        try:
            authority.take_in(purpose, name=name)
        except KeyUnavailable as error:
            raise CommandError(str(error)) from error
        key = _active(purpose)
        if key is None:
            raise CommandError(
                f"The test authority's key for {purpose} was retired or revoked and is not taken into use again."
                f" Take {authority.location_of(purpose)} out of the folder of keys, and a new one is made."
            )
        self.stdout.write(f"{purpose}: {key.name}, {key.location}, {key.kid}")


def _active(purpose: KeyPurpose) -> SigningKey | None:
    return SigningKey.objects.filter(purpose=purpose, state=KeyState.ACTIVE).first()
