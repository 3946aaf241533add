"""A nation made up for measuring: every office, center and district, with as many people as asked."""

from learning.desk.nation.making import LAST_DAY, NationSummary, make_nation

__all__ = ["LAST_DAY", "NationSummary", "make_nation"]
