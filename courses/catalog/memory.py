"""A small memory of this process for things that never change under their key.

Keys carry a version or a moment, so nothing needs to be thrown away when something changes: the
next reader asks with another key. The oldest entries fall out when the memory is full.
"""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar

CAPACITY = 400  # about 12 MB with lessons of 30 kB

_entries: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
_lock = Lock()
T = TypeVar("T")


def remembered(name: str, key: tuple[Any, ...], make: Callable[[], T]) -> T:
    """What is kept under name and key, made now when it is not there."""
    full_key = (name, *key)
    with _lock:
        if full_key in _entries:
            _entries.move_to_end(full_key)
            return _entries[full_key]
    value = make()
    with _lock:
        _entries[full_key] = value
        while len(_entries) > CAPACITY:
            _entries.popitem(last=False)
    return value


def is_remembered(name: str, key: tuple[Any, ...]) -> bool:
    """True when `remembered` would not have to make it."""
    with _lock:
        return (name, *key) in _entries


def forget() -> None:
    """Empty the memory: for tests, whose rows come and go."""
    with _lock:
        _entries.clear()
