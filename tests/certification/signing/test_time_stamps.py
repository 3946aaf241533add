"""B-T: a time stamp in every signature when an authority is set, and never a weaker signature instead."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

from certification.choices import KeyPurpose
from certification.keys import KeyUnavailable, authority
from certification.keys.choosing import active_key
from certification.models import SigningKey
from certification.signing import TimestampUnavailable, pades, sign_pdf, stamping
from tests.certification.signing import tsa
from tests.certification.signing.reading import paper, pdfsig, qpdf_check, statuses, trusted_roots
from tests.certification.signing.tsa import Clock, clock_on_this_machine
from tests.servers import free_port

pytestmark = pytest.mark.django_db


@pytest.fixture
def first(keys_dir: Path) -> SigningKey:
    key = active_key(KeyPurpose.DOCUMENT)
    assert key is not None
    return key


@pytest.fixture
def clock(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    stamping.time_stamper.cache_clear()
    with clock_on_this_machine() as (address, clock):
        settings.CERTIFICATE_TSA_URL = address
        yield clock
    stamping.time_stamper.cache_clear()


def roots() -> list[Any]:
    return [*trusted_roots(KeyPurpose.DOCUMENT, KeyPurpose.APPROVAL), tsa.authority()[0]]


def stamped(data: bytes) -> list[bool]:
    """Of each signature: whether it holds a time stamp that is whole and trusted."""
    return [
        bool(one.timestamp_validity and one.timestamp_validity.intact and one.timestamp_validity.trusted)
        for one in statuses(data, roots())
    ]


def test_without_an_authority_nothing_is_stamped(first: SigningKey) -> None:
    assert stamped(sign_pdf(paper(), first=first)) == [False]


def test_every_signature_is_stamped_over_http(first: SigningKey, clock: Clock) -> None:
    authority.take_in(KeyPurpose.APPROVAL)
    data = sign_pdf(paper(), first=first, second=active_key(KeyPurpose.APPROVAL))
    assert stamped(data) == [True, True]
    assert [one.bottom_line for one in statuses(data, roots())] == [True, True]
    assert clock.asked == 3  # one to learn how large a stamp is, one each


def test_the_size_of_a_stamp_is_asked_once_in_a_process(first: SigningKey, clock: Clock) -> None:
    for _ in range(3):
        sign_pdf(paper(), first=first)
    assert clock.asked == 4


def test_a_stamper_of_pyhanko_does_as_well(first: SigningKey, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.CERTIFICATE_TSA_URL = "http://clock.example"
    monkeypatch.setattr(pades, "time_stamper", lambda url: DummyTimeStamper(*tsa.authority()))
    assert stamped(sign_pdf(paper(), first=first)) == [True]


def test_an_authority_that_is_not_there_leaves_nothing_signed(first: SigningKey, settings: Any) -> None:
    settings.CERTIFICATE_TSA_URL = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(TimestampUnavailable, match=f"{settings.CERTIFICATE_TSA_URL} gave no time stamp"):
        sign_pdf(paper(), first=first)


def test_who_waits_for_a_key_waits_for_a_time_stamp_too() -> None:
    assert issubclass(TimestampUnavailable, KeyUnavailable)


def test_an_authority_that_says_nothing_is_given_up(
    first: SigningKey, clock: Clock, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CERTIFICATE_TSA_URL += "/silent"
    monkeypatch.setattr(stamping, "SECONDS", 0.2)
    with pytest.raises(TimestampUnavailable, match="gave no time stamp"):
        sign_pdf(paper(), first=first)


@pytest.mark.parametrize(
    "answer",
    [
        {"kind": "text/html", "body": b"<h1>Sold out</h1>"},
        {"body": b"no stamp at all"},
        {"body": b""},
        {"body": bytes.fromhex("30053003020102")},
        {"status": 500, "kind": "text/plain", "body": b""},
        {"about_something_else": True},
    ],
    ids=["a page", "other bytes", "nothing", "a refusal", "an error", "a stamp on something else"],
)
def test_an_answer_that_is_no_good_stamp_leaves_nothing_signed(
    first: SigningKey, clock: Clock, answer: dict[str, Any]
) -> None:
    for name, value in answer.items():
        setattr(clock, name, value)
    with pytest.raises(TimestampUnavailable, match="gave no time stamp"):
        sign_pdf(paper(), first=first)


def test_a_clock_that_comes_back_is_used_again(first: SigningKey, clock: Clock) -> None:
    clock.status, clock.kind = 503, "text/plain"
    with pytest.raises(TimestampUnavailable):
        sign_pdf(paper(), first=first)
    clock.status, clock.kind = 200, tsa.REPLY
    assert stamped(sign_pdf(paper(), first=first)) == [True]


@pytest.mark.system
def test_poppler_and_qpdf_are_content_with_a_stamped_signature(first: SigningKey, clock: Clock, tmp_path: Path) -> None:
    path = tmp_path / "stamped.pdf"
    path.write_bytes(sign_pdf(paper(), first=first))
    assert pdfsig(path) == (["Signature is Valid."], ["ETSI.CAdES.detached"])
    assert qpdf_check(path) == (0, "")
