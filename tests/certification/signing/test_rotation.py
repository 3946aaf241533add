"""What a retired key has signed stays good; what a revoked one has signed does not. With real signatures."""

from pathlib import Path

import pytest

from certification.choices import KeyPurpose
from certification.keys import KeyUnavailable
from certification.keys.changing import add_key, revoke_key, rotate_key
from certification.keys.choosing import active_key, keys_of
from certification.models import SigningKey
from certification.signing import sign_pdf
from tests.certification.keys.given import Authority, p256, put
from tests.certification.signing.reading import paper, trusted_roots, verdicts

pytestmark = pytest.mark.django_db
WHOLE_AND_TRUSTED, WHOLE_ONLY = (True, True, True), (True, False, False)


def own_key(keys_dir: Path, name: str, *, follows: bool = False) -> SigningKey:
    """A key below an authority of its own."""
    key, authority = p256(), Authority.named(f"หน่วยรับรอง {name}")
    change = rotate_key if follows else add_key
    return change(KeyPurpose.DOCUMENT, put(keys_dir, f"{name}.pem", key), name=name, chain=authority.chain_for(key))


def test_a_certificate_outlives_the_rotation_of_its_key_and_not_its_revocation(keys_dir: Path) -> None:
    old = own_key(keys_dir, "ปี 2569")
    signed_before = sign_pdf(paper(), first=old)
    new = own_key(keys_dir, "ปี 2570", follows=True)
    signed_after = sign_pdf(paper(), first=new)
    assert active_key(KeyPurpose.DOCUMENT) == new
    assert list(keys_of(KeyPurpose.DOCUMENT)) == [new, old]
    for data in (signed_before, signed_after):
        assert verdicts(data, trusted_roots(KeyPurpose.DOCUMENT)) == [WHOLE_AND_TRUSTED]
    old.refresh_from_db()
    with pytest.raises(KeyUnavailable, match="is retired"):
        sign_pdf(paper(), first=old)
    revoke_key(old, reason="The file was copied by a stranger.")
    assert verdicts(signed_before, trusted_roots(KeyPurpose.DOCUMENT)) == [WHOLE_ONLY]
    assert verdicts(signed_after, trusted_roots(KeyPurpose.DOCUMENT)) == [WHOLE_AND_TRUSTED]


def test_a_key_that_followed_below_the_same_root_keeps_both_good(keys_dir: Path) -> None:
    authority, first, second = Authority.named("กรมส่งเสริมสหกรณ์"), p256(), p256()
    old = add_key(KeyPurpose.DOCUMENT, put(keys_dir, "1.pem", first), name="1", chain=authority.chain_for(first))
    before = sign_pdf(paper(), first=old)
    new = rotate_key(KeyPurpose.DOCUMENT, put(keys_dir, "2.pem", second), name="2", chain=authority.chain_for(second))
    after = sign_pdf(paper(), first=new)
    for data in (before, after):
        assert verdicts(data, trusted_roots(KeyPurpose.DOCUMENT)) == [WHOLE_AND_TRUSTED]
