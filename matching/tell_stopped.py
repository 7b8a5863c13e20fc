"""What is said of a vacancy that Safar has stopped; the messages, each in its receiver's language. Names of people stand in none."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from matching.models import State, Vacancy
from portal.accounts.models import User
from portal.organisations.models import Organisation
from portal.outbox.models import Channel, Message, Purpose
from portal.outbox.send import send

ONE_SMS = timedelta(hours=1)  # several of somebody's jobs may be stopped together: the message is the same


def tell_candidate(user: User, now: datetime) -> None:
    """Little to read for whoever else holds the phone: what has happened stands in Safar."""
    if not user.is_active or not (user.phone or user.email):
        return
    if Message.objects.filter(to=user, purpose=Purpose.JOB_STOPPED, created_at__gt=now - ONE_SMS).exists():
        return
    with override(user.language):
        text = _("Safar: news about your job. Open Safar.")
        _send(user, Channel.SMS if user.phone else Channel.MAIL, _("News about your job") if not user.phone else "", text, now)


def tell_agency(agency: Organisation, vacancy: Vacancy, counts: Counter[State], now: datetime) -> None:
    """`counts` are of people in the agency's care, by the state in which the stop found them."""
    placed, agreed = counts[State.PLACED], counts[State.AGREED]
    proposed = counts.total() - placed - agreed
    for user in _members(agency):
        with override(user.language):
            lines = [_named(vacancy), reason(vacancy)]
            if placed:
                text = ngettext(
                    "%(count)d person in your care is already there. Call them today: are they safe, do they want to come home?",
                    "%(count)d people in your care are already there. Call them today: are they safe, do they want to come home?",
                    placed,
                )
                lines.append(text % {"count": placed})
            if agreed:
                text = ngettext(
                    "%(count)d person in your care has agreed to a contract and has not left yet. Call them today: nobody leaves now.",
                    "%(count)d people in your care have agreed to a contract and have not left yet. Call them today: nobody leaves now.",
                    agreed,
                )
                lines.append(text % {"count": agreed})
            if proposed:
                text = ngettext(
                    "The proposal of %(count)d person in your care is closed. Tell them, and look for another job together.",
                    "The proposals of %(count)d people in your care are closed. Tell them, and look for other jobs together.",
                    proposed,
                )
                lines.append(text % {"count": proposed})
            lines.append(_("You find their names in Safar."))
            _send(user, Channel.MAIL, _subject(vacancy), "\n\n".join(lines), now)


def tell_employer(vacancy: Vacancy, now: datetime) -> None:
    for user in _members(vacancy.employer):
        with override(user.language):
            lines = [_named(vacancy), reason(vacancy), _("Nobody new comes, and everybody concerned is told."), advice(vacancy)]
            _send(user, Channel.MAIL, _subject(vacancy), "\n\n".join(lines), now)


def _members(organisation: Organisation) -> Iterator[User]:
    yield from User.objects.filter(memberships__organisation=organisation, is_active=True).exclude(email=None).order_by("pk")


def _subject(vacancy: Vacancy) -> str:
    return _("Stopped: %(vacancy)s") % {"vacancy": vacancy}


def _named(vacancy: Vacancy) -> str:
    values = {"vacancy": vacancy, "employer": vacancy.employer, "region": vacancy.region}
    return _("Safar has stopped a vacancy: %(vacancy)s, %(employer)s, %(region)s.") % values


def reason(vacancy: Vacancy) -> str:
    """Why it was stopped."""
    return {
        Vacancy.Peril.AREA: _("The place is dangerous now. Safar sends nobody there."),
        Vacancy.Peril.GOODS: _("Weapons or other military goods are made there. Safar sends nobody there."),
        Vacancy.Peril.SANCTIONS: _("The employer’s name is on a sanctions list. Safar sends nobody there until a person has looked at it."),
    }[Vacancy.Peril(vacancy.stopped_because)]


def advice(vacancy: Vacancy) -> str:
    """What its employer can do."""
    return {
        Vacancy.Peril.AREA: _("You may write a vacancy for work at another place."),
        Vacancy.Peril.GOODS: _("If you make no such goods, tell Safar: your activities are written down wrongly."),
        Vacancy.Peril.SANCTIONS: _(
            "A person at Safar finds out whether you are meant. If you are not, you can publish vacancies again after that."
        ),
    }[Vacancy.Peril(vacancy.stopped_because)]


def _send(user: User, channel: Channel, subject: str, body: str, now: datetime) -> None:
    address = user.phone if channel == Channel.SMS else user.email
    assert address is not None
    send(
        to=user,
        channel=channel,
        address=address,
        subject=subject[:200],
        body=body,
        language=user.language,
        purpose=Purpose.JOB_STOPPED,
        now=now,
    )
