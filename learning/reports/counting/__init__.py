"""From facts to counts: what one person counts for, kept ready for now and for past days.

The facts are the events of enrollments and the memberships. `tallies.fold` adds what is new,
`tallies.rebuild` counts everything anew in another way, and `tallies.differences` compares the two.
"""

from learning.reports.counting.tallies import catch_up, differences, fold, rebuild

__all__ = ["catch_up", "differences", "fold", "rebuild"]
