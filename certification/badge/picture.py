"""The picture of our badges, as programs want it: PNG, because wallets on phones draw no SVG.

It is `static/certification/badge.svg`, drawn 512 points wide; our own pages show that one.
"""

from pathlib import Path

PICTURE = (Path(__file__).parent / "picture.png").read_bytes()
