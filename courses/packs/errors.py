"""A fault in a pack, told so that its author can mend it."""

from pathlib import Path


class PackError(Exception):
    """Names the file, the line (counted from 1) and what to do."""

    def __init__(self, file: Path | str, line: int, sentence: str) -> None:
        super().__init__(f"{file}:{line}: {sentence}")
        self.file, self.line, self.sentence = str(file), line, sentence
