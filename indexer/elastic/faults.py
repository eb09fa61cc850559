"""Turns the client's errors into sentences that say what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from elastic_transport import ConnectionError as TransportConnectionError
from elastic_transport import ConnectionTimeout, TlsError
from elasticsearch import ApiError, TransportError, UnsupportedProductError

from indexer.store import StoreUnavailableError
from yuqing.core.errors import YuqingError


class BlockedError(YuqingError):
    """An index does not accept writes because of an explicit write block."""


@contextmanager
def faults(location: str) -> Iterator[None]:
    """Turn an error of the client into a YuqingError that names ``location``."""
    try:
        yield
    except UnsupportedProductError as error:
        raise YuqingError(f"{location}: this server is not Elasticsearch; check the address.") from error
    except TlsError as error:
        raise YuqingError(
            f"{location}: the server's certificate is not the expected one ({_short(error)}); "
            "check YUQING_ELASTIC__CA_FILE or YUQING_ELASTIC__FINGERPRINT."
        ) from error
    except (TransportConnectionError, ConnectionTimeout) as error:
        raise StoreUnavailableError(
            f"{location}: the server cannot be reached ({_short(error)}); "
            "check that it is running and that the address is right."
        ) from error
    except ApiError as error:
        raise refusal(location, error.status_code, error.body) from error
    except TransportError as error:
        raise YuqingError(f"{location}: the request failed ({_short(error)}).") from error


def refusal(location: str, status: int, body: Any) -> YuqingError:
    """What a response with an error status means."""
    said = reason(body)
    if "media_type_header_exception" in str(body):
        return YuqingError(f"{location}: the server and this client are incompatible; install elasticsearch>=8.19,<9.")
    if "read-only-allow-delete" in said:
        return StoreUnavailableError(
            f"{location}: the server's disk is nearly full and it rejects writes; free some space there, "
            "after which it accepts writes again by itself."
        )
    if "index write (api)" in said or "index read-only (api)" in said:
        return BlockedError(f"{location}: the index of a closed month is read-only ({said}).")
    if status == 401:
        return YuqingError(f"{location}: the server does not accept the key; check YUQING_ELASTIC__API_KEY.")
    if status == 403:
        return YuqingError(f"{location}: the key is not permitted to do this ({said}); use a key with a suitable role.")
    if "index_not_found_exception" in str(body):
        return YuqingError(f"{location}: the indices are not set up ({said}); run `yuqing index init`.")
    if status in (429, 502, 503, 504):
        return StoreUnavailableError(f"{location}: the server is overloaded ({status}, {said}); try again later.")
    return YuqingError(f"{location}: the server refused the request ({status}, {said}).")


def reason(body: Any) -> str:
    """Why the server refused: its reason, and the innermost cause where there is one."""
    error = body.get("error", body) if isinstance(body, dict) else body
    if not isinstance(error, dict):
        return str(error)[:300]
    said = cause = str(error.get("reason") or error.get("type") or error)
    while isinstance(error := error.get("caused_by"), dict):
        cause = str(error.get("reason") or cause)
    return said if cause in said else f"{said}: {cause}"


def _short(error: Exception) -> str:
    message = getattr(error, "message", None) or str(error)
    return str(message)[:200]
