import re
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from certification.choices import KeyPurpose
from certification.keys.changing import KeyRefused, add_key, retire_key, revoke_key, rotate_key
from certification.keys.readiness import readiness
from certification.models import SigningKey
from certification.status import sign_every_list

SHORTEST = 6  # letters of a kid that name a key
_KID_LIKE_AN_OPTION = re.compile(r"^-+([\w-]{30,42})$")  # 43 signs of base64url; no option is as long


class Command(BaseCommand):
    help = "List the keys that sign certificates; take one into use, put another in its place, retire it, revoke it."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
        verbs.add_parser("list", help="every key, and whether it can sign")
        for verb, text in (
            ("add", "take a key into use for a purpose that has none"),
            ("rotate", "retire the active key of a purpose and take another into use"),
        ):
            one = verbs.add_parser(verb, help=text)
            one.add_argument("purpose", choices=KeyPurpose.values)
            one.add_argument("key", help="a file in the folder of keys, or a pkcs11: address")
            one.add_argument("--chain", type=Path, help="X.509 certificates in PEM: the signer's first, the root last")
            one.add_argument("--name", required=True, help="the signer's name, as it will stand in signatures")
        one = verbs.add_parser("retire", help="a key signs nothing more; what it has signed stays good")
        one.add_argument("kid", help="the key as the list shows it, or six letters of it")
        one = verbs.add_parser("revoke", help="nothing that a key has signed is trusted any more")
        one.add_argument("kid", help="the key as the list shows it, or six letters of it")
        one.add_argument("--reason", required=True, help="a sentence for everybody who checks a certificate of it")

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """One key in 64 begins with a hyphen, and would be taken for an option: the rest of it names it as well."""
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parse = parser.parse_args
        parser.parse_args = lambda args=None, namespace=None: parse(  # type: ignore[method-assign,assignment]
            [_KID_LIKE_AN_OPTION.sub(r"\1", word) for word in args or ()], namespace
        )
        return parser

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"_{options['verb']}")(options)
        except KeyRefused as error:
            raise CommandError(str(error)) from error

    def _list(self, options: dict[str, Any]) -> None:
        keys = SigningKey.objects.order_by("purpose", "state", "-created_at")
        if not keys:
            self.stdout.write(
                "There are no keys. For trying out: certificate_authority. For people: certificate_keys add"
            )
        for key in keys:
            test = "  TEST" if key.is_test else ""
            self.stdout.write(f"{key.purpose:<9} {key.state:<8} {key.kid}  {key.name}{test}\n{'':<19}{key.location}")
            self.stdout.write(f"{'':<19}{readiness(key)}")

    @transaction.atomic
    def _add(self, options: dict[str, Any]) -> None:
        key = add_key(**_wanted(options))
        self._sign_lists(key)
        self.stdout.write(f"{key.purpose} is signed by “{key.name}” from now on ({key.kid}).")

    @transaction.atomic
    def _rotate(self, options: dict[str, Any]) -> None:
        key = rotate_key(**_wanted(options))
        self._sign_lists(key)
        self.stdout.write(
            f"{key.purpose} is signed by “{key.name}” from now on ({key.kid}). The key before it is retired;"
            " what it has signed stays good."
        )

    def _sign_lists(self, key: SigningKey) -> None:
        """Nobody who has the new keys only is left with a list that an older one signed."""
        if key.purpose == KeyPurpose.BADGE and (signed := sign_every_list()):
            self.stdout.write(f"Status lists signed anew: {signed}.")

    def _retire(self, options: dict[str, Any]) -> None:
        key = retire_key(_named(options["kid"]))
        self.stdout.write(
            f"“{key.name}” is retired. Until another key is added for {key.purpose}, what needs one waits."
        )

    def _revoke(self, options: dict[str, Any]) -> None:
        key = revoke_key(_named(options["kid"]), reason=options["reason"])
        self.stdout.write(f"“{key.name}” is revoked: nothing that it has signed is trusted any more.")


def _wanted(options: dict[str, Any]) -> dict[str, Any]:
    chain = options["chain"]
    try:
        pem = chain.read_text(encoding="ascii") if chain else ""
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"The chain {chain} cannot be read: {error}") from error
    return {
        "purpose": KeyPurpose(options["purpose"]),
        "location": options["key"],
        "name": options["name"],
        "chain": pem,
    }


def _named(kid: str) -> SigningKey:
    if len(kid) < SHORTEST:
        raise CommandError(f"Give at least {SHORTEST} letters of the key.")
    found = list(SigningKey.objects.filter(kid__contains=kid)[:2])
    if len(found) != 1:
        raise CommandError(
            "No key has these letters." if not found else "More than one key has these letters: give more."
        )
    return found[0]
