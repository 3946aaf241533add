"""What a check found: one finding for each question, and one verdict over all of them."""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.conf import settings

from certification.models import Certificate

# A stranger wrote some of the words: halves of a letter (no page can be made of them), control characters, and marks
# that turn the direction of reading.
_NO_TEXT = re.compile("[\ud800-\udfff\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class Verdict(StrEnum):
    """TRUE: ours, unchanged, and it counts. NOT_TRUE: something is not. CANNOT_SAY: not for us to judge."""

    TRUE = "true"
    NOT_TRUE = "not-true"
    CANNOT_SAY = "cannot-say"


class Weight(StrEnum):
    """What a finding that does not hold does to the verdict."""

    DECIDES = "decides"  # not true
    DOUBTS = "doubts"  # cannot say, unless something else is not true
    TELLS = "tells"  # nothing: it is good to know


@dataclass(frozen=True)
class Finding:
    """One question and its answer. `code` never changes its meaning; `advice` says what to do, when there is something.

    `holds` is None where the question has no yes or no: there is no timestamp, nothing to compare with.
    """

    code: str
    holds: bool | None
    sentence: str
    advice: str = ""
    weight: Weight = Weight.DECIDES

    def as_dict(self) -> dict[str, Any]:
        return {"code": self.code, "holds": self.holds, "sentence": self.sentence, "advice": self.advice}


@dataclass
class Report:
    """The findings in the order a person reads them; `certificate` is the row that the file says it is.

    `other_address` is the page of a paper that another app signed and keeps (see `others`), as a path.
    """

    sha256: str
    findings: list[Finding] = field(default_factory=list)
    certificate: Certificate | None = None
    other_address: str = ""

    def add(
        self, code: str, holds: bool | None, sentence: str, advice: str = "", weight: Weight = Weight.DECIDES
    ) -> None:
        said, advised = (_NO_TEXT.sub("", text) for text in (sentence, advice))
        self.findings.append(Finding(code, holds, said, advised, weight))

    @property
    def verdict(self) -> Verdict:
        """NOT_TRUE as soon as one deciding finding is false; TRUE only when the file is the one in our register."""
        if any(f.holds is False and f.weight == Weight.DECIDES for f in self.findings):
            return Verdict.NOT_TRUE
        if any(f.holds is not True and f.weight == Weight.DOUBTS for f in self.findings):
            return Verdict.CANNOT_SAY
        return Verdict.TRUE if self.holds("bytes") and self.holds("standing") else Verdict.CANNOT_SAY

    @property
    def is_all_true(self) -> bool:
        """What a program should ask: the verdict is TRUE and nothing, however small, is false."""
        return self.verdict == Verdict.TRUE and not any(finding.holds is False for finding in self.findings)

    def holds(self, code: str) -> bool | None:
        """The answer to one question; None when it was not asked."""
        return next((finding.holds for finding in self.findings if finding.code == code), None)

    def codes(self) -> dict[str, bool | None]:
        """Every answer by its code, in order."""
        return {finding.code: finding.holds for finding in self.findings}

    def as_dict(self) -> dict[str, Any]:
        """For machines; docs/certificates.md lists the codes."""
        return {
            "verdict": str(self.verdict),
            "sha256": self.sha256,
            "certificate": self.certificate.code if self.certificate else None,
            "verify_url": self.verify_url,
            "findings": [finding.as_dict() for finding in self.findings],
        }

    @property
    def verify_url(self) -> str | None:
        """Where anyone reads what was issued; None where nothing of ours is known."""
        if self.certificate is not None:
            return self.certificate.verify_url
        return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{self.other_address}" if self.other_address else None

    @property
    def reasons(self) -> list[Finding]:
        """What is not true, worst first as it was found."""
        return [finding for finding in self.findings if finding.holds is False]

    @property
    def first_reason(self) -> Finding | None:
        """What is told beside the verdict: of a file that is ours what became of it, else what was found first."""
        reasons = self.reasons
        if self.holds("bytes"):
            reasons.sort(key=lambda finding: finding.code != "standing")
        return reasons[0] if reasons else None
