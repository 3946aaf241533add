"""A mail server of a few lines (RFC 5321): it keeps what it has accepted, and can be told to misbehave."""

import contextlib
import socketserver
import threading
from collections import Counter
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

END = b"\r\n.\r\n"


class Mailbox(socketserver.ThreadingTCPServer):
    """`answers` maps an address to what it is answered instead of 250; `breaks_after_data` hangs up without a word.

    `seconds` is how long it takes over each mail.
    """

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.mails: list[EmailMessage] = []
        self.answers: dict[str, str] = {}
        self.breaks_after_data = False
        self.hangs_up_after_each = False
        self.seconds = 0.0
        self.line_count = 0
        self.got_one = threading.Event()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def received(self) -> Counter[str]:
        """How many mails each address got."""
        return Counter(str(mail["To"]) for mail in self.mails)


class _Conversation(socketserver.StreamRequestHandler):
    server: Mailbox

    def handle(self) -> None:
        self.server.line_count += 1
        self._say("220 mailbox")
        for line in self.rfile:
            verb, _space, rest = line.strip().decode().partition(" ")
            match verb.upper():
                case "RCPT":
                    address = rest.partition("<")[2].partition(">")[0]
                    self._say(self.server.answers.get(address, "250 OK"))
                case "DATA":
                    self._say("354 go on")
                    data = self._data()
                    if self.server.breaks_after_data:
                        return
                    self.server.mails.append(message_from_bytes(data, policy=policy.default))  # type: ignore[arg-type]
                    self.server.got_one.set()
                    threading.Event().wait(self.server.seconds)
                    self._say("250 kept")
                    if self.server.hangs_up_after_each:
                        return
                case "QUIT":
                    self._say("221 bye")
                    return
                case _:  # EHLO, MAIL, RSET, NOOP
                    self._say("250 OK")

    def _say(self, answer: str) -> None:
        with contextlib.suppress(OSError):  # who spoke to us was killed
            self.wfile.write(f"{answer}\r\n".encode())

    def _data(self) -> bytes:
        data = b""
        while not data.endswith(END) and (line := self.rfile.readline()):
            data += line
        return data.removesuffix(END).replace(b"\r\n..", b"\r\n.")


@contextlib.contextmanager
def open_mailbox() -> Iterator[Mailbox]:
    with Mailbox() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
