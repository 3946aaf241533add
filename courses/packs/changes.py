"""What loading a pack did."""

from dataclasses import dataclass, field


@dataclass
class Changes:
    """What loading did, by name."""

    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.created or self.changed or self.removed)
