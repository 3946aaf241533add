"""A text that is genuine, forged in five ways, or of another kind: each is told apart."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from certification.choices import KeyState
from certification.offline.kinds import END, PREFIX, is_proof
from certification.offline.reading import ForgedProof, NotAProof, check, mark_of
from cms import base45
from learning.workshops.tickets.signing import sign
from tests.certification.offline.texts import FACTS, bytes_in, key_of, signed, written

OURS = [key_of("ours"), key_of("before", KeyState.RETIRED)]


def test_a_genuine_text_says_what_was_signed_and_by_which_key() -> None:
    proof = check(signed(FACTS), OURS)
    assert (proof.facts, proof.key.kid) == (FACTS, OURS[0].kid)


@pytest.mark.parametrize("state", KeyState.values)
def test_a_text_by_a_key_of_before_is_read_and_says_the_state_of_the_key(state: str) -> None:
    proof = check(signed(FACTS, "before"), [OURS[0], key_of("before", state)])
    assert (proof.facts, proof.key.state) == (FACTS, state)


@pytest.mark.parametrize("around", ["{}", " {}\n", "\u00a0{}\r\n", "{}\t"])
def test_what_pasting_adds_around_it_does_no_harm(around: str) -> None:
    assert check(around.format(signed(FACTS)), OURS).facts == FACTS


def test_lines_broken_by_a_message_and_small_letters_do_no_harm() -> None:
    text = signed(FACTS)
    assert check(f"{text[:40]}\r\n{text[40:90]}\n{text[90:]}".lower(), OURS).facts == FACTS


def forged(text: str) -> str:
    with pytest.raises(ForgedProof) as caught:
        check(text, OURS)
    return caught.value.code


def test_a_changed_name_under_an_old_signature_is_forged() -> None:
    data = bytes_in(signed(FACTS))
    name = FACTS.holder_name.encode("cp874")
    other = "นางสมร ใจดี ".encode("cp874")
    assert len(name) == len(other)
    assert forged(written(data.replace(name, other))) == "changed"


@given(some.data())
def test_no_bit_can_be_changed(data: some.DataObject) -> None:
    genuine = bytes_in(signed(FACTS))
    place, bit = data.draw(some.integers(0, len(genuine) - 1)), data.draw(some.integers(0, 7))
    changed = genuine[:place] + bytes([genuine[place] ^ 1 << bit]) + genuine[place + 1 :]
    with pytest.raises((ForgedProof, NotAProof)):
        check(written(changed), OURS)


def test_the_signature_of_another_key_is_forged_whether_it_names_itself_or_ours() -> None:
    assert forged(signed(FACTS, "stranger")) == "stranger"
    assert forged(signed(FACTS, "stranger", mark=mark_of(OURS[0]))) == "changed"


def test_a_signature_of_ours_over_other_bytes_is_forged() -> None:
    other = bytes_in(signed(replace(FACTS, code="000000000000")))
    assert forged(written(bytes_in(signed(FACTS))[:-64] + other[-64:])) == "changed"
    assert forged(written(bytes_in(signed(FACTS))[:-64] + bytes(64))) == "changed"


@pytest.mark.parametrize("kept", [1, 20, 40, 100, -2, -1])
def test_a_text_without_its_end_is_incomplete_not_forged(kept: int) -> None:
    assert kind(signed(FACTS)[: len(PREFIX) + kept if kept > 0 else kept]) == "cut"


def kind(text: str) -> str:
    with pytest.raises(NotAProof) as caught:
        check(text, OURS)
    return caught.value.code


def test_a_text_with_a_part_lost_in_the_middle_is_incomplete() -> None:
    text = signed(FACTS)
    assert kind(text[:60] + text[63:]) == "cut"
    assert kind(text[:60] + text[61:]) == "cut"
    assert kind(PREFIX + END) == "cut"


def test_a_text_of_a_later_version_is_told_apart() -> None:
    assert kind(written(b"\x02" + bytes_in(signed(FACTS))[1:])) == "version"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        (" \n", "empty"),
        ("https://academy.example/v/7K3MQ9TX4B2F", "address"),
        ("HTTP://OTHER.EXAMPLE/", "address"),
        ("www.other.example/v/7K3MQ9TX4B2F", "address"),
        ("0000-0000-0000", "code"),
        ("oooo oooo oooo", "code"),
        ("0000-0000-0001", "other"),
        ("สวัสดี", "other"),
        ("BEGIN:VCARD", "other"),
        ("certificate", "other"),
    ],
)
def test_other_texts_are_named_for_what_they_are(text: str, code: str) -> None:
    assert (kind(text), is_proof(text)) == (code, False)


def test_a_ticket_of_a_workshop_is_a_ticket() -> None:
    assert (kind(sign(7, 4213)), is_proof(sign(7, 4213))) == ("ticket", False)


def test_whoever_says_to_be_a_certificate_is_taken_at_the_word() -> None:
    assert [is_proof(text) for text in (signed(FACTS), f" {PREFIX.lower()}", "CERTIFICATE", PREFIX)] == [
        True,
        True,
        False,
        True,
    ]


@given(some.text(max_size=200))
def test_no_text_whatever_breaks_the_reader(text: str) -> None:
    for tried in (text, PREFIX + text, PREFIX + text + END, PREFIX + base45.encode(text.encode()) + END):
        with pytest.raises((NotAProof, ForgedProof)):
            check(tried, OURS)
