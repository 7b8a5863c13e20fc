"""What waits for a candidate, for an employer and for an agency. The conditions are those of the pages that the items lead to."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matching.audit import notices
from matching.completeness import COUNTED, SHOWN_TO_AGENCY, missing, with_answered
from matching.delay import scoring_delay
from matching.desk_queue import at_desk, desk_lists, matches_that_wait, stirring, with_start
from matching.intake import waiting as from_agency
from matching.intake.erase_walk_in import WARNED, idle
from matching.interviews import TimesOffered, with_talk
from matching.models import Candidate, Care, FeeAnswer, Match, ScoringAudit, SecondLook, State, Vacancy
from matching.next_steps import NEXT, STOPPED, next_step
from matching.rules import to_review
from matching.second_person import to_confirm
from matching.show_stopped import stopped_agencies, stopped_employers
from matching.worth import most_useful_first
from portal.accounts.models import User
from portal.organisations.models import Organisation
from portal.ui.waiting import Waiting

STARTS_WITHIN = timedelta(days=21)
NEWS = timedelta(days=3)
OPEN = (State.APPROVED, State.ACCEPTED, State.SELECTED, State.OFFERED, State.AGREED, State.PLACED)


# A candidate


def own_candidate(user: User) -> Candidate | None:
    return with_answered(Candidate.objects.filter(user=user)).first()


def for_candidate(user: User, candidate: Candidate | None, now: datetime) -> tuple[list[Waiting], list[Waiting]]:
    """What the person can do now, and what only takes time. `candidate` is of `own_candidate()`; one query more where there is one."""
    by_agency = from_agency.for_person(user, candidate)
    if candidate is None:
        text = _("Say what you can do and what you want, in small steps. Then an agency can propose you for jobs.")
        return [*by_agency, Waiting("briefcase", _("Write your profile for jobs"), text, _("Begin"), reverse("matching:profile"))], []
    matches = list(own_matches(user, now))
    to_do, later = [*_answers(matches), *_departures(matches, now), *by_agency, *_profile(candidate, now)], _others_decide(matches)
    if not matches and not missing(candidate):
        text = _("Your agency tells you here when a job fits you. It costs you nothing.")
        later.append(Waiting("briefcase", _("No job for you yet"), text, _("See all jobs"), reverse("matching:vacancies")))
    return to_do, later


def own_matches(user: User, now: datetime) -> QuerySet[Match]:
    """Those that are going on or were just stopped, with `starts_on` of the newest contract and `talk_waits`."""
    stopped = Q(state=State.EXPIRED, vacancy__stopped_at__gt=now - NEWS)
    mine = Match.objects.visible_to(user).filter(stopped | Q(state__in=OPEN), candidate__user=user)
    return with_talk(with_start(mine), now).select_related("vacancy__employer", "vacancy__occupation", "vacancy__region").order_by("-pk")


def _answers(matches: list[Match]) -> list[Waiting]:
    """The contract first: it holds a place."""
    found = []
    for state, icon in ((State.OFFERED, "file-check"), (State.APPROVED, "message")):
        mine = [match for match in matches if match.state == state]
        if mine:
            what = _about(mine[0]) if len(mine) == 1 else str(NEXT[state].text)
            found.append(Waiting(icon, str(NEXT[state].title), what, _("Read and answer"), _page_of(mine), len(mine), "apricot"))
    for match in matches:
        if match.talk_waits:  # type: ignore[attr-defined]
            told = TimesOffered(match)
            found.append(Waiting("clock", told.subject(), told.body(), _("Read and answer"), _page_of([match]), tone="apricot"))
    return found


def _about(match: Match) -> str:
    return f"{match.vacancy} · {match.vacancy.employer} · {match.vacancy.region}"


def _page_of(matches: list[Match]) -> str:
    return reverse("matching:my_match", args=[matches[0].uid]) if len(matches) == 1 else reverse("matching:my_matches")


def _departures(matches: list[Match], now: datetime) -> list[Waiting]:
    found = []
    for match in matches:
        starts: Any = match.starts_on  # type: ignore[attr-defined]
        step = next_step(match)
        if step in STOPPED.values():  # what the short message was about
            text = f"{match.vacancy} · {step.text}"
            found.append(Waiting("alert-triangle", str(step.title), text, _("Look"), _page_of([match]), tone="danger"))
        elif match.state == State.AGREED:
            days = (starts - now.date()).days
            text = _("%(job)s: work starts on %(day)s. Your agency tells you when to leave.") % {
                "job": match.vacancy,
                "day": date_format(starts),
            }
            title = _("Days until you start") if days > 0 else _("Prepare to leave")
            found.append(Waiting("clock", title, text, _("See the contract"), _page_of([match]), days if days > 0 else None, "leaf"))
        elif match.state == State.PLACED:
            found.append(Waiting("life-buoy", str(step.title), str(step.text), _("I need help"), reverse("help"), tone="leaf"))
    return found


def _others_decide(matches: list[Match]) -> list[Waiting]:
    waiting = [match for match in matches if match.state in (State.ACCEPTED, State.SELECTED) and not match.talk_waits]  # type: ignore[attr-defined]
    if not waiting:
        return []
    text = _("You said yes. Now the employer or your agency has to answer. You need not do anything.")
    return [Waiting("clock", _("Others decide now"), text, _("Look"), reverse("matching:my_matches"), len(waiting))]


def _profile(candidate: Candidate, now: datetime) -> list[Waiting]:
    """The open answer that is good for most; the choice of an agency is told apart, because nobody proposes a person without one."""
    found, open_steps = [], missing(candidate)
    if candidate.lacks_papers:
        found.append(
            Waiting(
                "passport",
                _("You are abroad without papers"),
                _("Nobody can propose you for a job now. There are safe ways out: read what to do."),
                _("See what to do"),
                reverse("matching:profile"),
                tone="danger",
            )
        )
    if any(step.slug == "agency" for step in open_steps):
        text = _("A licensed agency proposes you for jobs. Without one you see jobs, but nobody proposes you.")
        found.append(Waiting("shield", _("Choose who helps you"), text, _("Choose"), reverse("matching:care"), tone="apricot"))
    others = most_useful_first([step for step in open_steps if step.slug != "agency"], candidate, now.date())
    if others:
        step, worth = others[0]
        text = _("Next: %(step)s. %(why)s") % {"step": step.title, "why": worth or step.why}
        url, done = reverse("matching:profile_step", args=[step.slug]), len(COUNTED) - len(open_steps)
        found.append(Waiting("user", _("Go on with your profile"), text, _("Go on"), url, steps=(done, len(COUNTED))))
    return found


# An employer


def own_vacancies(user: User) -> QuerySet[Vacancy]:
    """All of the employers that somebody belongs to, with `said_yes`: how many people wait to be chosen. An operator's right to read counts for nothing here."""
    employers = Organisation.objects.of_member(user, Organisation.Kind.EMPLOYER)
    people = Match.objects.filter(vacancy=OuterRef("pk"), state=State.ACCEPTED).order_by().values("vacancy").annotate(count=Count("pk"))
    return Vacancy.objects.filter(employer__in=employers).annotate(said_yes=Coalesce(Subquery(people.values("count")), 0))


def vacancies_that_wait(now: datetime) -> dict[str, Q]:
    """The kinds of the employer's items: conditions on `own_vacancies()`."""
    today = now.date()
    listed = Q(pk__in=Vacancy.objects.open_on(today).order_by().values("pk"))
    free = Q(status=Vacancy.Status.PUBLISHED, seats_taken__lt=F("openings"))
    return {
        "people": Q(said_yes__gt=0),
        "drafts": Q(status=Vacancy.Status.DRAFT),
        "unlisted": free & ~listed,
        "soon": listed & Q(starts_on__lte=today + STARTS_WITHIN),
    }


def for_employer(user: User, employers: Sequence[Organisation], now: datetime) -> list[Waiting]:
    """Two queries."""
    here = reverse("matching:own_vacancies")
    found = stopped_employers(employers, now)
    own, waits = own_vacancies(user), vacancies_that_wait(now)
    kinds = {kind: Count("pk", filter=condition) for kind, condition in waits.items() if kind != "people"}
    counts = own.aggregate(total=Count("pk"), people=Sum("said_yes"), **kinds)
    if not counts["total"]:
        text = _("Five short steps: work and place, skills, requirements, pay and conditions, check.")
        url = reverse("matching:new_vacancy")
        return [*found, Waiting("briefcase", _("Write your first vacancy"), text, _("Write a vacancy"), url)]
    for kind, (icon, tone, title, text, action) in own_lists().items():
        if counts[kind]:
            found.append(Waiting(icon, title, text, action, f"{here}?show={kind}", counts[kind], tone))
    return found


def own_lists() -> dict[str, tuple[str, str, str, str, str]]:
    """(icon, tone, title, text, action) of each kind in `vacancies_that_wait()`, the most urgent first."""
    return {
        "people": (
            "user",
            "apricot",
            _("People to choose from"),
            _("They said yes to your vacancy. Read about them and decide."),
            _("See the people"),
        ),
        "unlisted": ("alert-triangle", "danger", _("Vacancies that nobody sees"), _("The list says why."), _("See why")),
        "soon": (
            "clock",
            "",
            _("Start soon with free places"),
            _("Work begins within three weeks, and places are still free."),
            _("See the vacancies"),
        ),
        "drafts": ("documents", "", _("Drafts to finish"), _("Nobody sees a draft. Finish it, or close it."), _("Finish")),
    }


# An agency


def own_people(user: User) -> QuerySet[Candidate]:
    """The candidates in the open care of the agencies that somebody belongs to, with what an agency may know of their profiles."""
    agencies = Organisation.objects.of_member(user, Organisation.Kind.AGENCY)
    people = Candidate.objects.filter(pk__in=Care.objects.open().filter(agency__in=agencies).order_by().values("candidate"))
    return with_answered(people, SHOWN_TO_AGENCY)


NOT_WHOLE = Q(done__lt=len(SHOWN_TO_AGENCY))


def for_agency(user: User, agencies: Sequence[Organisation], now: datetime) -> list[Waiting]:
    """Five queries."""
    found = stopped_agencies(agencies, now)
    found += asked_for_money(user)
    ends = Q(pk__in=idle(Candidate.objects.all(), now + WARNED).order_by().values("pk"))
    people = own_people(user).aggregate(total=Count("pk"), incomplete=Count("pk", filter=NOT_WHOLE), ending=Count("pk", filter=ends))
    if not people["total"]:
        text = _(
            "Help somebody to sign up on their own phone. At the end of their profile they choose your agency; then you see them here."
        )
        return [*found, Waiting("user", _("Nobody is in your care yet"), text, _("See the profile"), reverse("matching:profile"))]
    waits = {kind: condition for kind, condition in matches_that_wait(user, now).items() if kind not in ("review", "shortlist")}
    counts = stirring(at_desk(user)).aggregate(**{kind: Count("pk", filter=condition) for kind, condition in waits.items()})
    counts |= (
        Match.objects.in_care_of(user)
        .filter(state=State.SUGGESTED)
        .aggregate(review=Count("vacancy"), vacancies=Count("vacancy", distinct=True))
    )
    for kind, (icon, tone, title, text) in desk_lists().items():
        if kind in waits and counts[kind]:
            url = reverse("matching:desk_waiting", args=[kind])
            found.append(Waiting(icon, title, text, _("Open the list"), url, counts[kind], tone))
    if looks := SecondLook.objects.visible_to(user).open().count():
        text = _("Another agency has declined somebody for a job. Would you have? You read no name.")
        found.append(Waiting("search", _("Second looks for others"), text, _("Open the list"), reverse("matching:second_looks"), looks))
    if counts["review"]:
        vacancies = counts["vacancies"]
        text = ngettext(
            "In %(count)d vacancy. Look at each person and decide.", "In %(count)d vacancies. Look at each person and decide.", vacancies
        )
        review = Waiting(
            "search",
            _("Suggestions to review"),
            text % {"count": vacancies},
            _("Open the desk"),
            reverse("matching:desk"),
            counts["review"],
        )
        found.append(review)
    if ending := people["ending"]:
        text = _("Nobody has done anything in the name of these people for long. Call them, or their profiles are emptied.")
        found.append(Waiting("clock", _("Profiles that end soon"), text, _("Open the list"), reverse("matching:ending_profiles"), ending))
    if people["incomplete"]:
        text = _("Some questions are not answered. Whoever says more is proposed for more jobs.")
        url = f"{reverse('matching:people')}?show=incomplete"
        found.append(Waiting("user", _("Unfinished profiles"), text, _("Open the list"), url, people["incomplete"]))
    return found


# Operators and authorities


def scoring_for_operator(now: datetime) -> list[Waiting]:
    """One query. As many minutes as the page of the runs tells."""
    delay = scoring_delay(now)
    if not delay:
        return []
    text = _("Changes wait longer than they should. See whether a worker is running.")
    minutes = int(delay.total_seconds() // 60) + 1
    return [Waiting("clock", _("Minutes that scoring is late"), text, _("Scoring runs"), reverse("matching:runs"), minutes, "danger")]


def asked_for_money(user: User) -> list[Waiting]:
    """Who wants this reader's help with somebody who wanted money: as many as the page lists as open."""
    count = FeeAnswer.objects.visible_to(user).open().exclude(match__candidate__user=user).count()
    if not count:
        return []
    text = _("Somebody wanted money from them for a job. They ask for your help.")
    return [Waiting("shield", _("Workers asked for money"), text, _("Open the list"), reverse("matching:fees"), count, "danger")]


def vacancies_for_reviewer(user: User) -> list[Waiting]:
    """As many as the page of vacancies to read lists."""
    count = to_review(user).count()
    if not count:
        return []
    text = _("Read each, then publish it or send it back with what to mend.")
    url = reverse("matching:review_vacancies")
    return [Waiting("briefcase", _("Vacancies to read"), text, _("Open the list"), url, count, "apricot")]


def exceptions_for_operator(user: User) -> list[Waiting]:
    """As many as the page of what to confirm lists."""
    count = to_confirm(user).count()
    if not count:
        return []
    text = _("One person has proposed them, and nobody else works at that agency. Confirm each, or decline.")
    return [Waiting("user", _("Exceptions to confirm"), text, _("Open the list"), reverse("matching:to_confirm"), count, "apricot")]


def audit_for_operator() -> list[Waiting]:
    """One query: the newest month's audit, where it has told the operators. It stands until the next month's."""
    newest = ScoringAudit.objects.exclude(month=None).order_by("-month").first()
    if newest is None or newest.noticed_at is None:
        return []
    text = _("One group gets less far than another, two months running. Read which, and what to do.")
    url = reverse("matching:audit", args=[newest.uid])
    return [Waiting("alert-triangle", _("Differences that last"), text, _("Read the audit"), url, len(notices(newest)), "danger")]


def signing_for_operator(unsigned: dict[str, int]) -> list[Waiting]:
    """`unsigned` is of `open_counts()`: as many as `manage.py check_ready` lists."""
    count = sum(unsigned.values())
    if not count:
        return []
    text = _("Nobody is proposed for a job until a person has looked at each of these.")
    return [Waiting("file-check", _("To sign before jobs may open"), text, _("Open the list"), reverse("matching:ready"), count)]


def for_authority(countries: Sequence[str]) -> list[tuple[str, int]]:
    """(what, how many) for these countries, of origin and of work alike. Two queries; whoever shows it hides what is too few."""
    placed = Match.objects.filter(state=State.PLACED).order_by().values("candidate")
    people = Candidate.objects.looking().filter(citizenship__in=countries).exclude(pk__in=placed).count()
    went = Q(candidate__citizenship__in=countries) | Q(vacancy__region__country__in=countries)
    agreed = Match.objects.filter(went, state__in=(State.AGREED, State.PLACED, State.ENDED)).count()
    return [(_("People looking for work through Safar"), people), (_("Contracts that both sides agreed to"), agreed)]
