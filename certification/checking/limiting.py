"""How often one address may guess or upload.

What is right is never refused: forty people of a class behind one address may all check, and check again. Only
codes that do not exist are counted, and files, which cost a second each; nginx limits everything else.
"""

import ipaddress
import time
from dataclasses import dataclass

from django.core.cache import cache

PREFIX_OF_ONE_HOUSEHOLD = 64  # bits of an IPv6 address: whoever has one has the whole network behind it


@dataclass(frozen=True)
class Limit:
    """So many in so many seconds; a new window opens when the old one ends."""

    name: str
    count: int
    seconds: int


# A class of forty in which everybody mistypes once, and everybody uploads a file or two.
WRONG_CODES = Limit("wrong-codes", 60, 300)
FILES = Limit("files", 100, 300)


def seconds_to_wait(limit: Limit, address: str) -> int:
    """Count one more; 0 while the address is within its limit, else the seconds until its window ends."""
    now = int(time.time())
    window = now // limit.seconds
    key = f"checking:{limit.name}:{network_of(address)}:{window}"
    cache.add(key, 0, limit.seconds)
    try:
        count = cache.incr(key)
    except ValueError:  # it fell out of the cache in between
        return 0
    return 0 if count <= limit.count else (window + 1) * limit.seconds - now


def network_of(address: str) -> str:
    """An IPv4 address itself, an IPv6 address by its network; text that is none as it is."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address[:60].replace(" ", "_")
    if found.version == 6:
        if found.ipv4_mapped:  # as a server that listens to both kinds writes it
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network(f"{found}/{PREFIX_OF_ONE_HOUSEHOLD}", strict=False).network_address)
    return str(found)
