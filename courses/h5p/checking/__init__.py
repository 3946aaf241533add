"""Whether a file is an H5P package that may be read. Pure: a file object goes in, what it says comes out.

The order is that of H5P's own validator, with what it leaves out before it: the list of files is judged as a whole
(number, sizes, ratio, encryption, links, names) before anything is unpacked.
"""

from courses.h5p.checking.package import Checked, check_package

__all__ = ["Checked", "check_package"]
