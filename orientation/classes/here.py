"""The address behind the QR code on the trainer's screen: only who stands in the room has seen it."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from orientation.models import ClassSession


def token_of(session: ClassSession) -> str:
    return salted_hmac("safar.class.here", str(session.uid), algorithm="sha256").hexdigest()[:16]


def is_of(token: str, session: ClassSession) -> bool:
    return constant_time_compare(token, token_of(session))


def here_address(request: HttpRequest, session: ClassSession) -> str:
    return request.build_absolute_uri(reverse("learn:class_here", args=[session.code, token_of(session)]))
