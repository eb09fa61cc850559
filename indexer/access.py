"""How this program and an Elasticsearch server authenticate each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """``api_key`` (in encoded form) is a secret and comes from the environment only.

    ``ca_file`` is the certificate of the authority that signed the server's certificate.
    """

    api_key: str = field(default="", repr=False)
    ca_file: Path | None = None


NO_ACCESS = Access()
