"""The demo's people at work: who has arrived, what they answered, who wants help, whom somebody has to call. Through the use cases."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import F

from matching.demo.seed import chance_of
from matching.models import Match, State, Vacancy
from placements.allow import allow, who_is_there
from placements.answer import Answers, answer_check_in
from placements.arrive import arrive
from placements.ask import ask_due
from placements.choose import Choices, choose
from placements.models import NOBODY, CheckIn, Placement
from placements.open_calls import open_calls
from portal.accounts.cast import PEOPLE
from portal.accounts.models import User
from portal.outbox.tell import ways_to
from portal.places.days import legal_day

MOST = 30
LONGER_AGO = (timedelta(0), timedelta(days=35), timedelta(days=35), timedelta(days=95), timedelta(days=190))
TRUSTED = (("Зулфия", "+992900000030"), ("Ойниҳол", "+992900000031"), ("Санжар", "+998900000032"))  # rows of zeros: nobody's
Who = CheckIn.Who


@transaction.atomic
def load_demo_placements(now: datetime) -> None:
    """Twice is the same as once."""
    if Placement.objects.exclude(chosen_at=None).exists():
        return
    list(Vacancy.objects.select_for_update(no_key=True).order_by("pk").only("pk"))  # first, as scoring does: nobody waits in a ring
    away = Match.objects.filter(state=State.PLACED, candidate__user__isnull=False).select_related("candidate__user", "vacancy__region")
    for number, match in enumerate(away.order_by("uid")[:MOST]):
        _live(match, number, now)
    for match in Match.objects.filter(state=State.ENDED, candidate__user__phone=PEOPLE["aigul"].phone).select_related("candidate__user"):
        _was_away(match, now)
    ask_due(now)
    open_calls(now)


def _live(match: Match, number: int, now: datetime) -> None:
    """One in six says nothing at all, one in five lets somebody know that something is wrong."""
    worker, chance = match.candidate.user, chance_of(f"at work {match.uid}")
    assert worker is not None
    _move_back(match, LONGER_AGO[number % len(LONGER_AGO)])
    placement = Placement.objects.get(match=match)
    assert placement.left_on is not None
    left = datetime.combine(placement.left_on, time(5), now.tzinfo)
    name, phone = chance.choice(TRUSTED)
    hours = chance.choice(Placement.Hours.values)
    choose(match, worker, Choices(hours, ways_to(worker)[0], name, phone, chance.random() < 0.5), left)
    is_silent = number % 6 == 3
    if not is_silent and (arrived := left + timedelta(days=chance.randint(2, 5))) <= now:
        arrive(match, worker, arrived)
    for row in placement.check_ins.filter(due_on__lt=legal_day(now, match.vacancy.region)):
        asked = datetime.combine(row.due_on, time(8), now.tzinfo)
        CheckIn.objects.filter(pk=row.pk).update(asked_at=asked)
        if not is_silent:
            _answer(row, worker, number, asked + timedelta(hours=chance.randint(1, 9)))


def _was_away(match: Match, now: datetime) -> None:
    """Whoever tries the demo answers what she was asked last, tells who may know, and reads what she answered before."""
    _move_back(match, timedelta(days=85))
    worker, placement = match.candidate.user, Placement.objects.get(match=match)
    assert worker is not None
    name, phone = TRUSTED[0]
    choose(match, worker, Choices(Placement.Hours.EVENING, ways_to(worker)[0], name, phone, True), now - timedelta(days=100))
    for row in placement.check_ins.filter(due_on__lt=now.date()):
        CheckIn.objects.filter(pk=row.pk).update(asked_at=datetime.combine(row.due_on, time(14), now.tzinfo))
        if row.month == 1:
            _answer(row, worker, 0, datetime.combine(row.due_on, time(15), now.tzinfo))


def _move_back(match: Match, ago: timedelta) -> None:
    """The histories of the demo are four weeks long at most: some people have been away for longer than theirs says."""
    Placement.objects.filter(match=match).update(left_on=F("left_on") - ago)
    CheckIn.objects.filter(placement__match=match).update(due_on=F("due_on") - ago)


def _answer(row: CheckIn, worker: User, number: int, at: datetime) -> None:
    offer = row.placement.match.offers.last()
    answers = Answers(CheckIn.Pay.PROMISED, CheckIn.Papers.MINE, CheckIn.Place.AGREED, NOBODY)
    if offer is None or number % 5 != 1:
        answer_check_in(row, worker, answers, at)
        return
    less = (offer.wage_amount * Decimal("0.7")).quantize(Decimal(1))
    row = answer_check_in(row, worker, replace(answers, pay=CheckIn.Pay.LESS, pay_amount=less, currency=offer.wage_currency), at)
    others = [who for who in (Who.AGENCY, Who.EMPLOYER) if who in who_is_there(row)]
    allow(row, worker, [Who.SAFAR], others, at + timedelta(minutes=2))
