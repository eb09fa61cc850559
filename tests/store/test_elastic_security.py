"""Keys and certificates, on a real node with TLS and users.

The minimal distribution lacks a module that its index of keys and roles needs, so keys that are accepted and
roles cannot be made here; what is refused can be tried.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.access import Access
from indexer.elastic import ElasticStore
from yuqing.core.errors import YuqingError

pytestmark = [pytest.mark.elasticsearch, pytest.mark.long, pytest.mark.xdist_group("secure-node")]


@pytest.fixture(scope="module")
def url(node) -> str:
    return node("start", "secure")


@pytest.fixture(scope="module")
def ca_file(url: str, node) -> Path:
    return Path(node("folder", "secure")) / "config" / "certs" / "ca.crt"


def test_a_wrong_key_is_refused_and_not_shown(url: str, ca_file: Path) -> None:
    access = Access(api_key="bm9ib2R5OnNlY3JldA==", ca_file=ca_file)
    with pytest.raises(YuqingError, match="does not accept the key; check YUQING_ELASTIC__API_KEY") as caught:
        ElasticStore(url, access)
    assert "bm9ib2R5" not in f"{caught.value}{access}"


def test_a_certificate_that_does_not_match(url: str, tmp_path: Path) -> None:
    with pytest.raises(YuqingError, match=r"certificate is not the expected one.*YUQING_ELASTIC__CA_FILE"):
        ElasticStore(url, Access())
    with pytest.raises(YuqingError, match=r"no\.crt"):
        ElasticStore(url, Access(ca_file=tmp_path / "no.crt"))
