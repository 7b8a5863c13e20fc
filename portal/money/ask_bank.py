"""Asking a bank's server over HTTP, with an end to time, size and trust. Certificates are always checked."""

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from http.client import HTTPException, HTTPMessage, HTTPResponse
from typing import IO
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings

from portal.money.feeds import FeedProblem

TIMEOUT = 10.0  # seconds without a byte
PATIENCE = 30.0  # seconds for all of an answer
MOST = 1_000_000  # bytes; real answers have under 50 000
CHUNK = 65_536
LONGEST_WAIT = timedelta(days=1)  # that a bank may ask for
LONGEST_MARK = 200
# A header of an answer, and the one that sends it back with the next question.
MARKS = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}


@dataclass(frozen=True, slots=True)
class Answer:
    """`mark` are the headers with which to ask whether there is anything newer."""

    content: bytes
    mark: dict[str, str]


def ask_bank(address: str, mark: Mapping[str, str], now: datetime) -> Answer | None:
    """None: nothing is newer than `mark` says. Raises `FeedProblem`: no answer, half of one, one of another server, or far too much."""
    agent = f"Mozilla/5.0 (compatible; {settings.SITE_NAME}; +{settings.SITE_URL})"  # some banks let in nothing that is no browser
    try:
        with _opener.open(Request(address, headers={"User-Agent": agent, **mark}), timeout=TIMEOUT) as response:
            return Answer(_read(response), _mark_of(response.headers))
    except HTTPError as error:
        error.close()
        if error.code == HTTPStatus.NOT_MODIFIED and mark:
            return None
        raise FeedProblem(f"The server answers with HTTP {error.code}.", _wait(error.headers.get("Retry-After", ""), now)) from error
    except (OSError, HTTPException, ValueError) as error:
        raise FeedProblem(f"The server does not answer: {str(error)[:200] or type(error).__name__}.") from error


def _read(response: HTTPResponse) -> bytes:
    """A server that sends a byte now and then keeps no worker for ever."""
    end = time.monotonic() + PATIENCE
    content = bytearray()
    while chunk := response.read1(CHUNK):
        content += chunk
        if len(content) > MOST:
            raise FeedProblem(f"The answer is longer than {MOST} bytes.")
        if time.monotonic() > end:
            raise FeedProblem(f"The answer takes longer than {PATIENCE:.0f} seconds.")
    if response.length:
        raise FeedProblem(f"The answer ends {response.length} bytes too early.")
    return bytes(content)


def _mark_of(headers: HTTPMessage) -> dict[str, str]:
    return {back: value for name, back in MARKS.items() if _is_mark(value := headers.get(name, ""))}


def _is_mark(value: str) -> bool:
    """It is kept as JSON."""
    return 0 < len(value) <= LONGEST_MARK and value.isprintable()


def _wait(text: str, now: datetime) -> timedelta:
    """What Retry-After says: seconds, or a moment."""
    if re.fullmatch(r"\d{1,9}", text, re.ASCII):
        return min(timedelta(seconds=int(text)), LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return timedelta(0)
    return max(timedelta(0), min((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now, LONGEST_WAIT))


class _SameServer(HTTPRedirectHandler):
    def redirect_request(  # type: ignore[no-untyped-def]  # the library's own is untyped
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ):
        fp.close()  # the library would read to its end what stands beside the address, and it may have none
        old, new = urlsplit(req.full_url), urlsplit(newurl)
        if new.netloc != old.netloc or new.scheme not in (old.scheme, "https"):
            raise FeedProblem(f"The server sends us to another one, {new.scheme}://{new.netloc[:100]}: we do not follow.")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


_opener = build_opener(_SameServer)
