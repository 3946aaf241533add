"""Every address of the site, read from its URL patterns."""

from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

OURS = {"cms", "certification", "courses", "learning"}


@dataclass(frozen=True)
class Door:
    """One address of ours: its name, the parts that must be filled in, and its route."""

    name: str
    parts: tuple[str, ...]
    route: str

    @property
    def is_office(self) -> bool:
        """A page for those who hold a duty."""
        return self.route.startswith("office/")


def doors() -> tuple[list[Door], list[str]]:
    """Our own doors, and the prefixes of applications that are not ours."""
    own: list[Door] = []
    foreign: list[str] = []

    def walk(patterns: list[Any], space: str, before: str) -> None:
        for pattern in patterns:
            route = before + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                inside = f"{pattern.namespace}:" if pattern.namespace else space
                if belongs_to_us(pattern):
                    walk(pattern.url_patterns, inside, route)
                else:
                    foreign.append(str(pattern.pattern))
            elif isinstance(pattern, URLPattern):
                name = pattern.name or str(pattern.pattern).split("/")[0]
                own.append(Door(space + name, tuple(pattern.pattern.regex.groupindex), route))

    walk(get_resolver().url_patterns, "", "")
    return own, foreign


def belongs_to_us(resolver: URLResolver) -> bool:
    module = getattr(resolver.urlconf_name, "__name__", resolver.urlconf_name)
    return isinstance(module, str) and module.split(".")[0] in OURS
