"""A URL `s3://bucket/prefix` in, its objects out, by obstore (the Rust crate object_store of Apache Arrow, that delta-rs uses).

obstore and not s3fs or pyarrow's S3FileSystem: it alone of the three takes both conditions, “nothing there yet”
(If-None-Match) and “still what I read” (If-Match), on which the rule of one writer stands; it is one wheel of 6 MB without
further packages. Address, keys and region come from the usual variables (AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID …).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from pipeline.dataset.storage import Conflict, StoredObject
from pipeline.errors import StorageError

_RETRIES = 4
_BUCKET = re.compile(r"NoSuchBucket|InvalidBucketName|AllAccessDisabled")
_CLOSED = re.compile(
    r"AccessDenied|403 Forbidden|401 Unauthorized|InvalidAccessKeyId|SignatureDoesNotMatch|169\.254\.169\.254"
)
_AWAY = re.compile(r"error sending request|[Cc]onnect|timed out|dns error|50[0234] |after \d+ retries")


def open_storage(url: str) -> S3Storage:
    """The storage behind a URL. Raises StorageError where the extra is not installed or the URL names no bucket."""
    try:
        from obstore.store import S3Store  # noqa: PLC0415  an extra, and needed for URLs only
    except ImportError as error:
        raise StorageError({"url": url}, "storage_not_installed") from error
    bucket, _, prefix = url.removeprefix("s3://").partition("/")
    endpoint = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL") or ""
    options: dict[str, Any] = {"endpoint": endpoint} if endpoint else {}
    try:
        store = S3Store(
            bucket,
            prefix=prefix.strip("/") or None,
            region=os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or "us-east-1",
            client_options={
                "allow_http": endpoint.startswith("http://"),
                "connect_timeout": timedelta(seconds=5),
            },
            retry_config={"max_retries": _RETRIES, "retry_timeout": timedelta(seconds=60)},
            **options,
        )
    except (ValueError, _errors().BaseError) as error:
        raise StorageError({"url": url, "why": _first_line(error)}, "storage_failed") from error
    return S3Storage(url, store)


class S3Storage:
    """Objects of one bucket below one prefix (pipeline.dataset.storage.Storage)."""

    def __init__(self, url: str, store: Any) -> None:
        self._url, self._store = url, store

    @property
    def url(self) -> str:
        """How a person calls the place."""
        return self._url

    def list(self, prefix: str = "") -> Iterator[StoredObject]:
        """The objects whose keys begin with `prefix`, a folder of keys."""
        import obstore  # noqa: PLC0415

        with _errors_as_ours(self._url):
            for batch in obstore.list(self._store, prefix or None):
                for entry in batch:
                    tag = entry["e_tag"] or ""
                    yield StoredObject(entry["path"], entry["size"], tag, entry["last_modified"])

    def read(self, key: str) -> tuple[bytes, str]:
        """Bytes and tag of an object. Raises FileNotFoundError."""
        import obstore  # noqa: PLC0415

        with _errors_as_ours(self._url):
            answer = obstore.get(self._store, key)
            return bytes(answer.bytes()), answer.meta["e_tag"] or ""

    def create(self, key: str, data: bytes) -> str:
        """Write an object that is not there yet; its tag. Raises Conflict."""
        return self._put(key, data, "create")

    def replace(self, key: str, data: bytes, tag: str) -> str:
        """Write an object in the place of the one with this tag; the new tag. Raises Conflict."""
        return self._put(key, data, {"e_tag": tag})

    def _put(self, key: str, data: bytes, mode: Any) -> str:
        """Write under a condition; a refusal because an answer was lost, and the bytes stand there, is none."""
        import obstore  # noqa: PLC0415

        try:
            with _errors_as_ours(self._url):
                return obstore.put(self._store, key, data, mode=mode, use_multipart=False)["e_tag"] or ""
        except (Conflict, FileNotFoundError) as refused:
            try:
                standing, tag = self.read(key)
            except FileNotFoundError:
                raise Conflict(key) from refused
            if standing != data:
                raise Conflict(key) from refused
            return tag

    def delete(self, key: str) -> None:
        """Remove an object; one that is not there is none."""
        import obstore  # noqa: PLC0415

        try:
            with _errors_as_ours(self._url):
                obstore.delete(self._store, key)
        except FileNotFoundError:
            return


def _errors() -> Any:
    from obstore import exceptions  # noqa: PLC0415

    return exceptions


@contextmanager
def _errors_as_ours(url: str) -> Iterator[None]:
    """Errors of the library as errors of the product."""
    kinds = _errors()
    try:
        yield
    except (kinds.AlreadyExistsError, kinds.PreconditionError) as error:
        raise Conflict(url) from error
    except FileNotFoundError as error:
        if _BUCKET.search(str(error)):
            raise StorageError({"url": url}, "storage_no_bucket") from error
        raise
    except (kinds.BaseError, OSError) as error:
        raise StorageError({"url": url, "why": _first_line(error)}, _code_of(error)) from error


def _code_of(error: Exception) -> str:
    """The message that tells an error of the library: there are classes for few of them, the others by their words."""
    kinds, text = _errors(), str(error)
    if isinstance(error, kinds.PermissionDeniedError | kinds.UnauthenticatedError) or _CLOSED.search(text):
        return "storage_closed"
    if _BUCKET.search(text):
        return "storage_no_bucket"
    return "storage_away" if _AWAY.search(text) else "storage_failed"


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0][:200]
