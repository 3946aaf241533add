"""The second QR of a sheet: signed facts that prove themselves where there is no network.

The first QR leads to the site; this one needs only the public keys, which the page at /v/offline/ keeps.
"""

from certification.offline.kinds import PREFIX, is_proof
from certification.offline.layout import Facts
from certification.offline.reading import ForgedProof, NotAProof, Proof, read_proof
from certification.offline.writing import sheet_proof

__all__ = [
    "PREFIX",
    "Facts",
    "ForgedProof",
    "NotAProof",
    "Proof",
    "is_proof",
    "read_proof",
    "sheet_proof",
]
