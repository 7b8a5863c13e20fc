"""The short code of a class, typed by hand from a poster. It is no secret: everybody may read its page."""

import secrets

from orientation.certificates.code import ALPHABET, Mistyped, read_code
from orientation.models import ClassSession

LENGTH = 6


def new_class_code() -> str:
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        if not ClassSession.objects.filter(code=code).exists():
            return code


def read_class_code(typed: str) -> str:
    """As codes are stored; "" for what can be none."""
    try:
        return read_code(typed)
    except Mistyped:
        return ""
