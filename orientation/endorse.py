"""An authority vouches for a course as it is now, until a day, and may take that back."""

from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from orientation.models import CourseEdition, EditionPage, Endorsement
from portal.accounts.models import User
from portal.organisations.models import Organisation, OrganisationQuerySet, Person

LONGEST = timedelta(days=3 * 365 + 1)  # three years


class NotEndorsable(ValueError):
    """Says what to do."""


def authorities_of(user: Person) -> OrganisationQuerySet:
    """For which somebody may sign: vetted ones."""
    return Organisation.objects.vetted().of_member(user, Organisation.Kind.AUTHORITY)


def is_about(page: EditionPage, country: str) -> bool:
    """Whether the course is about a road from or to the country; a course without corridors is about all. `page` is the course's own."""
    corridors = page.content["outline"]["corridors"]
    return not corridors or any(country in corridor.split("-") for corridor in corridors)


def endorsed(page: EditionPage) -> list[str]:
    """A sentence for each that stands. `page` is of `with_endorsements()`."""
    standing: list[dict[str, str]] = page.endorsements  # type: ignore[attr-defined]
    return [
        _("Endorsed by %(authority)s until %(day)s.")
        % {"authority": told["authority"], "day": date_format(date.fromisoformat(told["until"]))}
        for told in standing
    ]


@transaction.atomic
def endorse(edition: CourseEdition, authority: Organisation, by: User, until: date | None, now: datetime) -> Endorsement:
    """The same day again changes nothing; another day is another signature. Raises `NotEndorsable`, or `PermissionDenied`."""
    edition = _locked(edition, authority, by)
    today = localdate(now)
    if not edition.is_current:
        raise NotEndorsable(_("The course has changed since you opened this page. Read it again, then sign."))
    if until is None or not today < until <= today + LONGEST:
        raise NotEndorsable(_("Choose a day after today, three years from now at most."))
    known = Endorsement.objects.filter(edition=edition, authority=authority, withdrawn_at=None)
    if same := known.filter(until=until).first():
        return same
    known.update(withdrawn_at=now)
    return Endorsement.objects.create(edition=edition, authority=authority, signed_by=by, signed_at=now, until=until)


@transaction.atomic
def withdraw_endorsement(edition: CourseEdition, authority: Organisation, by: User, now: datetime) -> bool:
    """Of whatever edition. False if there was nothing to take back. Raises `PermissionDenied`."""
    edition = _locked(edition, authority, by)
    return Endorsement.objects.filter(edition=edition, authority=authority, withdrawn_at=None).update(withdrawn_at=now) == 1


def _locked(edition: CourseEdition, authority: Organisation, by: User) -> CourseEdition:
    page = EditionPage.objects.filter(edition=edition, slug=EditionPage.COURSE)[0]
    if not authorities_of(by).filter(pk=authority.pk).exists() or not is_about(page, authority.country_id):
        raise PermissionDenied
    return CourseEdition.objects.select_for_update().get(pk=edition.pk)
