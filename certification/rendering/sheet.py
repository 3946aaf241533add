"""The sheet of paper: printed facts in, HTML out. Sizes are chosen here, so that every text has its room."""

from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.template import Context, Engine, Template

from certification.rendering import wording
from certification.rendering.facts import PrintedFacts, Signer
from certification.rendering.fitting import Block, Kind, fit, fit_under_each_other, spread
from certification.rendering.pictures import address_code, data_address, proof_code
from certification.rendering.text_map import advances

TEMPLATES = Path(__file__).parent.parent / "templates" / "certification"


class Paper(NamedTuple):
    """Millimetres: the longest line, the emblem, the heights of the upper part and of the signers' part."""

    line: float
    emblem: float
    upper: float
    signers: float


# By layout, and whether English lines stand beneath the Thai ones. The places are in the style sheets.
PAPERS = {
    ("landscape", False): Paper(218, 24, 138, 42),
    ("landscape", True): Paper(218, 20, 143, 39),
    ("portrait", False): Paper(164, 28, 164, 48),
    ("portrait", True): Paper(164, 26, 164, 48),
}
SIGNER_MM = {1: 150, 2: 75, 3: 49}  # room for each, by the number of signers
CORNER_MM = 49  # room of the number, and of the code that is typed
SIGNATURE_MM = 15.5
RULE_MM = 6.4

KINDS = {
    "issuer": Kind(17, 8, lines=2, leading=1.4, bold=True, alone=0.6),
    "issuer_en": Kind(11.5, 7, lines=2, leading=1.25),
    "heading": Kind(46, 14, leading=1.36, bold=True),
    "heading_en": Kind(16, 8, leading=1.15),
    "opening": Kind(15, 8, lines=2, space=1.5),
    "opening_en": Kind(11.5, 7, lines=2, leading=1.2),
    "name": Kind(36, 6, lines=2, bold=True, space=0.5, alone=0.45),
    "name_en": Kind(16, 7, lines=2, leading=1.25, alone=0.6),
    "organization": Kind(15, 9, lines=2),
    "statement": Kind(15, 8, lines=2, space=2),
    "statement_en": Kind(11.5, 7, lines=2, leading=1.2),
    "course": Kind(24, 9, lines=2, leading=1.45, bold=True, space=0.5),
    "completed": Kind(15, 8, space=0.5),
    "issued": Kind(15, 8),
    "completed_en": Kind(11.5, 6, leading=1.2),
    "signer": Kind(14, 6, lines=2, leading=1.4, alone=0.55),
    "position": Kind(12, 7, lines=2, leading=1.4),
    "signer_en": Kind(11, 6, lines=2, leading=1.25, alone=0.6),
    "position_en": Kind(10.5, 6.5, lines=2, leading=1.2),
    "number": Kind(11.5, 5, leading=1.4, bold=True),
    "valid_until": Kind(9, 5, leading=1.4),
    "address": Kind(9, 4, leading=1.4),
}


class UnprintableText(ValueError):
    """A fact holds characters that the typeface cannot draw: they would come out as empty boxes."""


def html(facts: PrintedFacts) -> str:
    """The sheet as HTML, to be laid out with the style of its layout.

    Raises UnprintableText, and ValueError for a picture that is none.
    """
    refuse_unprintable(facts)
    scale, upper = upper_part(facts)
    address = facts.verify_url.partition("://")[2]
    context = {
        "facts": facts,
        "english": has_english(facts),
        "emblem_mm": f"{paper_of(facts).emblem * scale:.2f}",
        "rule_mm": f"{RULE_MM * scale:.2f}",
        "logo": facts.logo and data_address(facts.logo, what="logo", may_be_drawn=True),
        "seal": facts.seal and data_address(facts.seal, what="seal", may_be_drawn=True),
        "upper": {block.name: block for block in upper},
        "hours_and_days": wording.completed(facts),
        "signers": signers_part(facts),
        "signer_count": str(len(facts.signers)),  # a number would be localized by the site's settings
        "number": _corner("number", facts.number),
        "valid_until": _corner("valid_until", wording.valid_until(facts)),
        "valid_until_en": _corner("valid_until", wording.valid_until_en(facts)),
        "code": "-".join(facts.code[start : start + 4] for start in range(0, len(facts.code), 4)),
        "qr": address_code(facts.verify_url),
        "proof": facts.proof and proof_code(facts.proof),
        "address": _corner("address", address),
    }
    return _template().render(Context(context))


def style(facts: PrintedFacts) -> Path:
    """The style sheet of the layout."""
    return TEMPLATES / f"sheet_{facts.layout}.css"


def paper_of(facts: PrintedFacts) -> Paper:
    return PAPERS[facts.layout, has_english(facts)]


def has_english(facts: PrintedFacts) -> bool:
    return facts.languages == "th-en"


@cache
def _template() -> Template:
    # Not the site's loader: a certificate must look the same whatever the site overrides.
    return Engine(dirs=[str(TEMPLATES)]).get_template("sheet.html")


def unprintable(text: str) -> list[str]:
    """The characters of a text that the typeface cannot draw, each once; line breaks are no characters here."""
    return sorted(set("".join(text.splitlines())) - advances(bold=True).keys())


def refuse_unprintable(facts: PrintedFacts) -> None:
    """Raise UnprintableText for a text that would come out with empty boxes."""
    values = [getattr(facts, field.name) for field in fields(facts)]
    texts = [value for value in values if isinstance(value, str) and value != facts.proof]
    for signer in facts.signers:
        texts += [signer.name, signer.position, signer.name_en, signer.position_en]
    if unknown := unprintable("\n".join(texts)):
        names = ", ".join(f"{character!r} (U+{ord(character):04X})" for character in unknown)
        raise UnprintableText(f"The typeface cannot draw {names}.")


def upper_part(facts: PrintedFacts) -> tuple[float, list[Block]]:
    """The blocks from the issuer to the day of issue, in the largest sizes at which they have room together."""
    paper = paper_of(facts)
    texts = dict(_upper_texts(facts))

    def blocks_in(scale: float) -> list[Block]:
        blocks = [fit(name, text, KINDS[name], room=paper.line, scale=scale) for name, text in texts.items()]
        room = Block("pictures", "", 0, 0, (paper.emblem + RULE_MM) * scale, 0, 1, True)
        return [*blocks, room]

    scale, blocks = fit_under_each_other(blocks_in, height=paper.upper)
    return scale, spread(blocks, height=paper.upper) if scale == 1 else list(blocks)


def _upper_texts(facts: PrintedFacts) -> Iterator[tuple[str, str]]:
    english = has_english(facts)
    for name, text in (
        ("issuer", facts.issuer),
        ("issuer_en", facts.issuer_en if english else ""),
        ("heading", facts.heading),
        ("heading_en", facts.heading_en if english else ""),
        ("opening", facts.opening),
        ("opening_en", facts.opening_en if english else ""),
        ("name", facts.name),
        ("name_en", facts.name_en if english else ""),
        ("organization", facts.organization),
        ("statement", facts.statement),
        ("statement_en", facts.statement_en if english else ""),
        ("course", f"“{facts.course_title}”"),
        ("completed", " ".join(wording.completed(facts))),
        ("issued", wording.issued(facts)),
        ("completed_en", wording.completed_en(facts) if english else ""),
    ):
        if text:
            yield name, text


def signers_part(facts: PrintedFacts) -> list[dict[str, object]]:
    """Each signer with the blocks of name and position; all in one scale, that of the one who needs most room."""
    paper, count, english = paper_of(facts), len(facts.signers), has_english(facts)
    fitted = [
        fit_under_each_other(
            lambda scale, signer=signer: list(_signer_blocks(signer, SIGNER_MM[count], scale, english=english)),
            height=paper.signers - SIGNATURE_MM,
        )
        for signer in facts.signers
    ]
    scale = min((scale for scale, _ in fitted), default=1.0)
    return [
        {
            "name": signer.name,
            "image": signer.image and data_address(signer.image, what=f"signature of {signer.name}"),
            "blocks": list(_signer_blocks(signer, SIGNER_MM[count], scale, english=english)),
        }
        for signer in facts.signers
    ]


def _signer_blocks(signer: Signer, room: float, scale: float, *, english: bool) -> Iterator[Block]:
    texts = [("signer", f"({signer.name})")]
    texts += [("position", line) for line in signer.position.splitlines() if line.strip()]
    if english:
        texts += [("signer_en", signer.name_en)]
        texts += [("position_en", line) for line in signer.position_en.splitlines() if line.strip()]
    for name, text in texts:
        if text:
            yield fit(name, text, KINDS[name], room=room, scale=scale)


def _corner(name: str, text: str) -> Block:
    return fit(name, text, KINDS[name], room=CORNER_MM)
