"""Who opens which page of the journey in a country at work (bench/country.py): readers who have signed in by the real door, and their pages."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_plus

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, format_hotp_value, hotp_value
from django.db.models import Count, QuerySet
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from matching.desk_queue import DeskFilter, desk_lists
from matching.models import Care, Match, State, Vacancy
from portal.accounts.cast import PEOPLE
from portal.accounts.models import User
from portal.organisations.models import Membership, Organisation
from tests.people import sign_in_by_code

LANGUAGE = "ru"
SECOND_FACTOR = "/en/me/second-factor/"
GOING_ON = (State.ACCEPTED, State.SELECTED, State.OFFERED, State.AGREED)
WORDS = ("каменщик", "плиточник казань", "ошпаз", "sewing", "сварщик общежитие")


@dataclass(frozen=True, slots=True)
class Page:
    """`name` is the same for all who open such a page."""

    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Reader:
    """`who` is as the table says it; nobody signs in as a visitor."""

    who: str
    user: User | None
    pages: tuple[Page, ...]


def signed_in(user: User | None) -> Client:
    """By code, and with a second factor where the person works with other people's data: every sign-in is a session in the database."""
    client = Client(SERVER_NAME="localhost")
    if user is not None:
        Authenticator.objects.filter(user=user).delete()  # of an earlier part of the measurement, whose secret is gone
        sign_in_by_code(client, user.phone or user.email)
        if user.email and (user.is_staff or user.memberships.exists()):
            client.get(SECOND_FACTOR)
            secret = client.session[SECRET_SESSION_KEY]
            client.post(SECOND_FACTOR, {"code": format_hotp_value(hotp_value(secret, int(time.time()) // 30))})
    return client


def readers() -> list[Reader]:
    """The best known of each kind, with the most to read: the agency with a third of everybody, the employer with the most vacancies."""
    with translation.override(LANGUAGE):
        big = User.objects.get(email=PEOPLE["manizha"].email)
        small = Membership.objects.filter(organisation__in=smallest_agency()).order_by("pk")[0].user
        return [
            Reader("visitor", None, tuple(public_pages())),
            Reader("candidate with the most jobs", busiest_candidate(), tuple(candidate_pages(busiest_candidate()))),
            Reader("agency with a third of all", big, tuple(agency_pages(big))),
            Reader("smallest agency", small, tuple(desk_pages(small))),
            Reader("employer with the most vacancies", busiest_employer(), tuple(employer_pages(busiest_employer()))),
            Reader("operator", User.objects.get(email=PEOPLE["timur"].email), tuple(operator_pages())),
            Reader(
                "authority",
                User.objects.get(email=PEOPLE["nigora"].email),
                (Page("home", path("home")), Page("audit", path("matching:audits"))),
            ),
            Reader("training centre", User.objects.get(email=PEOPLE["rustam"].email), (Page("home", path("home")),)),
        ]


def crowd(users: int) -> list[Reader]:
    """As many people as users: half of them visitors, and everybody somebody else."""
    with translation.override(LANGUAGE):
        at_agencies = agency_staff(users // 5)
        candidates, employers = candidates_with_jobs(users // 5), employers_with_people(users // 10)
        found = [Reader("agency", user, tuple(desk_pages(user))) for user in at_agencies]
        found += [Reader("candidate", user, tuple(candidate_pages(user))) for user in candidates]
        found += [Reader("employer", user, tuple(employer_pages(user))) for user in employers]
        return found + [Reader("visitor", None, tuple(public_pages()))] * (users - len(found))


def agency_staff(number: int) -> list[User]:
    """A third of them of the agency that has a third of all."""
    big = Organisation.objects.filter(memberships__user__email=PEOPLE["manizha"].email)
    at_big = list(User.objects.filter(memberships__organisation__in=big).order_by("pk")[: -(-number // 3)])
    others = Organisation.objects.filter(kind=Organisation.Kind.AGENCY).exclude(pk__in=big).order_by("pk")
    return at_big + [agency.memberships.order_by("pk")[0].user for agency in others[: number - len(at_big)]]


def candidates_with_jobs(number: int) -> list[User]:
    return list(User.objects.filter(candidate__matches__state__in=GOING_ON).distinct().order_by("pk")[:number])


def employers_with_people(number: int) -> list[User]:
    chosen = Match.objects.filter(state__in=GOING_ON).order_by().values("vacancy__created_by")
    return list(User.objects.filter(pk__in=chosen, memberships__isnull=False).order_by("pk")[:number])


def smallest_agency() -> QuerySet[Any]:
    sizes = Care.objects.open().order_by().values("agency").annotate(count=Count("pk")).order_by("count", "agency")
    return Organisation.objects.filter(pk=sizes[0]["agency"])


def busiest_candidate() -> User:
    people = Match.objects.filter(candidate__user__isnull=False, state__in=GOING_ON).order_by().values("candidate__user")
    return User.objects.get(pk=people.annotate(count=Count("pk")).order_by("-count", "candidate__user")[0]["candidate__user"])


def busiest_employer() -> User:
    people = (
        Match.objects.filter(state__in=GOING_ON, vacancy__created_by__memberships__isnull=False).order_by().values("vacancy__created_by")
    )
    return User.objects.get(pk=people.annotate(count=Count("pk")).order_by("-count", "vacancy__created_by")[0]["vacancy__created_by"])


def path(name: str, *arguments: object) -> str:
    return reverse(name, args=arguments)


def public_pages() -> Iterator[Page]:
    jobs = path("matching:vacancies")
    vacancy = Vacancy.objects.open_on(timezone.now().date()).order_by("-published_at", "pk")[0]
    yield Page("front page", path("home"))
    yield Page("vacancies", jobs)
    yield Page("vacancies, page 100", f"{jobs}?page=100")
    for words in WORDS:
        yield Page("vacancies, words", f"{jobs}?q={words}")
    yield Page("vacancies, filters", f"{jobs}?place=RU&gives=housing&wage=60000&currency=RUB&order=wage")
    yield Page("vacancies, nothing found", f"{jobs}?q=цирк&place=KZ&gives=housing")
    yield Page("vacancy", path("matching:vacancy", vacancy.uid))
    yield Page("vacancy, law of a citizenship", f"{path('matching:vacancy', vacancy.uid)}?citizenship=UZ")


def candidate_pages(user: User) -> Iterator[Page]:
    match = Match.objects.filter(candidate__user=user, state__in=GOING_ON).order_by("pk")[0]
    yield Page("home", path("home"))
    yield Page("my jobs", path("matching:my_matches"))
    yield Page("my job", path("matching:my_match", match.uid))
    yield Page("before departure", path("matching:my_checklist", match.uid))
    yield Page("vacancies", path("matching:vacancies"))
    yield Page("vacancy", path("matching:vacancy", match.vacancy.uid))
    yield Page("profile", path("matching:profile"))
    yield Page("who looked", path("matching:looks"))
    yield Page("messages", path("outbox:messages"))


def desk_pages(user: User) -> Iterator[Page]:
    """What a desk shows, whatever the size of its agency."""
    matches = Match.objects.in_care_of(user).select_related("vacancy").order_by("pk")
    queue = path("matching:desk_queue")
    yield Page("home", path("home"))
    yield Page("desk", path("matching:desk"))
    yield Page("queue, all that is open", queue)
    for kind in desk_lists():
        yield Page(f"queue, {kind}", path("matching:desk_waiting", kind))
    for name, state in (("suggested", State.SUGGESTED), ("accepted", State.ACCEPTED), ("with a contract", State.AGREED)):
        for match in matches.filter(state=state)[:1]:
            yield Page(f"match, {name}", path("matching:desk_match", match.vacancy.uid, match.uid))
    yield Page("people", path("matching:people"))


def agency_pages(user: User) -> Iterator[Page]:
    yield from desk_pages(user)
    queue = path("matching:desk_queue")
    yield Page("queue, page 40", f"{queue}?page=40")
    for wish in (DeskFilter(country="RU", tier="1"), DeskFilter(whose="me"), DeskFilter(q="казань каменщик"), DeskFilter(show="declined")):
        yield Page(f"queue, {unquote_plus(wish.query)}", f"{queue}?{wish.query}")
    yield Page("people, unfinished", f"{path('matching:people')}?show=incomplete")
    yield Page("invitations", path("matching:invitations"))
    yield Page("second looks", path("matching:second_looks"))
    yield Page("duplicates", path("matching:duplicates"))
    yield Page("asked for money", path("matching:fees"))
    yield Page("messages", path("outbox:messages"))


def employer_pages(user: User) -> Iterator[Page]:
    own = path("matching:own_vacancies")
    people = Match.objects.filter(vacancy__created_by=user, state__in=GOING_ON).order_by().values("vacancy")
    vacancy = Vacancy.objects.get(pk=people.annotate(count=Count("pk")).order_by("-count", "vacancy")[0]["vacancy"])
    match = Match.objects.filter(vacancy=vacancy, state__in=GOING_ON).order_by("pk")[0]
    yield Page("home", path("home"))
    yield Page("own vacancies", own)
    yield Page("own vacancies, people", f"{own}?show=people")
    yield Page("own vacancy, check", path("matching:edit_vacancy", vacancy.uid, "check"))
    yield Page("applicants", path("matching:applicants", vacancy.uid))
    yield Page("applicant", path("matching:applicant", vacancy.uid, match.uid))
    yield Page("messages", path("outbox:messages"))


def operator_pages() -> Iterator[Page]:
    yield Page("home", path("home"))
    yield Page("vacancies to read", path("matching:review_vacancies"))
    yield Page("asked for money", path("matching:fees"))
    yield Page("scoring runs", path("matching:runs"))
    yield Page("audit", path("matching:audits"))
