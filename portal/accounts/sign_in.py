"""The moment somebody is signed in, whichever way they came."""

from datetime import datetime

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.db import transaction
from django.http import HttpRequest

from portal import hooks
from portal.accounts.consent import give
from portal.accounts.device import device_of
from portal.accounts.models import Consent, User


@transaction.atomic
def sign_in(request: HttpRequest, user: User, now: datetime) -> None:
    """Start the session, note the consent that the sign-in page asked for, and tell the apps above which device this is."""
    DefaultAccountAdapter.login(DefaultAccountAdapter(request), request, user)
    request.session.set_expiry(None)  # the conversation about a code was shorter
    forget_addresses(request)
    give(user, Consent.Purpose.ACCOUNT, now)
    for step in hooks.signed_in:
        step(user, device_of(request), now)


def forget_addresses(request: HttpRequest) -> None:
    """allauth notes the phone or e-mail of each code in the session, where "erase me" could not find it."""
    records = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {key: value for key, value in record.items() if key not in ("phone", "email")} for record in records
    ]
