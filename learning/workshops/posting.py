"""The mail server during one run: what was handed to it, what it refused, and what nobody can tell."""

import contextlib
import hashlib
from email.encoders import encode_base64
from email.mime.base import MIMEBase
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused, SMTPSenderRefused
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage

from learning.workshops.wording import Words

TIMEOUT_SECONDS = 20


class Later(Exception):
    """The server puts this mail off. Nothing was handed over."""


class Away(Later):
    """The server cannot be reached, or takes no mail of ours for now. Nothing was handed over."""


class AddressRefused(Exception):
    """The server, or the rules for addresses, refuse this one for good. Nothing was handed over."""


class Unknown(Exception):
    """The line broke while the server had the mail: it may arrive."""


class Post:
    """One connection for many mails, opened when it is needed."""

    def __init__(self) -> None:
        self._connection: BaseEmailBackend | None = None

    def __enter__(self) -> "Post":
        return self

    def __exit__(self, *_error: object) -> None:
        self._hang_up()

    def ready(self) -> None:
        """Make sure that the server listens, before anything is handed over. Raises Away.

        A server that hung up since the last mail is called again: a mail on a dead line would be one of which
        nobody knows whether it arrived.
        """
        if self._connection and not _answers(self._connection):
            self._hang_up()
        if self._connection is None:
            connection = get_connection(timeout=TIMEOUT_SECONDS)
            try:
                connection.open()
            except OSError as error:  # smtplib's errors are OSErrors too
                raise Away(str(error)) from error
            self._connection = connection

    def hand_over(self, mail: EmailMessage) -> None:
        """Send one mail, after `ready`. Raises AddressRefused, Later, Away or Unknown."""
        mail.connection = self._connection
        try:
            mail.send()
        except (SMTPRecipientsRefused, SMTPSenderRefused, SMTPDataError) as error:
            self._hang_up()
            raise _refusal(error) from error
        except ValueError as error:  # no address at all
            raise AddressRefused(str(error)) from error
        except OSError as error:
            self._hang_up()
            raise Unknown(str(error)) from error

    def _hang_up(self) -> None:
        connection, self._connection = self._connection, None
        if connection:
            with contextlib.suppress(OSError):
                connection.close()


def _answers(connection: BaseEmailBackend) -> bool:
    smtp = getattr(connection, "connection", None)
    if smtp is None:  # mail into files or the console
        return True
    try:
        return bool(smtp.noop()[0] == 250)
    except (OSError, SMTPException):
        return False


def _refusal(error: SMTPException) -> Exception:
    """By the reply code (RFC 5321, 4.2.1): 5xx for the address or the mail is permanent, 4xx passes.

    Who refuses the sender refuses all our mail: somebody has to look after the server first.
    """
    match error:
        case SMTPRecipientsRefused():
            is_for_good = all(code >= 500 for code, _reason in error.recipients.values())
        case SMTPDataError():
            is_for_good = error.smtp_code >= 500
        case _:
            return Away(str(error))
    return AddressRefused(str(error)) if is_for_good else Later(str(error))


def mail_of(words: Words, *, key: str, to: str) -> EmailMessage:
    """The same message has the same Message-ID: a mailbox that got it twice may show it once (RFC 5322, 3.6.4)."""
    body = "\n\n".join(filter(None, [f"{words.text}\n{words.address}", words.details])) + "\n"
    mail = EmailMessage(" ".join(words.title.split()), body, to=[to], headers={"Message-ID": message_id(key)})
    if words.calendar:
        mail.attach(_calendar(words))
    return mail


def message_id(key: str) -> str:
    host = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or "localhost"
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}.workshops@{host}>"


def _calendar(words: Words) -> MIMEBase:
    """RFC 6047: `method` stands in the type of the part too."""
    part = MIMEBase("text", "calendar", method=words.method or "PUBLISH", charset="utf-8", name="workshop.ics")
    part.set_payload(words.calendar)
    encode_base64(part)
    part.add_header("Content-Disposition", "attachment", filename="workshop.ics")
    return part
