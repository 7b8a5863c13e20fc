"""Sending a sign-in code. To the outside a known address and an unknown one look the same."""

from datetime import datetime, timedelta

from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import EmailAddress
from allauth.account.stages import LoginByCodeStage, LoginStageController
from allauth.core import ratelimit
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.outbox.models import Channel, Message, Purpose
from portal.outbox.send import send

DAY = timedelta(days=1)
JUST_SENT = 30  # seconds within which asking again means "show me where to type it"
CODES = (Purpose.SIGN_IN, Purpose.NO_ACCOUNT)


def by_phone(request: HttpRequest, phone: str, now: datetime) -> None:
    """Send a code by SMS. A number seen for the first time gets an account that its first right code brings to life."""
    if was_just_sent(request, "phone", phone, now):
        return
    check_limits(request, phone, now)
    user, _is_new = User.objects.get_or_create(phone=phone, defaults={"language": get_language()})
    start(request, user, phone=phone)


def by_mail(request: HttpRequest, email: str, now: datetime, *, may_be_new: bool = False) -> None:
    """Send a code by mail to somebody who has an account; tell an address without one that it has none.

    `may_be_new`: it gets an account that its first right code brings to life, as a new number does.
    """
    if was_just_sent(request, "email", email, now):
        return
    check_limits(request, email, now)
    user = User.objects.filter(email=email).first()
    if user is None and may_be_new:
        user = start_account(email)
    elif user is None:
        tell_stranger(email, now)
    start(request, user, email=email)


@transaction.atomic
def start_account(email: str) -> User:
    """Until its first right code the mailbox is not verified, and `portal.accounts.tidy` deletes the account after a day."""
    user: User
    user, is_new = User.objects.get_or_create(email=email, defaults={"language": get_language()})
    if is_new:
        EmailAddress.objects.create(user=user, email=email)
    return user


def tell_stranger(email: str, now: datetime) -> None:
    send(
        to=None,
        channel=Channel.MAIL,
        address=email,
        subject=_("No account at Safar"),
        body=_("Somebody asked for a Safar code for this address, but it has no account. Members are invited by their organisation."),
        language=get_language() or "en",
        purpose=Purpose.NO_ACCOUNT,
        now=now,
    )


def send_again(process: LoginCodeVerificationProcess, now: datetime) -> None:
    """A new code in the same conversation; the old one stops working, the count of wrong codes goes on."""
    check_limits(process.request, process.state.get("phone") or process.state["email"], now)
    process.state["at"] = now.timestamp()
    process.record_resend()
    if process.user:
        process.send()
    elif email := process.state.get("email"):  # counts towards the day's limit as a known address's code does
        tell_stranger(email, now)
    process.persist()


def start(request: HttpRequest, user: User | None, **address: str) -> None:
    request.session.set_expiry(settings.ACCOUNT_LOGIN_TIMEOUT)  # it holds an address that may be a stranger's
    LoginCodeVerificationProcess.initiate(request=request, user=user, **address)


def was_just_sent(request: HttpRequest, kind: str, address: str, now: datetime) -> bool:
    stage = LoginStageController.enter(request, LoginByCodeStage.key)
    return bool(stage and stage.state.get(kind) == address and now.timestamp() - stage.state["at"] < JUST_SENT)


def is_guessing(request: HttpRequest) -> bool:
    """The count of wrong codes stands in the session, where codes sent all at once would each read it as nought."""
    return not ratelimit.consume(request, action="type_code", key=request.session.session_key)


def check_limits(request: HttpRequest, address: str, now: datetime) -> None:
    """Codes cost money and wake people up: a few a minute and a day for an address, and a ceiling for all together."""
    if not ratelimit.consume(request, action="request_login_code", key=address):
        raise ValidationError(_("Please wait a minute before you ask for another code."))
    today = Message.objects.filter(purpose__in=CODES, created_at__gt=now - DAY)
    most = settings.CODES_A_DAY_FOR_ONE
    if today.filter(address=address).count() >= most:
        raise ValidationError(
            ngettext(
                "Safar sends at most %(count)s code a day to one address. Try again tomorrow.",
                "Safar sends at most %(count)s codes a day to one address. Try again tomorrow.",
                most,
            )
            % {"count": most}
        )
    if today.count() >= settings.CODES_A_DAY:
        raise ValidationError(_("Safar cannot send more codes today. Try again tomorrow; learning works without an account."))
