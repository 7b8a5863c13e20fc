"""SMS through smsc.kz or smsc.ru: a form is posted, JSON comes back, with HTTP 200 on errors too.

An SMS costs money and is sent once. The gateway does not mind an id that it has seen before, so before a second attempt it is
asked whether the first one came through after all.
"""

import json
from http.client import HTTPException
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from django.conf import settings

from portal.outbox.models import Message
from portal.outbox.results import NO_MONEY, NOT_LET_IN, AccountClosed, Closed, Receipt, Refused

TIMEOUT = 5  # seconds
LONGEST_ANSWER = 100_000  # bytes
KEPT = ("id", "cnt", "cost", "status", "last_date", "error_code")  # of an answer; its words could repeat ours

ACCOUNT = {2: NOT_LET_IN, 3: NO_MONEY}
NEVER = {
    1: "the gateway does not understand our form",
    5: "the gateway does not understand our date",
    6: "the text or the sender is forbidden",
    7: "the number is wrong",
    8: "nothing can be delivered to this number",
}
# What became of a message that was handed over before.
NOT_FOUND = -3
FAILED = {
    -2: "stopped at the gateway",
    3: "not delivered in time",
    20: "could not be delivered",
    22: "the number is wrong",
    23: "forbidden for this number",
    25: "the number cannot be reached",
}
FAILED_FOR_MONEY = 24


def carry(message: Message) -> Receipt:
    if message.attempts > 1 and (receipt := _earlier(message)):
        return receipt
    sender = {"sender": settings.SMSC_SENDER} if settings.SMSC_SENDER else {}
    answer = _ask("send.php", phones=_phone(message), mes=message.body, id=str(message.uid), **sender)
    if "id" not in answer:
        raise Closed("an answer without an id")
    return _receipt(answer)


def _earlier(message: Message) -> Receipt | None:
    """What the gateway did with an attempt whose answer never reached us."""
    answer = _ask("status.php", phone=_phone(message), id=str(message.uid))
    try:
        status = int(answer["status"])
    except (KeyError, TypeError, ValueError):
        raise Closed("an answer without a status") from None
    if status == NOT_FOUND:
        return None
    receipt = _receipt({"id": str(message.uid)} | answer)
    if status == FAILED_FOR_MONEY:
        raise AccountClosed(NO_MONEY, receipt)
    if status in FAILED:
        raise Refused(FAILED[status], receipt)
    return receipt


def _ask(page: str, **fields: str) -> dict[str, Any]:
    form = fields | {"login": settings.SMSC_LOGIN, "psw": settings.SMSC_PASSWORD, "charset": "utf-8", "fmt": "3"}
    try:
        with urlopen(Request(f"{settings.SMSC_URL}/{page}", data=urlencode(form).encode()), timeout=TIMEOUT) as response:
            answer = json.loads(response.read(LONGEST_ANSWER))
    except (OSError, HTTPException, ValueError) as error:
        raise Closed(f"{page}: {type(error).__name__}") from error
    if not isinstance(answer, dict):
        raise Closed(f"{page}: an answer that is no object")
    if "error_code" in answer or "error" in answer:
        raise _fault(answer)
    return answer


def _fault(answer: dict[str, Any]) -> Exception:
    code = answer.get("error_code")
    if code in ACCOUNT:
        return AccountClosed(ACCOUNT[code], _receipt(answer))
    if code in NEVER:
        return Refused(NEVER[code], _receipt(answer))
    return Closed(f"error {code}"[:40])  # 4: shut out for a time; 9: too many questions


def _receipt(answer: dict[str, Any]) -> Receipt:
    kept = {key: answer[key] if isinstance(answer[key], int) else str(answer[key])[:60] for key in KEPT if key in answer}
    return Receipt("smsc", str(answer.get("id", ""))[:60], kept)


def _phone(message: Message) -> str:
    return message.address.removeprefix("+")
