"""Keys that sign: which one is in use, how it is opened, how one takes the place of another."""


class KeyUnavailable(RuntimeError):
    """What is needed to sign is not at hand; the sentence says what is missing and how to mend it.

    Nothing is lost: a certificate waits until it is mended, and the sweep asks again.
    """
