"""The release gate: what nobody has signed yet. Outside the demo, matching stays closed while the list is not empty."""

from collections.abc import Iterator

from django.conf import settings

from matching.models import DangerArea, EmployerFile, LegalRoute, LicenceRecognition, SignOff, Vacancy
from orientation.models import Fact
from portal.support.models import Contact, ContactPhone

OTHER_SUBJECTS = {
    "impact-assessment": "impact assessment (impact-assessment): nobody has signed it",
    "vetting-team": "vetting team (vetting-team): nobody has named it",
}


def language_subject(code: str) -> str:
    """The subject of the sign-off that says a native speaker has reviewed a language."""
    return f"language:{code}"


def unready() -> list[str]:
    """One line for each thing that still needs a person, in a fixed order. Empty: matching may open."""
    return [*_unsigned_rows(), *_unverified_facts(), *_uncalled_contacts(), *_unsigned_subjects(), *_unknown_employers()]


def matching_is_open() -> bool:
    """Asked by scoring and by the screens: while it is False no list is made, and pages say "trial"."""
    return settings.DEMO or not unready()


def _unsigned_rows() -> Iterator[str]:
    if not LegalRoute.objects.exists():
        yield "legal routes: there are none"
    for model in (LegalRoute, LicenceRecognition, DangerArea):
        for row in model.objects.unsigned().order_by("pk"):
            yield f"{model._meta.verbose_name}: {row}: nobody has signed it"


def _unverified_facts() -> Iterator[str]:
    for code in Fact.objects.filter(verified_at=None).order_by("code").values_list("code", flat=True):
        yield f"fact: {code}: nobody has verified it"


def _uncalled_contacts() -> Iterator[str]:
    answered = ContactPhone.objects.answered().values("contact")
    with_phones = ContactPhone.objects.values("contact")
    for slug in Contact.objects.filter(pk__in=with_phones).exclude(pk__in=answered).order_by("slug").values_list("slug", flat=True):
        yield f"contact: {slug}: no call has been answered"


def _unsigned_subjects() -> Iterator[str]:
    signed = set(SignOff.objects.order_by("pk").values_list("subject", flat=True))
    for code, name in settings.LANGUAGES:
        if language_subject(code) not in signed:
            yield f"language: {name} ({language_subject(code)}): nobody has reviewed it"
    yield from (line for subject, line in OTHER_SUBJECTS.items() if subject not in signed)


def _unknown_employers() -> Iterator[str]:
    """A ban of an activity can only hold where the employer's activities are known."""
    known = EmployerFile.objects.exclude(activities=[]).values("employer")
    open_vacancies = Vacancy.objects.filter(status=Vacancy.Status.PUBLISHED).exclude(employer__in=known)
    for name in open_vacancies.order_by("employer__name").values_list("employer__name", flat=True).distinct():
        yield f"employer: {name}: nobody has entered its activities"
