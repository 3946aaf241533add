"""Time stamps of an authority (RFC 3161), asked for over HTTP."""

from functools import lru_cache

from asn1crypto.cms import ContentInfo
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko.sign.timestamps.requests_client import RequestsHTTPTimeStamper

SECONDS = 10  # a worker waits no longer; the certificate is swept again


class CarefulTimeStamper(RequestsHTTPTimeStamper):
    """A stamp is taken only when it can be read and is about what was asked."""

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> ContentInfo:
        try:
            stamp = await super().async_timestamp(message_digest, md_algorithm)
            imprint = stamp["content"]["encap_content_info"]["content"].parsed["message_imprint"]
            stamped = imprint["hashed_message"].native
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise TimestampRequestError("its answer is no time stamp") from error
        if stamped != message_digest:
            raise TimestampRequestError("its time stamp is about something else")
        return stamp


@lru_cache(maxsize=8)
def time_stamper(url: str) -> TimeStamper:
    """The client of an authority, kept by the process: it remembers how large its stamps are."""
    return CarefulTimeStamper(url, timeout=SECONDS)
