"""What goes on at the desk of the cast's agency: questions, notes, cases of somebody, a job that a candidate has found, a second look for others."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from matching import questions, review, second_look
from matching.assign import assign
from matching.demo.agencies import STAFF
from matching.demo.plan import OF_THE_CAST
from matching.models import Candidate, Care, DeskView, Match, MatchNote, MatchQuestion, State, Vacancy
from matching.move import NotPossible
from matching.note import note
from portal.accounts.cast import ORGANISATIONS, PEOPLE
from portal.accounts.models import User
from portal.organisations.models import Organisation

ASKED = [  # days ago, question, answer
    (5, "Сколько человек живёт в одной комнате?", ""),
    (1, "Дар он ҷо шахсе аз ватани мо ҳаст?", ""),
    (3, "Билет кто покупает?", "Работодатель. В договоре это пункт 8."),
]
NOTES = ["Звонила: диплом покажет в пятницу.", "Просит звонить после 18:00."]
FOUND = 2


@transaction.atomic
def load_demo_desk(now: datetime) -> None:
    """Twice is the same as once."""
    agency = Organisation.objects.get(name=ORGANISATIONS["dushanbe"].name)
    if MatchNote.objects.filter(agency=agency).exists():
        return
    list(Vacancy.objects.select_for_update(no_key=True).order_by("pk").only("pk"))  # first, as scoring does: nobody waits in a ring
    manizha = User.objects.get(email=PEOPLE["manizha"].email)
    colleague = User.objects.get(email=STAFF["TJ"][0])
    cared_for = Care.objects.open().filter(agency=agency).order_by().values("candidate")
    matches = Match.objects.filter(candidate__in=cared_for).select_related("vacancy", "candidate__user").order_by("pk")
    _ask(list(matches.filter(state__in=(State.APPROVED, State.ACCEPTED, State.OFFERED), candidate__user__isnull=False)), manizha, now)
    going_on = list(matches.filter(state__in=(State.APPROVED, State.ACCEPTED, State.SELECTED, State.AGREED)))
    for match, text in zip(going_on, NOTES, strict=False):
        note(match, colleague, text, now - timedelta(hours=5))
    for match, whose in zip(going_on, (manizha, colleague, manizha), strict=False):
        assign(match, whose, manizha, now)
    _find(cared_for, now)
    declined = Match.objects.filter(state=State.DECLINED, second_look=None).exclude(candidate__in=cared_for)
    for match in declined.select_related("vacancy__region").order_by("tier", "pk")[:3]:
        second_look.ask(match, now - timedelta(days=2))
    DeskView.objects.create(user=manizha, name="Казань", query="country=RU&q=kazan")


def _ask(matches: list[Match], staff: User, now: datetime) -> None:
    for match, (days, text, answer) in zip(matches, ASKED, strict=False):
        assert match.candidate.user is not None
        question: MatchQuestion = questions.ask(match, match.candidate.user, text, now - timedelta(days=days))
        if answer:
            questions.answer(question, staff, answer, now - timedelta(days=days - 1))


def _find(cared_for: QuerySet[Care, Any], now: datetime) -> None:
    """Candidates beside the cast name a job of the cast's employers. Not each may take each."""
    others = Candidate.objects.filter(pk__in=cared_for, user__isnull=False, is_paused=False, matches=None)
    vacancies = list(Vacancy.objects.open_on(now.date()).filter(uid__in=OF_THE_CAST).order_by("pk"))
    found = 0
    for candidate in (
        others.exclude(user__phone__in=[person.phone for person in PEOPLE.values()]).select_related("user").order_by("pk")[:10]
    ):
        for vacancy in vacancies:
            if found < FOUND:
                assert candidate.user is not None
                with suppress(NotPossible):
                    review.express_interest(candidate, vacancy, candidate.user, now)
                    found += 1
                    break
