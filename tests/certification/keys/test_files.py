"""Key files: closed to others, whole or not there, and a sentence for each way in which one cannot be used."""

import stat
from pathlib import Path
from typing import Any

import pytest

from certification.choices import KeyPurpose
from certification.keys import KeyUnavailable, files
from certification.keys.choosing import active_key
from tests.certification.keys.given import ed25519, p256, pem, put, rsa


@pytest.mark.django_db
def test_the_folder_and_the_files_of_the_test_authority_are_closed_to_others(settings: Any, tmp_path: Path) -> None:
    settings.CERTIFICATE_KEYS_DIR = tmp_path / "new" / "keys"
    assert active_key(KeyPurpose.DOCUMENT)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "new").rglob("*")}
    assert modes == {"keys": 0o700, "test-root.pem": 0o600, "test-document.pem": 0o600}


def test_a_file_is_never_written_over(keys_dir: Path) -> None:
    assert files.create("one.pem", b"first") is True
    assert files.create("one.pem", b"second") is False
    assert {path.name: path.read_bytes() for path in keys_dir.iterdir()} == {"one.pem": b"first"}


def test_both_kinds_of_key_are_read(keys_dir: Path) -> None:
    for name, key in (("p.pem", p256()), ("e.pem", ed25519.Ed25519PrivateKey.generate())):
        assert pem(files.read_private(put(keys_dir, name, key))) == pem(key)


def test_a_key_in_the_older_form_of_openssl_is_read(keys_dir: Path) -> None:
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    key = p256()
    path = keys_dir / "sec1.pem"
    path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption()))
    path.chmod(0o600)
    assert pem(files.read_private("sec1.pem")) == pem(key)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o660])
def test_a_file_that_is_open_to_others_is_not_used(keys_dir: Path, mode: int) -> None:
    put(keys_dir, "open.pem", p256(), mode=mode)
    with pytest.raises(KeyUnavailable, match=rf"open to others \(mode {mode:04o}\)\. Close it: chmod 600"):
        files.read_private("open.pem")


def test_a_folder_into_which_others_write_is_not_used(keys_dir: Path) -> None:
    put(keys_dir, "one.pem", p256())
    keys_dir.chmod(0o770)
    with pytest.raises(KeyUnavailable, match="Others may write into the folder of keys"):
        files.read_private("one.pem")


def test_a_missing_file_is_named(keys_dir: Path) -> None:
    with pytest.raises(KeyUnavailable, match=r"gone\.pem is not there"):
        files.read_private("gone.pem")


def test_a_key_with_a_password_is_refused_with_the_way_on(keys_dir: Path) -> None:
    with pytest.raises(KeyUnavailable, match="is encrypted"):
        files.read_private(put(keys_dir, "locked.pem", p256(), password=b"secret"))


def test_a_key_of_another_kind_is_refused(keys_dir: Path) -> None:
    with pytest.raises(KeyUnavailable, match="no P-256 or Ed25519 key"):
        files.read_private(put(keys_dir, "rsa.pem", rsa.generate_private_key(65537, 2048)))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "no private key in PEM"),
        (b"\x00\xff" * 99, "no private key in PEM"),
        (b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "that can be read"),
    ],
)
def test_a_file_that_holds_something_else_is_refused(keys_dir: Path, content: bytes, sentence: str) -> None:
    (keys_dir / "odd.pem").write_bytes(content)
    (keys_dir / "odd.pem").chmod(0o600)
    with pytest.raises(KeyUnavailable, match=sentence):
        files.read_private("odd.pem")


@pytest.mark.parametrize("location", ["../out.pem", "/etc/hostname", "link.pem"])
def test_a_file_outside_of_the_folder_is_not_read(keys_dir: Path, location: str) -> None:
    put(keys_dir.parent, "out.pem", p256())
    (keys_dir / "link.pem").symlink_to(keys_dir.parent / "out.pem")
    with pytest.raises(KeyUnavailable, match="is not in the folder of keys"):
        files.read_private(location)


def test_a_folder_that_is_a_file_is_told(settings: Any, tmp_path: Path) -> None:
    settings.CERTIFICATE_KEYS_DIR = tmp_path / "file"
    (tmp_path / "file").write_text("")
    with pytest.raises(KeyUnavailable, match="cannot be used"):
        files.keys_folder()
