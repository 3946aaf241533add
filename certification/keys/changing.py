"""The life of a key: taken into use, followed by another, retired, revoked. Its private half is never touched."""

import secrets

from django.db import IntegrityError, transaction
from django.utils import timezone

from certification.choices import KEY_TRANSITIONS, KeyPurpose, KeyState
from certification.keys import KeyUnavailable, files, tokens
from certification.keys.addresses import is_address
from certification.keys.chains import check_chain, read_chain
from certification.keys.public import CURVES, WITH_CHAIN, is_signed, jwk_of, kid_of
from certification.models import SigningKey


class KeyRefused(Exception):
    """This change of a key is not allowed; the sentence says why."""


@transaction.atomic
def add_key(purpose: KeyPurpose, location: str, *, name: str, chain: str = "") -> SigningKey:
    """Take the first key of a purpose into use; KeyRefused where one is active, or the key does not fit."""
    key = checked_key(purpose, location, name=name, chain=chain)
    if active := _active(purpose):
        raise KeyRefused(
            f"{active.purpose} has an active key already: “{active.name}” ({active.kid}). "
            "To put another in its place: certificate_keys rotate"
        )
    return _saved(key)


@transaction.atomic
def rotate_key(purpose: KeyPurpose, location: str, *, name: str, chain: str = "") -> SigningKey:
    """Retire the active key of a purpose and take another into use at the same moment.

    What the old one has signed stays good.
    """
    key = checked_key(purpose, location, name=name, chain=chain)
    active = _active(purpose)
    if active is None:
        raise KeyRefused(f"{purpose} has no active key to follow. To take the first into use: certificate_keys add")
    retire_key(active)
    return _saved(key)


@transaction.atomic
def retire_key(key: SigningKey) -> SigningKey:
    """An active key signs nothing more; what it has signed stays good."""
    return _move(key, KeyState.RETIRED, retired_at=timezone.now())


@transaction.atomic
def revoke_key(key: SigningKey, *, reason: str) -> SigningKey:
    """Nothing that the key has signed is trusted any more, as when somebody else got hold of it."""
    if not reason.strip():
        raise KeyRefused("A key is revoked with a reason: everybody who checks a certificate of it will read it.")
    return _move(key, KeyState.REVOKED, revoked_at=timezone.now(), reason=reason.strip())


def checked_key(purpose: KeyPurpose, location: str, *, name: str, chain: str = "") -> SigningKey:
    """The row of a key, not saved. KeyRefused unless key, curve, chain and days fit together and the key signs."""
    if not name.strip():
        raise KeyRefused("A key needs the name of its signer: it stands in every signature.")
    try:
        jwk = _public_jwk(location, chain)
        if jwk["crv"] != CURVES[purpose]:
            raise KeyRefused(f"{purpose} needs a key of {CURVES[purpose]}; this one is of {jwk['crv']}.")
        if purpose in WITH_CHAIN:
            if not chain:
                raise KeyRefused(
                    f"{purpose} needs the X.509 certificates of the key, the signer's first, the root last."
                )
            check_chain(chain, kid=kid_of(jwk))
        elif chain:
            raise KeyRefused(f"{purpose} takes no certificates: its public key is published by the site itself.")
        _check_it_signs(location, jwk)
    except KeyUnavailable as error:
        raise KeyRefused(str(error)) from error
    kid = kid_of(jwk)
    if known := SigningKey.objects.filter(kid=kid).first():
        raise KeyRefused(
            f"This key is known already: {known.purpose}, {known.state}, “{known.name}”."
            " A key has one purpose and one life."
        )
    return SigningKey(
        kid=kid,
        purpose=purpose,
        name=name.strip(),
        location=location,
        public_jwk=jwk,
        chain=chain,
    )


def _public_jwk(location: str, chain: str) -> dict[str, str]:
    """The public half: from the file; of a key in a token from its certificate, or from the token itself."""
    if not is_address(location):
        return jwk_of(files.read_private(location).public_key())
    if not chain:
        return jwk_of(tokens.public_key(location))
    try:
        return jwk_of(read_chain(chain)[0].public_key())
    except ValueError as error:
        raise KeyRefused("The first certificate of the chain is about a key that is not P-256.") from error


def _check_it_signs(location: str, jwk: dict[str, str]) -> None:
    """A token is believed when a signature of its key fits the public half; a file was read already."""
    if is_address(location):
        data = secrets.token_bytes(32)
        if not is_signed(jwk, tokens.sign(location, jwk, data), data):
            raise KeyRefused("The certificate is about another key than the one in the token.")


def _active(purpose: KeyPurpose) -> SigningKey | None:
    return SigningKey.objects.select_for_update().filter(purpose=purpose, state=KeyState.ACTIVE).first()


def _saved(key: SigningKey) -> SigningKey:
    try:
        with transaction.atomic():
            key.save(force_insert=True)
    except IntegrityError as error:
        raise KeyRefused(
            f"Another key of {key.purpose} was taken into use at this moment; nothing was changed."
        ) from error
    return key


def _move(key: SigningKey, state: KeyState, **facts: object) -> SigningKey:
    """The only writer of a key's state, under a lock of its row."""
    row = SigningKey.objects.select_for_update().get(pk=key.pk)
    if state not in KEY_TRANSITIONS.get(row.state, frozenset()):
        raise KeyRefused(f"The key “{row.name}” is {row.state} and cannot become {state}.")
    for name, fact in {"state": state, **facts}.items():
        setattr(row, name, fact)
        setattr(key, name, fact)
    row.save(update_fields=["state", *facts])
    return row
