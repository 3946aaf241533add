"""Base45 (RFC 9285): bytes in the 45 signs that a QR code packs two to eleven bits."""

SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_VALUES = {sign: value for value, sign in enumerate(SIGNS)}


def encode(data: bytes) -> str:
    """Two bytes become three signs; a last single byte becomes two."""
    written = []
    for start in range(0, len(data), 2):
        pair = data[start : start + 2]
        value = int.from_bytes(pair)
        for _sign in range(len(pair) + 1):
            value, sign = divmod(value, 45)
            written.append(SIGNS[sign])
    return "".join(written)


def decode(text: str) -> bytes:
    """The bytes of a text that `encode` wrote. ValueError for another sign, length or a value that is too large."""
    if len(text) % 3 == 1:
        raise ValueError("No base45 text has this length.")
    read = bytearray()
    for start in range(0, len(text), 3):
        group = text[start : start + 3]
        try:
            value = sum(_VALUES[sign] * 45**place for place, sign in enumerate(group))
        except KeyError as error:
            raise ValueError(f"{error} is not a sign of base45.") from None
        if value >= 256 ** (len(group) - 1):
            raise ValueError(f"{group} stands for no bytes.")
        read += value.to_bytes(len(group) - 1)
    return bytes(read)
