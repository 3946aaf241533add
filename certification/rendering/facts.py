"""What is printed on a certificate, and nothing else: no model, no state, no clock."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Signer:
    """A person who signs: full name with title, position (a line break is kept), picture of the signature.

    Without a picture the sheet leaves room to sign by hand. Pictures are PNG, JPEG or SVG.
    """

    name: str
    position: str
    image: bytes | None = None
    name_en: str = ""
    position_en: str = ""


@dataclass(frozen=True, slots=True)
class PrintedFacts:
    """The facts of one sheet, as they were on the day of issue, and the design they are set in.

    Texts are printed as they are given, after `cms.thai.words.normalise`; dates and hours are printed in
    Thai digits and the Buddhist Era, in English lines in Arabic digits and the Christian one. The same facts
    always give the same bytes.
    """

    number: str  # as printed, in Thai digits: วบ.-๐๐๐๑๒๓/๒๕๗๐
    name: str  # title, given name, surname: นางมาลี ใจดี
    organization: str  # position and organization of the holder; may be empty
    course_title: str  # without quotation marks, which the sheet puts around it
    hours: Decimal
    completed_on: date
    issued_on: date
    issuer: str  # the office, at the top of the sheet
    signers: tuple[Signer, ...]  # one to three
    code: str  # what is typed to check the certificate, without hyphens
    verify_url: str  # what the QR code leads to
    statement: str = "ได้ผ่านการอบรมหลักสูตร"  # the line above the course
    started_on: date | None = None  # printed where it is another day than completed_on
    valid_until: date | None = None
    proof: str = ""  # signed text of the second QR code, checked without a network; empty: no second code
    # The design.
    layout: str = "landscape"  # or portrait
    border: str = "rice"  # or lines, plain
    languages: str = "th"  # or th-en: English lines stand beneath
    heading: str = "วุฒิบัตร"
    opening: str = "วุฒิบัตรฉบับนี้ให้ไว้เพื่อแสดงว่า"
    heading_en: str = ""
    issuer_en: str = ""
    opening_en: str = ""
    name_en: str = ""  # of the holder, as on the ID card; empty: no line
    statement_en: str = ""
    logo: bytes | None = None  # empty: the academy's emblem
    seal: bytes | None = None  # empty: a rosette

    def __post_init__(self) -> None:
        if not 1 <= len(self.signers) <= 3:
            raise ValueError("A certificate is signed by one to three people.")
