"""Why a package is not taken: a code that stays the same, and a sentence that says what to do."""

from django.utils.functional import Promise


class PackageRefused(Exception):
    """`code` is H5P's own where it has one; `where` is the file of the package that it is about."""

    def __init__(self, code: str, sentence: str | Promise, where: str = "") -> None:
        self.code, self.sentence, self.where = code, str(sentence), where
        super().__init__(f"{code}: {self.sentence}")

    @property
    def told(self) -> str:
        """The sentence with the file it is about."""
        return f"{self.where}: {self.sentence}" if self.where else self.sentence
