"""What the database itself refuses about people."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from portal.accounts.consent import give
from portal.accounts.models import Consent, User

pytestmark = pytest.mark.django_db


def refused(**fields) -> bool:
    try:
        with transaction.atomic():
            User.objects.create_user(**fields)
    except IntegrityError:
        return True
    return False


def test_phone_and_mail_are_unique_or_empty():
    User.objects.create_user(phone="+992900000009")
    User.objects.create_user(email="A@Example.org")
    assert refused(phone="+992900000009")
    assert refused(email="a@example.org")
    User.objects.create_user()
    User.objects.create_user()


@pytest.mark.parametrize(
    "fields",
    [
        {"phone": "992900000009"},
        {"phone": "+0900000009"},
        {"phone": "+992 90 000"},
        {"is_staff": True},
        {"is_staff": True, "phone": "+992900000009"},
        {"email": "a@example.org", "password": "pbkdf2_sha256$1$a$b"},
    ],
)
def test_refused(fields):
    assert refused(**fields)


def test_a_name_tells_nothing():
    user = User.objects.create_user(phone="+992900000009", email="a@example.org")
    assert str(user) == f"person {str(user.uid)[-8:]}"
    assert not user.has_usable_password() and not user.check_password("")


def test_the_first_operator_comes_from_the_command_line():
    call_command("createsuperuser", "--noinput", "--email", "first@example.org")
    first = User.objects.get(email="first@example.org")
    assert first.is_superuser and first.is_staff and not first.has_usable_password()


def test_consent_is_given_once_a_version(now, monkeypatch):
    from portal.accounts import consent

    user = User.objects.create_user(phone="+992900000009")
    assert give(user, Consent.Purpose.ACCOUNT, now) == give(user, Consent.Purpose.ACCOUNT, now)
    monkeypatch.setitem(consent.VERSIONS, Consent.Purpose.ACCOUNT, "2027-01")
    give(user, Consent.Purpose.ACCOUNT, now)
    assert [row.version for row in Consent.objects.all()] == ["2026-11", "2027-01"]
