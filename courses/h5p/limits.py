"""How large a package may be. Every limit is checked on the list of its files before a byte of them is unpacked."""

MB = 1024 * 1024
LARGEST_PACKAGE = 64 * MB  # the file as it is uploaded
LARGEST_ENTRY = 64 * MB  # one file in it, unpacked
LARGEST_TOTAL = 256 * MB  # all of them, unpacked
LARGEST_JSON = 8 * MB  # h5p.json, content.json, and each JSON file of a library
MOST_ENTRIES = 10_000  # files and folders; a package with every library of a book has about 2,000
LARGEST_DIRECTORY = 4 * MB  # the list of files at the end of a zip
LONGEST_NAME = 255  # bytes of a path, as exports of other sites hold it
HIGHEST_RATIO = 200  # unpacked to packed, for files above RATIO_COUNTS_FROM; deflate can reach 1,032
RATIO_COUNTS_FROM = MB
DEEPEST_JSON = 100  # lists and objects within one another; a book of real content has about 25
MOST_VALUES = 500_000  # values of one JSON file
LONGEST_TITLE = 255  # bytes, as H5P's own pattern counts them: about 85 Thai letters
LARGEST_PICTURE = 40_000_000  # pixels of a picture that is shown with a question
