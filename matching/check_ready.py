"""The release gate: what nobody has signed yet. Outside the demo, matching stays closed while the list is not empty."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import Exists, F, QuerySet, Value

from matching.models import DangerArea, EmployerFile, LegalRoute, LicenceRecognition, ScoringWeights, SignOff, Vacancy
from orientation.models import Fact
from portal.organisations.models import Organisation, SanctionEntry
from portal.support.models import Contact

OTHER_SUBJECTS = {
    "impact-assessment": "impact assessment (impact-assessment): nobody has signed it",
    "vetting-team": "vetting team (vetting-team): nobody has named it",
}


def language_subject(code: str) -> str:
    """The subject of the sign-off that says a native speaker has reviewed a language."""
    return f"language:{code}"


def unready() -> list[str]:
    """One line for each thing that still needs a person, in a fixed order. Empty: matching may open."""
    rows = [*_unsigned_rows(), *_unverified_facts(), *_uncalled_contacts()]
    return [*rows, *missing_subjects().values(), *_unknown_employers(), *_unapproved_weights(), *_missing_list_lines()]


def matching_is_open() -> bool:
    """Asked by scoring and by the screens: while it is False no list is made, and pages say "trial". Three queries at most."""
    return settings.DEMO or not (_something_is_open() or missing_subjects() or not _has_all_there_must_be())


def _something_is_open() -> bool:
    """The same rows as the lines below, looked for in one query."""
    first, *others = [row.order_by() for row in open_rows().values()]
    return first.union(*others, all=True).exists()


def _has_all_there_must_be() -> bool:
    """Routes, weights, and something of each sanctions list."""
    lists = [Exists(SanctionEntry.objects.filter(list=code)) for code in SanctionEntry.List]
    return LegalRoute.objects.filter(Exists(_approved_weights()), *lists).exists()


def open_rows() -> dict[str, QuerySet[Any]]:
    """The rows behind the lines, by kind."""
    law = {str(model._meta.model_name): _unsigned(model) for model in LAW}
    return {**law, "fact": _facts(), "contact": Contact.objects.never_reached(), "employer": _employers()}


def open_counts() -> dict[str, int]:
    """How many lines each kind has; "route": there is no legal route at all; "weights", "list", "subject": what has no rows. One query."""
    rows = {**open_rows(), "some route": LegalRoute.objects.all()[:1], "approved weights": _approved_weights()}
    rows |= {f"list {code}": SanctionEntry.objects.filter(list=code)[:1] for code in SanctionEntry.List}
    first, *others = [row.annotate(counted_as=Value(kind)).values_list("counted_as") for kind, row in rows.items()]
    signed = SignOff.objects.annotate(counted_as=F("subject")).values_list("counted_as")
    counts = Counter(kind for (kind,) in first.union(*others, signed, all=True))
    return {kind: counts[kind] for kind in open_rows()} | {
        "route": int(not counts["some route"]),
        "weights": int(not counts["approved weights"]),
        "list": sum(not counts[f"list {code}"] for code in SanctionEntry.List),
        "subject": sum(not counts[subject] for subject in subjects()),
    }


LAW = (LegalRoute, LicenceRecognition, DangerArea)


def _approved_weights() -> QuerySet[ScoringWeights]:
    """Those in force, unless they are the first of all and nobody has looked at them yet."""
    return ScoringWeights.objects.in_force_and_signed()


def _unsigned(model: Any) -> QuerySet[Any]:
    found: QuerySet[Any] = model.objects.unsigned().order_by("pk")
    return found


def _facts() -> QuerySet[Any]:
    return Fact.objects.filter(verified_at=None).order_by("code")


def _employers() -> QuerySet[Organisation]:
    """A ban of an activity can only hold where the employer's activities are known."""
    published = Vacancy.objects.filter(status=Vacancy.Status.PUBLISHED).order_by()
    known = EmployerFile.objects.exclude(activities=[]).order_by()
    return Organisation.objects.filter(pk__in=published.values("employer")).exclude(pk__in=known.values("employer"))


def subjects() -> dict[str, str]:
    """What somebody has to sign that has no rows of its own, with its line."""
    languages = {
        language_subject(code): f"language: {name} ({language_subject(code)}): nobody has reviewed it" for code, name in settings.LANGUAGES
    }
    return languages | OTHER_SUBJECTS


def missing_subjects() -> dict[str, str]:
    """Those of them that nobody has signed."""
    signed = set(SignOff.objects.order_by("pk").values_list("subject", flat=True))
    return {subject: line for subject, line in subjects().items() if subject not in signed}


def _unsigned_rows() -> Iterator[str]:
    if not LegalRoute.objects.exists():
        yield "legal routes: there are none"
    for model in LAW:
        for row in _unsigned(model):
            yield f"{model._meta.verbose_name}: {row}: nobody has signed it"


def _unverified_facts() -> Iterator[str]:
    for code in _facts().values_list("code", flat=True):
        yield f"fact: {code}: nobody has verified it"


def _uncalled_contacts() -> Iterator[str]:
    for slug in Contact.objects.never_reached().values_list("slug", flat=True):
        yield f"contact: {slug}: no call has been answered"


def _unknown_employers() -> Iterator[str]:
    for name in _employers().values_list("name", flat=True):
        yield f"employer: {name}: nobody has entered its activities"


def missing_lists() -> list[SanctionEntry.List]:
    """The sanctions lists that were never imported. One that has a hit needs nobody's signature here: it stops who is meant, not everybody."""
    there = SanctionEntry.objects.order_by("list").values_list("list", flat=True).distinct()
    return [code for code in SanctionEntry.List if code not in set(there)]


def _missing_list_lines() -> Iterator[str]:
    for code in missing_lists():
        yield f"sanctions list: {code.label}: nobody has imported it (manage.py import_sanctions {code})"


def _unapproved_weights() -> Iterator[str]:
    if not _approved_weights().exists():
        yield "weights of the score: nobody has approved those in force"
