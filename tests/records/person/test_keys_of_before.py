"""Training records of before are given the keys that signed them: the file tells, and where it is gone, the moment."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps

from certification.choices import KeyPurpose, KeyState
from certification.keys.choosing import active_key
from certification.models import SigningKey
from learning.records.models import TrainingRecord

pytestmark = pytest.mark.django_db
MIGRATION = import_module("learning.records.migrations.0007_keys_of_training_records_of_before")
PURPOSES = (KeyPurpose.DOCUMENT, KeyPurpose.APPROVAL)


def keys_after(made: TrainingRecord) -> list[SigningKey | None]:
    """What the migration finds for a record that knows nothing of its keys."""
    TrainingRecord.objects.update(document_key=None, approval_key=None)
    MIGRATION.find_their_keys(apps, None)
    made.refresh_from_db()
    return [made.document_key, made.approval_key]


def followed(old: SigningKey, made: TrainingRecord, *, seconds: int) -> SigningKey:
    """A younger key that took over so long after the record was signed; its certificate is another."""
    moment = made.made_at + timedelta(seconds=seconds)
    SigningKey.objects.filter(pk=old.pk).update(state=KeyState.RETIRED, retired_at=moment)
    young = SigningKey.objects.create(
        kid=f"young-{old.purpose}", purpose=old.purpose, name=old.name, location="young.pem",
        public_jwk={**old.public_jwk, "x": old.public_jwk["y"]},
    )  # fmt: skip
    SigningKey.objects.filter(pk=young.pk).update(created_at=moment)
    return young


@pytest.mark.parametrize("seconds", [-5, 5], ids=["between-signing-and-keeping", "after-it"])
@pytest.mark.parametrize("purpose", PURPOSES)
def test_the_key_in_the_file_counts_and_not_the_key_of_the_moment(
    made: TrainingRecord, purpose: KeyPurpose, seconds: int
) -> None:
    """A worker that was slow signed with the old key, and stored the file when there was a new one."""
    signers = [active_key(one) for one in PURPOSES]
    old = active_key(purpose)
    if old is None:  # one signer only: a key for a second one, taken into use later, signed nothing
        old = active_key(KeyPurpose.DOCUMENT)
        assert old is not None
        SigningKey.objects.create(
            kid="second", purpose=purpose, name="นายสมชาย ตั้งมั่น", location="second.pem",
            public_jwk={**old.public_jwk, "y": old.public_jwk["x"]},
        )  # fmt: skip
        SigningKey.objects.filter(kid="second").update(created_at=made.made_at - timedelta(seconds=5))
    else:
        followed(old, made, seconds=seconds)
    assert keys_after(made) == signers


def test_where_the_file_is_gone_the_moment_tells(made: TrainingRecord) -> None:
    signers = [active_key(one) for one in PURPOSES]
    assert signers[0] is not None
    followed(signers[0], made, seconds=5)
    made.file.storage.delete(made.file.name)
    assert keys_after(made) == signers


def test_where_the_file_is_gone_and_no_key_was_in_use_nothing_is_said(made: TrainingRecord) -> None:
    SigningKey.objects.filter(purpose__in=PURPOSES).update(created_at=made.made_at + timedelta(seconds=1))
    made.file.storage.delete(made.file.name)
    assert keys_after(made) == [None, None]


def test_a_record_that_was_never_made_has_no_keys(record: TrainingRecord) -> None:
    assert keys_after(record) == [None, None]


def test_what_is_known_already_stays(made: TrainingRecord) -> None:
    key = active_key(KeyPurpose.DOCUMENT)
    SigningKey.objects.filter(purpose__in=PURPOSES).update(public_jwk={"x": "AAAA", "y": "AAAA"})
    MIGRATION.find_their_keys(apps, None)
    made.refresh_from_db()
    assert made.document_key == key
