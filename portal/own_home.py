"""Who somebody is to Safar, and what waits for them as each of these: the sections of their own home page."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from matching import waiting as jobs
from matching.check_ready import open_counts
from matching.models import Candidate
from orientation import waiting as learning
from orientation.models import EditionPage
from orientation.views import course_rows
from placements import waiting as placed
from portal.accounts.models import User
from portal.accounts.second_factor import has_second_factor
from portal.money import waiting as rates
from portal.organisations import waiting as organisations
from portal.organisations.models import Organisation
from portal.outbox import waiting as messages
from portal.support import waiting as support
from portal.support.models import Contact
from portal.ui.waiting import Waiting, shown_count
from remittances import waiting as prices
from remittances.plan import waiting as plans
from remittances.rules import can_collect, can_review
from training import waiting as training

Kind = Organisation.Kind
MOST = 6  # more than that is a list, not a next step


@dataclass(frozen=True, slots=True)
class Door:
    """A page that is always there, whatever waits."""

    icon: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    role: str
    items: list[Waiting]
    doors: list[Door]
    numbers: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class OwnHome:
    """`is_closed`: other people's data waits here and this session has shown no second factor, so nothing of it is counted."""

    sections: list[Section]
    is_closed: bool
    is_personal: bool
    origin: str


def own_home(request: HttpRequest, pages: list[EditionPage], now: datetime) -> OwnHome:
    """A section for each thing that the person is. `pages` are the courses' own pages."""
    user: User = request.user  # type: ignore[assignment]
    places = list(Organisation.objects.filter(memberships__user=user))
    candidate = jobs.own_candidate(user)
    is_open = has_second_factor(request)
    staff = _staff(user, is_open, now) if user.is_staff else []
    work = [*_at_work(user, places, pages, is_open, now), *staff, *_collecting(user)]
    is_personal = bool(user.phone or candidate or not work)
    mine = [_personal(request, user, candidate, pages, now)] if is_personal else []
    needs_second_factor = user.is_staff or any(place.kind in (Kind.EMPLOYER, Kind.AGENCY) for place in places)
    return OwnHome([*mine, *work], needs_second_factor and not is_open, is_personal, candidate.citizenship if candidate else "")


def _personal(request: HttpRequest, user: User, candidate: Candidate | None, pages: list[EditionPage], now: datetime) -> Section:
    lesson = learning.for_learner(course_rows(request, pages))
    now_jobs, later_jobs = jobs.for_candidate(user, candidate, now)
    money = Waiting(
        "wallet",
        _("Before you send money home"),
        _("See what each way really costs, and how much arrives."),
        _("Compare"),
        reverse("remittances:compare"),
        tone="leaf",
    )
    # Whoever has no profile yet begins with a lesson, unless an agency asks them; for the others somebody may be waiting.
    first, then = (now_jobs, lesson) if candidate or len(now_jobs) > 1 else (lesson, now_jobs)
    asked, at_leisure = placed.for_worker(user, now) if candidate else ([], [])
    items = [
        *asked,
        *first,
        *training.for_learner(candidate, now),
        *then,
        *at_leisure,
        *plans.for_saver(user, localdate(now)),
        *later_jobs,
        money,
    ]
    return Section(_("For you"), "", items[:MOST], [])


def _at_work(user: User, places: list[Organisation], pages: list[EditionPage], is_open: bool, now: datetime) -> list[Section]:
    """The organisations of a kind share a section, because their pages are shared too."""

    def section(kind: Kind, items: list[Waiting], doors: list[Door], numbers: Sequence[tuple[str, int]] = ()) -> Section:
        names = ", ".join(place.name for place in at[kind])
        items = [*organisations.for_members(at[kind]), *items][:MOST]
        doors = [*doors, *(Door("shield", place.name, reverse("organisations:own", args=[place.uid])) for place in at[kind])]
        return Section(names, str(kind.label), items, doors, [(label, shown_count(count)) for label, count in numbers])

    at = {kind: [place for place in places if place.kind == kind] for kind in Kind}
    found = []
    if employers := at[Kind.EMPLOYER]:
        doors = [
            Door("briefcase", _("Our vacancies"), reverse("matching:own_vacancies")),
            Door("file-check", _("Write a vacancy"), reverse("matching:new_vacancy")),
            Door("message", _("What workers told you"), reverse("placements:told")),
        ]
        found.append(section(Kind.EMPLOYER, jobs.for_employer(user, employers, now) if is_open else [], doors))
    if agencies := at[Kind.AGENCY]:
        doors = [
            Door("search", _("Review desk"), reverse("matching:desk")),
            Door("user", _("Our people"), reverse("matching:people")),
            Door("map-pin", _("Who is where"), reverse("placements:placed")),
            Door("clock", _("Scoring runs"), reverse("matching:runs")),
        ]
        found.append(section(Kind.AGENCY, jobs.for_agency(user, agencies, now) if is_open else [], doors))
    if at[Kind.TRAINING_CENTRE]:
        doors = [
            Door("user", _("Our courses"), reverse("training:own")),
            Door("file-check", _("Write a course"), reverse("training:new")),
            Door("book", _("All lessons"), reverse("learn:courses")),
        ]
        if any(place.vetted_at for place in at[Kind.TRAINING_CENTRE]):
            doors.append(Door("user", _("Our classes"), reverse("learn:own_classes")))
        items = [*learning.next_class(user, now), *training.for_centre(user, now), *learning.for_trainer(pages, localdate(now))]
        found.append(section(Kind.TRAINING_CENTRE, items, doors))
    if authorities := at[Kind.AUTHORITY]:
        countries = sorted({place.country_id for place in authorities})
        numbers = [*jobs.for_authority(countries), learning.for_authority(countries)]
        doors = [
            Door("briefcase", _("Vacancies"), reverse("matching:vacancies")),
            Door("book", _("All lessons"), reverse("learn:courses")),
        ]
        if any(place.vetted_at for place in authorities):
            doors.append(Door("user", _("Our classes"), reverse("learn:own_classes")))
            doors.append(Door("user", _("Fair chances"), reverse("matching:audits")))
            doors.append(Door("wage", _("Pay promised and received"), reverse("placements:pay")))
            doors.append(Door("wallet", _("Money: what the programme counts"), reverse("remittances:figures")))
            doors.append(Door("file-check", _("Vacancies to read"), reverse("matching:review_vacancies")))
            doors.append(Door("check", _("Courses to endorse"), reverse("learn:endorsements")))
            doors.append(Door("shield", _("Organisations to check"), reverse("organisations:vetting")))
        waiting = [*organisations.for_authority(user, now), *learning.for_endorser(authorities, pages, localdate(now))] if is_open else []
        items = [*learning.next_class(user, now), *waiting]
        found.append(section(Kind.AUTHORITY, items, doors, numbers))
    return found


def _collecting(user: User) -> list[Section]:
    """Of whoever only collects prices: operators have a door of their own."""
    if not getattr(user, "is_in_group", True) or can_review(user) or not can_collect(user):
        return []
    return [Section("Safar", _("price collector"), [prices.for_collector()], [])]


def _staff(user: User, is_open: bool, now: datetime) -> list[Section]:
    """By their rights, as the console goes by them."""
    audit = Door("user", _("Fair chances"), reverse("matching:audits"))
    console = Door("shield", _("Editing and administration"), reverse("admin:index"))
    found = []
    if user.has_perm("organisations.change_organisation"):
        items = []
        if is_open:
            items += [
                *messages.for_operator(now),
                *placed.for_operator(user),
                *jobs.asked_for_money(user),
                *rates.for_operator(localdate(now)),
                *jobs.vacancies_for_reviewer(user),
                *jobs.exceptions_for_operator(user),
                *jobs.scoring_for_operator(now),
                *jobs.audit_for_operator(),
                *organisations.for_operator(user, now),
                *prices.stopped_for_operator(localdate(now)),
            ]
            unsigned = open_counts()
            items += [*jobs.signing_for_operator(unsigned), *support.to_call(unsigned["contact"]), *prices.for_operator(localdate(now))]
        pay = Door("wage", _("Pay promised and received"), reverse("placements:pay"))
        erase = Door("x", _("Erase a profile without an account"), reverse("matching:erase_walk_in"))
        money = Door("wallet", _("Money: what the programme counts"), reverse("remittances:figures"))
        to_look_up = Door("wallet", _("Prices to look up"), reverse("remittances:prices"))
        doors = [console, Door("clock", _("Scoring runs"), reverse("matching:runs")), audit, pay, to_look_up, money, erase]
        found.append(Section("Safar", _("operator"), items[:MOST], doors))
    if user.has_perm("orientation.change_fact"):
        board = Door("file-check", _("Editors' board"), reverse("admin:learning_board"))
        items = (
            [
                *learning.texts_for_editor(user),
                *learning.for_editor(localdate(now)),
                *support.to_call(Contact.objects.never_reached().count()),
            ]
            if is_open
            else []
        )
        found.append(
            Section("Safar", _("editor"), items[:MOST], [console, board, Door("book", _("All lessons"), reverse("learn:courses"))])
        )
    return found
