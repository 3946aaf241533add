"""The two commands: what they do, what they say, and what they refuse."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from certification.choices import KeyPurpose
from certification.keys import opening
from certification.keys.choosing import active_key
from certification.keys.readiness import warnings_of_end
from certification.models import SigningKey, StatusList
from certification.status import sign_anew, take_place
from tests.certification.keys.given import Authority, ed25519, p256, put

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keys_dir")]
WIPA = "นางสาววิภา ใฝ่เรียน"


def run(*words: str) -> str:
    out = io.StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def document(keys_dir: Path, name: str, **how: Any) -> list[str]:
    """The words that name a key for documents with its chain."""
    key = p256()
    chain = keys_dir.parent / f"{name}.chain.pem"
    chain.write_text(Authority.named("กรมส่งเสริมสหกรณ์").chain_for(key, **how))
    return ["document", put(keys_dir, f"{name}.pem", key), "--chain", str(chain), "--name", WIPA]


def test_a_test_authority_is_made_once_and_never_written_over(settings: Any) -> None:
    settings.CERTIFICATE_TEST_AUTHORITY = False
    said = run("certificate_authority", "--name", "สหกรณ์ทดลอง")
    assert [line.split(":")[0] for line in said.splitlines()[:3]] == ["document", "badge", "offline"]
    assert "for trying out" in said
    kept = dict(SigningKey.objects.values_list("kid", "name"))
    assert set(kept.values()) == {"สหกรณ์ทดลอง"}
    with pytest.raises(CommandError, match="nothing is written over"):
        run("certificate_authority")
    assert dict(SigningKey.objects.values_list("kid", "name")) == kept


def test_a_second_signer_is_made_only_when_asked_for() -> None:
    run("certificate_authority", "--second-signer", "--name", "นายสมชาย รักสหกรณ์")
    first, second = active_key(KeyPurpose.DOCUMENT), active_key(KeyPurpose.APPROVAL)
    assert first
    assert second
    assert (first.name, second.name) == ("สหกรณ์อะคาเดมี", "นายสมชาย รักสหกรณ์")
    with pytest.raises(CommandError, match="There is a second signer already"):
        run("certificate_authority", "--second-signer")


def test_a_key_of_the_test_authority_that_was_retired_is_not_taken_into_use_again() -> None:
    run("certificate_authority")
    key = active_key(KeyPurpose.BADGE)
    assert key
    run("certificate_keys", "retire", key.kid)
    with pytest.raises(CommandError, match=r"was retired or revoked.*Take test-badge\.pem out of the folder"):
        run("certificate_authority")


def test_an_open_folder_is_said_as_it_is(keys_dir: Path) -> None:
    keys_dir.chmod(0o777)
    with pytest.raises(CommandError, match="Others may write into the folder"):
        run("certificate_authority")


def test_the_list_says_that_there_is_nothing_and_how_to_begin() -> None:
    assert run("certificate_keys", "list").startswith("There are no keys. For trying out: certificate_authority.")


def test_the_life_of_a_key_on_the_command_line(keys_dir: Path, settings: Any) -> None:
    settings.CERTIFICATE_TEST_AUTHORITY = False
    assert WIPA in run("certificate_keys", "add", *document(keys_dir, "one"))
    one = active_key(KeyPurpose.DOCUMENT)
    assert one
    assert "retired" in run("certificate_keys", "rotate", *document(keys_dir, "two"))
    two = active_key(KeyPurpose.DOCUMENT)
    assert two
    assert "revoked" in run("certificate_keys", "revoke", one.kid[3:12], "--reason", "The file was copied.")
    lines = [line.strip() for line in run("certificate_keys", "list").splitlines()]
    assert lines == [
        f"document  active   {two.kid}  {WIPA}",
        "two.pem",
        "Signs. Its certificate is good until 2049-01-01.",
        f"document  revoked  {one.kid}  {WIPA}",
        "one.pem",
        f"Revoked on {_day(one)}: The file was copied.",
    ]
    assert "waits" in run("certificate_keys", "retire", two.kid)
    assert active_key(KeyPurpose.DOCUMENT) is None


def _day(key: SigningKey) -> str:
    key.refresh_from_db()
    assert key.revoked_at is not None
    return key.revoked_at.strftime("%Y-%m-%d")


def test_the_list_says_what_is_wrong_with_an_active_key(keys_dir: Path) -> None:
    run("certificate_keys", "add", "badge", put(keys_dir, "b.pem", ed25519.Ed25519PrivateKey.generate()), "--name", "ก")
    (keys_dir / "b.pem").chmod(0o644)
    opening.forget()
    assert "b.pem is open to others (mode 0644)" in run("certificate_keys", "list")


def test_the_list_warns_before_a_certificate_expires(keys_dir: Path, time_machine: Any) -> None:
    run("certificate_keys", "add", *document(keys_dir, "one"))
    time_machine.move_to("2048-12-01T00:00:00Z")
    [sentence] = warnings_of_end()
    assert f"Signs. {sentence}\n" in run("certificate_keys", "list")
    time_machine.move_to("2049-02-01T00:00:00Z")
    assert "expired at 2049-01-01 00:00:00+00:00. Renew it, then rotate the key." in run("certificate_keys", "list")


def test_the_list_marks_keys_for_trying_out() -> None:
    run("certificate_authority")
    assert run("certificate_keys", "list").count("  TEST\n") == 3


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["add", "badge", "none.pem", "--name", "ก"], r"none\.pem is not there"),
        (["add", "document", "none.pem", "--name", "ก", "--chain", "/nowhere"], "The chain /nowhere cannot be read"),
        (["retire", "abc"], "at least 6 letters"),
        (["retire", "abcdefgh"], "No key has these letters"),
        (["revoke", "abcdefgh", "--reason", "x"], "No key has these letters"),
        (["rotate", "badge", "none.pem", "--name", "ก"], r"none\.pem is not there"),
        (["add", "letters", "x", "--name", "ก"], "invalid choice: 'letters'"),
        (["revoke", "abcdefgh"], "--reason"),
    ],
)
def test_what_does_not_do_is_answered_with_a_sentence(words: list[str], sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        run("certificate_keys", *words)


def test_a_key_is_not_revoked_with_a_blank_reason(keys_dir: Path) -> None:
    run("certificate_authority")
    key = active_key(KeyPurpose.BADGE)
    assert key
    with pytest.raises(CommandError, match="with a reason"):
        run("certificate_keys", "revoke", key.kid, "--reason", " ")


def test_a_new_key_for_badges_signs_the_status_lists_at_once(keys_dir: Path) -> None:
    run("certificate_authority")
    take_place()
    status_list = StatusList.objects.get()
    sign_anew(status_list)
    status_list.refresh_from_db()
    old = status_list.key
    place = put(keys_dir, "next.pem", ed25519.Ed25519PrivateKey.generate())
    said = run("certificate_keys", "rotate", "badge", place, "--name", WIPA)
    status_list.refresh_from_db()
    assert status_list.key == active_key(KeyPurpose.BADGE) != old
    assert said.splitlines()[0] == "Status lists signed anew: 1."


@pytest.mark.parametrize("start", ["-", "--", "-_"])
def test_a_key_whose_name_begins_like_an_option_is_found(start: str) -> None:
    run("certificate_authority")
    key = active_key(KeyPurpose.BADGE)
    assert key
    kid = start + key.kid[len(start) :]
    SigningKey.objects.filter(pk=key.pk).update(kid=kid)
    assert "is retired" in run("certificate_keys", "retire", kid)
    assert "is revoked" in run("certificate_keys", "revoke", kid, "--reason", "ทดลอง")
