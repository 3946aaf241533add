"""The test authority: its chain is right, and says in every place that it is for trying out."""

import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509

from certification.choices import KeyPurpose
from certification.keys import authority
from certification.keys.chains import check_chain, read_chain
from certification.models import SigningKey
from tests.deploy.test_files import program

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keys_dir")]


def taken(purpose: KeyPurpose, name: str = "") -> SigningKey:
    authority.take_in(purpose, name=name)
    return SigningKey.objects.get(purpose=purpose)


def test_the_chain_is_one_that_add_would_take() -> None:
    key = taken(KeyPurpose.DOCUMENT)
    check_chain(key.chain, kid=key.kid)
    assert len(read_chain(key.chain)) == 2


def test_the_signer_may_sign_and_nothing_else() -> None:
    signer, root = read_chain(taken(KeyPurpose.DOCUMENT).chain)
    usage = signer.extensions.get_extension_for_class(x509.KeyUsage)
    assert usage.critical
    assert (usage.value.digital_signature, usage.value.content_commitment, usage.value.key_cert_sign) == (
        True,
        True,
        False,
    )
    constraints = [one.extensions.get_extension_for_class(x509.BasicConstraints).value for one in (signer, root)]
    assert [(one.ca, one.path_length) for one in constraints] == [(False, None), (True, 0)]


def test_every_certificate_says_that_it_is_for_trying_out() -> None:
    for one in read_chain(taken(KeyPurpose.DOCUMENT).chain):
        units = [part.value for part in one.subject.get_attributes_for_oid(x509.NameOID.ORGANIZATIONAL_UNIT_NAME)]
        assert units == ["TEST ONLY ทดสอบเท่านั้น"]


def test_two_signers_stand_below_one_root() -> None:
    first, second = taken(KeyPurpose.DOCUMENT), taken(KeyPurpose.APPROVAL, "นายสมชาย รักสหกรณ์")
    assert read_chain(first.chain)[-1] == read_chain(second.chain)[-1]
    assert (first.name, second.name) == ("สหกรณ์อะคาเดมี", "นายสมชาย รักสหกรณ์")


def test_a_very_long_name_is_cut_between_letters_in_the_certificate_and_whole_in_the_row(settings: Any) -> None:
    settings.ORGANIZATION_NAME = "ชุมนุมสหกรณ์การเกษตรแห่งจังหวัดพระนครศรีอยุธยา จำกัด"
    key = taken(KeyPurpose.DOCUMENT)
    common = read_chain(key.chain)[0].subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)[0].value
    assert key.name == settings.ORGANIZATION_NAME
    assert common == "TEST signer: ชุมนุมสหกรณ์การเก"


@pytest.mark.system
def test_openssl_finds_the_chain_good(tmp_path: Path) -> None:
    signer, root = read_chain(taken(KeyPurpose.DOCUMENT).chain)
    for name, one in (("signer", signer), ("root", root)):
        (tmp_path / f"{name}.pem").write_bytes(one.public_bytes(authority.Encoding.PEM))
    command = [program("openssl", "openssl"), "verify", "-x509_strict", "-CAfile", "root.pem", "signer.pem"]
    done = subprocess.run(command, cwd=tmp_path, env={"PATH": os.environ["PATH"]}, capture_output=True, text=True)
    assert (done.stdout, done.returncode) == ("signer.pem: OK\n", 0)
