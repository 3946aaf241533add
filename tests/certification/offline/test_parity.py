"""The page's reader and the site's say the same of the same texts: Node runs the modules that browsers get."""

import json
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from certification.choices import KeyState
from certification.models import SigningKey
from certification.offline.kinds import END, PREFIX
from certification.offline.known import public_half
from certification.offline.reading import ForgedProof, NotAProof, check, mark_of
from cms import base45
from learning.workshops.tickets.signing import sign
from tests.certification.offline.texts import FACTS, bytes_in, key_of, signed, written

ROOT = Path(settings.BASE_DIR)
OURS = [key_of("ours"), key_of("before", KeyState.RETIRED), key_of("stolen", KeyState.REVOKED)]
MADE_AT = "2026-11-24T09:00:00+07:00"
JUDGE = """
import { judge } from "./static/certification/offline/verdict.js";
const days = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Bangkok" });
const { texts, known, now } = JSON.parse(await new Promise((done) => {
  let all = "";
  process.stdin.on("data", (part) => (all += part)).on("end", () => done(all));
}));
const found = [];
const clock = { now: Date.parse(now), dayOf: (one) => days.format(one) };
for (const text of texts) found.push(await judge(text, known, clock));
console.log(JSON.stringify(found));
"""


@pytest.fixture(scope="module")
def modules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The static files as one tree, as the site serves them."""
    folder = tmp_path_factory.mktemp("site")
    for app in ("cms", "certification"):
        shutil.copytree(ROOT / app / "static" / app, folder / "static" / app)
    (folder / "package.json").write_text('{"type": "module"}')
    (folder / "judge.js").write_text(JUDGE)
    return folder


def judged(modules: Path, texts: list[str], *, now: str = MADE_AT, **known: Any) -> list[dict[str, Any]]:
    """What the page says of each text, with the keys above."""
    given = {"made_at": MADE_AT, "keys": [public_half(key) for key in OURS], "ended": {}, **known}
    asked = json.dumps({"texts": texts, "known": given, "now": now})
    done = subprocess.run(
        ["node", "judge.js"],
        cwd=modules,
        input=asked,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return list(json.loads(done.stdout))


def by_the_site(text: str, keys: list[SigningKey]) -> dict[str, Any]:
    """The same in the page's words."""
    try:
        proof = check(text, keys)
    except NotAProof as error:
        return {"code": f"not_{error.code}"}
    except ForgedProof as error:
        return {"code": error.code}
    if proof.key.state == KeyState.REVOKED:
        return {"code": "key_revoked"}
    facts = proof.facts
    names = {"number": "number", "holder_name": "name", "course_title": "course"}
    return {
        "code": "genuine",
        "facts": {
            "code": facts.code,
            "number": facts.number,
            "name": facts.holder_name,
            "course": facts.course_title,
            "hours": float(facts.hours),
            "completed": facts.completed_on.isoformat(),
            "issued": facts.issued_on.isoformat(),
            "until": facts.valid_until.isoformat() if facts.valid_until else None,
            "place": facts.place and {"list": facts.place[0], "index": facts.place[1]},
            "shortened": [names[name] for name in names if name in facts.shortened],
        },
    }


GENUINE = [
    FACTS,
    replace(FACTS, valid_until=None, hours=Decimal("9999.9"), code="000000000000"),
    replace(FACTS, code="ZZZZZZZZZZZB", place=(0, 0)),
    replace(FACTS, place=(32_000, 131_071), completed_on=date(2000, 1, 1), issued_on=date(2026, 11, 24)),
    replace(FACTS, holder_name="“นายสมชาย” – ก…ํา ำ", course_title="ก๊ํฺ้ฎฏ\u00a0๑๒๓ ฿"),
    replace(FACTS, holder_name="Zoë Müller", course_title="หลักสูตร ø 𝒳"),
    replace(FACTS, course_title="ที่" * 85),
    replace(FACTS, holder_name="ก" * 250, course_title="ø" * 255, number="๑" * 100),
    replace(FACTS, holder_name="", course_title="\ufeffข", number=""),
]


def test_genuine_texts_say_the_same_to_both(modules: Path) -> None:
    texts = [signed(facts) for facts in GENUINE] + [signed(FACTS, "before")]
    found = [{"code": one["code"], "facts": one["facts"]} for one in judged(modules, texts)]
    assert found == [by_the_site(text, OURS) for text in texts]


def test_all_other_texts_say_the_same_to_both(modules: Path) -> None:
    good = signed(FACTS)
    data = bytes_in(good)
    texts = [
        "",
        " \r\n\u00a0",
        good[:-1],
        good[:30],
        good[:70] + good[72:],
        PREFIX,
        PREFIX + END,
        f"{PREFIX}:::{END}",
        f"{PREFIX}GGW{END}",
        f"{PREFIX}ก{END}",
        written(b"\x02" + data[1:]),
        written(data[:60]),
        written(data + b"x"),
        written(data.replace("มาลี".encode("cp874"), "สมรร".encode("cp874"))),
        written(data[:-64] + bytes(64)),
        written(data[:-64] + b"\xff" * 64),
        written(data[:30] + bytes([data[30] ^ 1]) + data[31:]),
        signed(FACTS, "stranger"),
        signed(FACTS, "stranger", mark=mark_of(OURS[0])),
        signed(FACTS, "stolen"),
        f"\n{good.lower()}\t",
        f"{good[:50]}\n{good[50:]}",
        "https://academy.example/v/000000000000",
        "WWW.EXAMPLE",
        "www. ",
        "0000-0000-0000",
        "oOo oOO oil1",
        "LLLL-LLLL-LLLL",
        "000000000001",
        sign(7, 4213),
        base45.encode(b"\x01" + bytes(78)),
        base45.encode(b"\x02" + bytes(78)),
        "สวัสดี",
        "ẞß",
    ]
    assert [one["code"] for one in judged(modules, texts)] == [by_the_site(text, OURS)["code"] for text in texts]
    assert {by_the_site(text, OURS)["code"] for text in texts} == {
        *(f"not_{kind}" for kind in ("empty", "address", "code", "ticket", "cut", "version", "other")),
        *("changed", "stranger", "key_revoked", "genuine"),
    }


@pytest.mark.parametrize(
    ("changed", "now", "ended", "code", "tone", "notes"),
    [
        ({}, MADE_AT, {}, "genuine", "good", []),
        ({}, MADE_AT, {"3": [1, 77_122], "4": [77_123]}, "genuine", "good", []),
        ({}, MADE_AT, {"3": [1, 77_123]}, "ended", "no", []),
        ({}, "2026-12-24T08:00:00+07:00", {}, "genuine", "good", []),
        ({}, "2026-12-25T09:00:00+07:00", {}, "old_list", "note", []),
        ({}, "2026-12-25T09:00:00+07:00", {"3": [77_123]}, "ended", "no", []),
        ({}, "2020-01-01T00:00:00+07:00", {}, "genuine", "good", ["clock"]),
        ({"issued_on": date(2026, 11, 25)}, MADE_AT, {}, "old_list", "note", []),
        ({"place": None}, MADE_AT, {}, "unlisted", "note", []),
        ({"valid_until": date(2026, 11, 24)}, MADE_AT, {}, "genuine", "good", []),
        ({"valid_until": date(2026, 11, 23)}, MADE_AT, {}, "expired", "note", []),
        ({"valid_until": date(2026, 11, 23)}, "2020-01-01T00:00:00Z", {}, "expired", "note", ["clock"]),
        ({"valid_until": date(2026, 11, 23)}, "2027-01-01T00:00:00Z", {}, "expired", "note", ["old_list"]),
        ({"valid_until": date(2026, 11, 23)}, MADE_AT, {"3": [77_123]}, "ended", "no", []),
        ({"course_title": "ก" * 255}, MADE_AT, {}, "genuine", "good", ["shortened"]),
    ],
)
def test_the_list_and_the_days_decide_what_a_good_signature_means(
    modules: Path, changed: dict[str, Any], now: str, ended: dict[str, Any], code: str, tone: str, notes: list[str]
) -> None:
    (found,) = judged(modules, [signed(replace(FACTS, **changed))], now=now, ended=ended)
    assert (found["code"], found["tone"], found["notes"]) == (code, tone, notes)


def test_a_key_that_came_after_the_list_is_not_called_forged(modules: Path) -> None:
    texts = [signed(replace(FACTS, issued_on=date(2026, 11, day)), "next") for day in (24, 25)]
    assert [one["code"] for one in judged(modules, texts)] == ["stranger", "newer_key"]


def test_a_test_key_is_named_and_a_revoked_one_shows_no_facts(modules: Path) -> None:
    trying = key_of("trying")
    trying.is_test = True
    keys = [public_half(key) for key in (trying, OURS[2])]
    found = judged(modules, [signed(FACTS, "trying"), signed(FACTS, "stolen")], keys=keys)
    assert [(one["code"], one["notes"], one["facts"] is None) for one in found] == [
        ("genuine", ["test_key"], False),
        ("key_revoked", [], True),
    ]


def test_a_mutant_that_trusts_every_signature_is_found(modules: Path, tmp_path: Path) -> None:
    mutant = tmp_path / "mutant"
    shutil.copytree(modules, mutant)
    file = mutant / "static/cms/squares/signed.js"
    file.write_text(file.read_text().replace("crypto.subtle.verify(CHECK, key, signature, bytes)", "true"))
    text = signed(FACTS, "stranger", mark=mark_of(OURS[0]))
    assert [judged(place, [text])[0]["code"] for place in (modules, mutant)] == ["changed", "genuine"]
