"""An operator suspends an employer, which hides its vacancies at once, and lifts that again: for a reason that stays on record."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from matching.mark import mark_vacancies_of
from matching.models import EmployerFile
from portal.accounts.models import User
from portal.organisations import rules
from portal.organisations.models import Organisation, Person
from portal.organisations.tell_members import tell_members
from portal.outbox.models import Purpose
from portal.outbox.notice import Notice


@dataclass(frozen=True)
class Suspended(Notice):
    """The reason is the operators': it may name a worker."""

    purpose = Purpose.JOB_STOPPED
    employer: Organisation

    def subject(self) -> str:
        return _("%(employer)s is suspended") % {"employer": self.employer}

    def body(self) -> str:
        text = _("%(employer)s: your vacancies are hidden and nobody is sent to you. Put right what was wrong, then tell Safar.")
        return text % {"employer": self.employer}

    def link(self) -> str:
        return "jobs/own/"


class Lifted(Suspended):
    def subject(self) -> str:
        return _("%(employer)s is not suspended any more") % {"employer": self.employer}

    def body(self) -> str:
        return _("%(employer)s: people see your vacancies again.") % {"employer": self.employer}


def may_suspend(user: Person, employer: Organisation) -> bool:
    is_employer = employer.kind == Organisation.Kind.EMPLOYER
    return is_employer and user.has_perm("matching.change_employerfile") and rules.can_vet(user, employer)


def suspend(employer: Organisation, because: str, *, by: User, now: datetime) -> None:
    """Suspended already: the newer reason stands, and nobody is told again."""
    _change(employer, because, by, now, suspended=True)


def lift(employer: Organisation, because: str, *, by: User, now: datetime) -> None:
    _change(employer, because, by, now, suspended=False)


@transaction.atomic
def _change(employer: Organisation, because: str, by: User, now: datetime, *, suspended: bool) -> None:
    because = because.strip()
    if not may_suspend(by, employer):
        raise PermissionDenied
    if not because:
        raise ValueError("A suspension, and lifting one, has a reason.")
    Organisation.objects.select_for_update().get(pk=employer.pk)
    file, _is_new = EmployerFile.objects.get_or_create(employer=employer)
    was = bool(file.suspended_because)
    if not suspended and not was:
        return
    file.suspended_because = because if suspended else ""
    file.save(update_fields=["suspended_because"])
    words = f"Suspended: {because}" if suspended else f"Suspension lifted: {because}"
    LogEntry.objects.log_actions(by.pk, [file], CHANGE, words, single_object=True)
    mark_vacancies_of(employer, now)
    if was != suspended:
        tell_members(employer, Suspended(employer) if suspended else Lifted(employer), now)
