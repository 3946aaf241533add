"""Every report there is, one module each, in the order in which they are offered."""

from learning.reports.shelf import (
    age,
    boards,
    centers,
    courses,
    gender,
    kinds,
    organizations,
    places,
    positions,
    quarters,
)
from learning.reports.shelf.report import Report

REPORTS: dict[str, Report] = {
    module.REPORT.slug: module.REPORT
    for module in (kinds, positions, organizations, places, centers, courses, boards, quarters, gender, age)
}

__all__ = ["REPORTS", "Report"]
