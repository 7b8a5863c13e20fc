"""People, vacancies and matches for the tests of matches. Every row is as the screens and scoring would write it."""

from copy import deepcopy
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from matching.models import (
    AgencyLicence,
    Candidate,
    CandidateSkill,
    Care,
    Match,
    MatchEvent,
    Occupation,
    Offer,
    ScoringWeights,
    Skill,
    State,
    Vacancy,
    VacancySkill,
)
from matching.models.matches import SEAT_HOLDING
from matching.score_vacancies import current_weights
from portal.accounts.models import User
from portal.organisations.models import Membership, Organisation
from tests.people import NOW

DAY = NOW.date()
FLOOR, WISH = Decimal("71234"), Decimal("98765")  # figures that stand nowhere else: the tests look for them on others' pages
_numbers = count(1)

EXPLANATION: dict[str, Any] = {
    "points": 8060,
    "tier": 1,
    "failed": [],
    "fits": {
        "total": 8500,
        "components": [
            {"code": "E", "share": 5000, "value": 8000, "earned": 4000, "is_dropped": False},
            {"code": "C", "share": 5000, "value": 9000, "earned": 4500, "is_dropped": False},
            {"code": "L", "share": 0, "value": None, "earned": 0, "is_dropped": True},
        ],
    },
    "suits": {
        "total": 7643,
        "components": [
            {"code": "W", "share": 6000, "value": 7000, "earned": 4200, "is_dropped": False},
            {"code": "G", "share": 4000, "value": 8609, "earned": 3443, "is_dropped": False},
        ],
    },
    "skills": [],
    "ask": ["language:ru", "work"],
    "verify": [],
}


def a_user(**given: Any) -> User:
    return User.objects.create_user(phone=f"+9929100{next(_numbers):05}", **given)


def a_member(organisation: Organisation) -> User:
    user = User.objects.create_user(email=f"staff{next(_numbers)}@example.org")
    Membership.objects.create(user=user, organisation=organisation)
    return user


def an_organisation(kind: str, country: str, vetter: User | None = None) -> Organisation:
    vetter = vetter or User.objects.create_user(email=f"vetter{next(_numbers)}@example.org")
    return Organisation.objects.create(
        kind=kind, name=f"{kind} {next(_numbers)}", country_id=country, vetted_at=NOW, vetted_by=vetter, created_at=NOW
    )


def an_agency() -> Organisation:
    agency = an_organisation("agency", "TJ")
    a_licence(agency)
    return agency


def a_licence(agency: Organisation, destination: str = "RU") -> AgencyLicence:
    """Nobody can choose an agency without one."""
    values = {"number": "1", "issuer": "Ministry", "is_public_service": True}
    return AgencyLicence.objects.get_or_create(agency=agency, destination=destination, defaults=values)[0]


def a_candidate(agency: Organisation | None = None, user: User | None = None, **given: Any) -> Candidate:
    values = {
        "given_name": "Farrukh",
        "family_name": "Sattorov",
        "citizenship": "TJ",
        "born_in": date(1995, 3, 1),
        "home_region_id": "TJ-KT",
        "registered_at": NOW - timedelta(days=30),
        "available_on": DAY,
        "wage_floor": FLOOR,
        "wage_wish": WISH,
    } | given
    candidate = Candidate.objects.create(user=user, **values)
    CandidateSkill.objects.create(candidate=candidate, skill=Skill.objects.order_by("pk").first(), level=2)
    if agency is not None:
        a_licence(agency)
        Care.objects.create(candidate=candidate, agency=agency, since=NOW - timedelta(days=20), consent_version="1")
    return candidate


def a_vacancy(employer: Organisation | None = None, author: User | None = None, **given: Any) -> Vacancy:
    employer = employer or an_organisation("employer", "RU")
    values = {
        "occupation": Occupation.objects.get(slug="bricklayer"),
        "region_id": "RU-TA",
        "address": "1 Baumana street, Kazan",
        "wage_amount": Decimal("80000"),
        "wage_currency": "RUB",
        "starts_on": DAY + timedelta(days=40),
        "openings": 2,
        "status": Vacancy.Status.PUBLISHED,
        "conditions": ["housing"],
        "created_at": NOW - timedelta(days=3),
        "published_at": NOW - timedelta(days=2),
    } | given
    vacancy = Vacancy.objects.create(employer=employer, created_by=author or a_user(), **values)
    for skill in Skill.objects.order_by("pk")[:3]:
        VacancySkill.objects.create(vacancy=vacancy, skill=skill, importance="essential", level=2)
    return vacancy


def weights(now: datetime = NOW) -> ScoringWeights:
    return current_weights(now)


PATHS = {  # how a match comes to a state
    State.SUGGESTED: [],
    State.APPROVED: [State.APPROVED],
    State.DECLINED: [State.DECLINED],
    State.ACCEPTED: [State.APPROVED, State.ACCEPTED],
    State.TURNED_DOWN: [State.APPROVED, State.TURNED_DOWN],
    State.SELECTED: [State.APPROVED, State.ACCEPTED, State.SELECTED],
    State.REJECTED: [State.APPROVED, State.ACCEPTED, State.REJECTED],
    State.OFFERED: [State.APPROVED, State.ACCEPTED, State.SELECTED, State.OFFERED],
    State.AGREED: [State.APPROVED, State.ACCEPTED, State.SELECTED, State.OFFERED, State.AGREED],
    State.REFUSED: [State.APPROVED, State.ACCEPTED, State.SELECTED, State.OFFERED, State.REFUSED],
    State.PLACED: [State.APPROVED, State.ACCEPTED, State.SELECTED, State.OFFERED, State.AGREED, State.PLACED],
    State.ENDED: [State.APPROVED, State.ACCEPTED, State.SELECTED, State.OFFERED, State.AGREED, State.PLACED, State.ENDED],
    State.WITHDRAWN: [State.APPROVED, State.WITHDRAWN],
    State.EXPIRED: [State.APPROVED, State.EXPIRED],
}


def a_match(vacancy: Vacancy, candidate: Candidate, state: State = State.SUGGESTED, actor: User | None = None, **given: Any) -> Match:
    """In `state`, with the events that lead there, the seat it holds and the offer it stands on."""
    explanation = deepcopy(EXPLANATION)
    skills = list(vacancy.skills.order_by("pk").values_list("skill_id", flat=True))
    explanation["skills"] = [
        {"skill": skill, "is_essential": True, "state": "missing" if place else "met", "brings": 777 if place else 0}
        for place, skill in enumerate(skills)
    ]
    explanation["verify"] = skills[:1]
    values = {
        "points": 8060,
        "fits_job": 8500,
        "suits_person": 7643,
        "tier": 1,
        "rank": vacancy.matches.count() + 1,
        "weights": weights(),
        "scoring_day": DAY,
        "candidate_revision": candidate.revision,
        "vacancy_revision": vacancy.revision,
        "created_at": NOW,
        "explanation": explanation,
    } | given
    match = Match.objects.create(vacancy=vacancy, candidate=candidate, state=state, touched=state != State.SUGGESTED, **values)
    before = State.SUGGESTED
    for minute, after in enumerate(PATHS[state]):
        MatchEvent.objects.create(match=match, before=before, after=after, actor=actor, at=NOW - timedelta(minutes=len(State) - minute))
        before = after
    if State.OFFERED in PATHS[state]:
        an_offer(vacancy, match=match, number=1, entered_by=actor or a_user(), entered_at=NOW).save()
    if state in (*SEAT_HOLDING, State.ENDED):
        vacancy.seats_taken += 1
        vacancy.save(update_fields=["seats_taken"])
    return match


def an_offer(vacancy: Vacancy, **given: Any) -> Offer:
    """The contract's terms as the vacancy promised them, unsaved."""
    values = {
        "employer_name": vacancy.employer.name,
        "job_title": str(vacancy),
        "address": vacancy.address,
        "wage_amount": vacancy.wage_amount,
        "wage_currency": vacancy.wage_currency,
        "wage_period": vacancy.wage_period,
        "wage_basis": vacancy.wage_basis,
        "hours_a_week": 40,
        "starts_on": vacancy.starts_on,
        "conditions": vacancy.conditions,
        "paid_on": [10, 25],
        "occupation": vacancy.occupation,
        "overtime": Offer.Overtime.NONE,
        "days_off": 2,
        "leave_days": 28,
    } | given
    return Offer(**values)
