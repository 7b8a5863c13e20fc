"""What is said of vacancies that Safar has stopped, and when that is over; each reads it in their language. Names of people stand in none."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matching.models import Match, State, Vacancy
from matching.models.routes import DangerArea
from matching.next_steps import STOPPED
from portal.organisations.models import Organisation
from portal.organisations.tell_members import tell_members
from portal.outbox.models import Purpose
from portal.outbox.notice import Notice
from portal.outbox.tell import tell

Peril = Vacancy.Peril


@dataclass(frozen=True)
class JobStopped(Notice):
    """To a candidate: little to read for whoever else holds the phone, what has happened stands in Safar."""

    purpose = Purpose.JOB_STOPPED
    match: Match

    def sms(self) -> str:
        return _("Safar: news about your job. Open Safar.")

    def subject(self) -> str:
        return _("News about your job")

    def body(self) -> str:
        step = STOPPED.get(State(self.match.state), STOPPED[State.EXPIRED])
        return f"{step.title}: {self.match.vacancy}. {step.text}"

    def link(self) -> str:
        return f"jobs/mine/{self.match.uid}/"


@dataclass(frozen=True)
class VacanciesStopped(Notice):
    """To the employer: what one cause has stopped, in one message."""

    purpose = Purpose.JOB_STOPPED
    vacancies: Sequence[Vacancy]

    def subject(self) -> str:
        if len(self.vacancies) == 1:
            return _("Stopped: %(vacancy)s") % {"vacancy": self.vacancies[0]}
        count = len(self.vacancies)
        return ngettext("Stopped: %(count)d vacancy", "Stopped: %(count)d vacancies", count) % {"count": count}

    def body(self) -> str:
        last = [_("Nobody new comes, and everybody concerned is told."), advice(self.vacancies[0])]
        return "\n\n".join([_named(self.vacancies), reason(self.vacancies[0]), *last])

    def link(self) -> str:
        return f"jobs/own/{self.vacancies[0].uid}/check/" if len(self.vacancies) == 1 else "jobs/own/"


@dataclass(frozen=True)
class PeopleStopped(VacanciesStopped):
    """To an agency: the numbers are of people in its care, by the state in which the stop found them."""

    placed: int = 0
    agreed: int = 0
    proposed: int = 0

    def body(self) -> str:
        lines = [_named(self.vacancies), reason(self.vacancies[0])]
        if self.placed:
            text = ngettext(
                "%(count)d person in your care is already there. Call them today: are they safe, do they want to come home?",
                "%(count)d people in your care are already there. Call them today: are they safe, do they want to come home?",
                self.placed,
            )
            lines.append(text % {"count": self.placed})
        if self.agreed:
            text = ngettext(
                "%(count)d person in your care has agreed to a contract and has not left yet. Call them today: nobody leaves now.",
                "%(count)d people in your care have agreed to a contract and have not left yet. Call them today: nobody leaves now.",
                self.agreed,
            )
            lines.append(text % {"count": self.agreed})
        if self.proposed:
            text = ngettext(
                "The proposal of %(count)d person in your care is closed. Tell them, and look for another job together.",
                "The proposals of %(count)d people in your care are closed. Tell them, and look for other jobs together.",
                self.proposed,
            )
            lines.append(text % {"count": self.proposed})
        return "\n\n".join([*lines, _("You find their names in Safar.")])

    def link(self) -> str:
        return "jobs/people/"


@dataclass(frozen=True)
class AgencyStopped(Notice):
    purpose = Purpose.JOB_STOPPED
    agency: Organisation

    def subject(self) -> str:
        return _("Your agency is stopped")

    def body(self) -> str:
        return f"{self.agency}: {agency_reason()} {agency_advice()}"


@dataclass(frozen=True)
class StopLifted(Notice):
    """To an employer or an agency that no list stops any more."""

    purpose = Purpose.ORGANISATION
    organisation: Organisation

    def subject(self) -> str:
        return _("You are not stopped any more")

    def body(self) -> str:
        lines = [_("%(organisation)s: no sanctions list stops you any more.") % {"organisation": self.organisation}]
        if self.organisation.kind == Organisation.Kind.AGENCY:
            lines.append(_("People can choose you again, and you can send people again."))
        else:
            lines.append(_("You can publish vacancies again. Those that were stopped stay closed: write anew what you still need."))
        return "\n\n".join(lines)

    def link(self) -> str:
        return "jobs/desk/" if self.organisation.kind == Organisation.Kind.AGENCY else "jobs/own/"


@dataclass(frozen=True)
class DangerOver(Notice):
    """To an employer that has vacancies which that danger stopped."""

    purpose = Purpose.VACANCY
    area: DangerArea
    vacancies: Sequence[Vacancy]

    def subject(self) -> str:
        return _("The danger is over: %(region)s") % {"region": self.area.region}

    def body(self) -> str:
        lines = [_("You can write vacancies for work there again. These were stopped and stay closed: write anew what you still need.")]
        return "\n\n".join([*lines, _listed(self.vacancies)])

    def link(self) -> str:
        return "jobs/own/"


def tell_candidates(matches: Iterable[Match], now: datetime) -> None:
    """Each their page; several jobs that are stopped together are one SMS."""
    for match in matches:
        if match.candidate.user is not None:
            tell(match.candidate.user, JobStopped(match), now)


def tell_agency(agency: Organisation, vacancies: Sequence[Vacancy], people: Iterable[tuple[int, State]], now: datetime) -> None:
    """`people` are the candidates in its care, each with the state in which the stop found them, in one vacancy or several."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for candidate, state in people:
        found[{State.PLACED: "placed", State.AGREED: "agreed"}.get(state, "proposed")].add(candidate)
    tell_members(agency, PeopleStopped(vacancies, **{name: len(whose) for name, whose in found.items()}), now)


def tell_employer(vacancies: Sequence[Vacancy], now: datetime) -> None:
    """All are of one employer, and stopped by one cause."""
    tell_members(vacancies[0].employer, VacanciesStopped(vacancies), now)


def tell_stopped_agency(agency: Organisation, now: datetime) -> None:
    tell_members(agency, AgencyStopped(agency), now)


def tell_lifted(organisation: Organisation, now: datetime) -> None:
    tell_members(organisation, StopLifted(organisation), now)


def tell_danger_over(area: DangerArea, vacancies: Sequence[Vacancy], now: datetime) -> None:
    """Once, however often it is called."""
    tell_members(vacancies[0].employer, DangerOver(area, vacancies), now, key=f"danger-over-{area.pk}-{area.valid_to}")


def _named(vacancies: Sequence[Vacancy]) -> str:
    employer = vacancies[0].employer
    if len(vacancies) > 1:
        return "\n".join([_("Safar has stopped vacancies of %(employer)s:") % {"employer": employer}, _listed(vacancies)])
    values = {"vacancy": vacancies[0], "employer": employer, "region": vacancies[0].region}
    return _("Safar has stopped a vacancy: %(vacancy)s, %(employer)s, %(region)s.") % values


def _listed(vacancies: Sequence[Vacancy]) -> str:
    return "\n".join(f"– {vacancy}, {vacancy.region}" for vacancy in vacancies)


def reason(vacancy: Vacancy) -> str:
    """Why it was stopped."""
    return reason_of(Peril(vacancy.stopped_because))


def advice(vacancy: Vacancy) -> str:
    """What its employer can do."""
    return advice_of(Peril(vacancy.stopped_because))


def reason_of(peril: Peril) -> str:
    return {
        Peril.AREA: _("The place is dangerous now. Safar sends nobody there."),
        Peril.GOODS: _("Weapons or other military goods are made there. Safar sends nobody there."),
        Peril.SANCTIONS: _("The employer’s name is on a sanctions list. Safar sends nobody there until a person has looked at it."),
    }[peril]


def advice_of(peril: Peril) -> str:
    return {
        Peril.AREA: _("You may write a vacancy for work at another place."),
        Peril.GOODS: _("If you make no such goods, tell Safar: your activities are written down wrongly."),
        Peril.SANCTIONS: _(
            "A person at Safar finds out whether you are meant. If you are not, you can publish vacancies again after that."
        ),
    }[peril]


def agency_reason() -> str:
    return _("Your name is on a sanctions list. Nobody can choose you, and you send nobody, until a person at Safar has looked at it.")


def agency_advice() -> str:
    return _("You need not do anything. If you can show that somebody else is meant, tell Safar.")
