"""Digits are stored Arabic; Thai digits are only shown, on certificates and official letters."""

_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_TO_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


def to_thai(text: object) -> str:
    """Write every Arabic digit as a Thai one: 2569 → ๒๕๖๙. All else stays."""
    return str(text).translate(_TO_THAI)


def to_arabic(text: object) -> str:
    """Write every Thai digit as an Arabic one: ๒๕๖๙ → 2569. All else stays."""
    return str(text).translate(_TO_ARABIC)
