"""What is looked at before an organisation is vetted: who it is, the IRIS principles (A, B, 1 to 5), the ILO definition of fees."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.organisations.models import Organisation, SanctionHit, VettingAnswer

Kind = Organisation.Kind
Result = VettingAnswer.Result
REMINDED = timedelta(days=30)  # before the end of evidence
GRACE = timedelta(days=30)  # after it

REGISTER = gettext_lazy("Who it is")
HEADINGS: dict[str, Promise] = {
    "": REGISTER,
    "A": gettext_lazy("Respect for laws and rights at work"),
    "B": gettext_lazy("Ethical conduct"),
    "1": gettext_lazy("No fees and costs for workers"),
    "2": gettext_lazy("Freedom of movement"),
    "3": gettext_lazy("Clear terms of work"),
    "4": gettext_lazy("Protection of personal data"),
    "5": gettext_lazy("A way to complain"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """`principle` is a key of `HEADINGS`. Without `must` it may also not apply, or be wrong and be put right later."""

    code: str
    principle: str
    text: Promise
    must: bool = True
    kinds: tuple[Kind, ...] = (Kind.EMPLOYER, Kind.AGENCY, Kind.TRAINING_CENTRE, Kind.AUTHORITY)


HIRES = (Kind.EMPLOYER, Kind.AGENCY)
TAKES_PART = (*HIRES, Kind.TRAINING_CENTRE)

CHECKLIST = (
    Item("register", "", gettext_lazy("The public register shows this name and number, and the organisation is active.")),
    Item("sanctions", "", gettext_lazy("No sanctions list means this organisation, its owners or those who run it.")),
    Item("mailbox", "", gettext_lazy("The mailbox belongs to the organisation. A free mailbox needs another proof, such as a call back.")),
    Item("licence", "A", gettext_lazy("The licence to send people abroad is valid."), kinds=(Kind.AGENCY,)),
    Item(
        "permit", "A", gettext_lazy("The permit to teach is valid, where the law asks for one."), must=False, kinds=(Kind.TRAINING_CENTRE,)
    ),
    Item("law", "A", gettext_lazy("No open case of forced labour, child labour or unpaid wages is known."), kinds=TAKES_PART),
    Item("adults", "A", gettext_lazy("Nobody under 18 is hired."), kinds=HIRES),
    Item("owners", "B", gettext_lazy("It is known who owns and runs it."), kinds=TAKES_PART),
    Item("agents", "B", gettext_lazy("Everybody who recruits for it is named, and works by the same rules."), must=False, kinds=HIRES),
    Item(
        "fees",
        "1",
        gettext_lazy("Workers pay nothing to be hired, neither directly nor out of their wage. This stands in writing."),
        kinds=TAKES_PART,
    ),
    Item(
        "costs",
        "1",
        gettext_lazy(
            "Workers do not pay for medical checks, insurance, tests, training, tools, travel, lodging or papers, "
            "except where the law says so; then they are told before."
        ),
        kinds=HIRES,
    ),
    Item("hidden", "1", gettext_lazy("There are no deposits, bonds, bribes or hidden costs."), kinds=HIRES),
    Item("movement", "2", gettext_lazy("Workers keep their own documents, and may leave the work and the lodging."), kinds=HIRES),
    Item(
        "terms", "3", gettext_lazy("Workers get a contract in their language before they leave, and nobody replaces it later."), kinds=HIRES
    ),
    Item("data", "4", gettext_lazy("It is written down who may see data about people, and for how long it is kept."), must=False),
    Item(
        "complaints",
        "5",
        gettext_lazy("Workers can complain free of charge, in their language, without being punished for it."),
        kinds=TAKES_PART,
    ),
)


def items_for(kind: str) -> list[Item]:
    return [item for item in CHECKLIST if kind in item.kinds]


def answers_of(organisation: Organisation) -> dict[str, VettingAnswer]:
    return {answer.item: answer for answer in organisation.answers.select_related("written_by")}


def newest(answers: Mapping[str, VettingAnswer]) -> datetime | None:
    """When the last of them was written."""
    return max((answer.written_at for answer in answers.values()), default=None)


def gaps(organisation: Organisation, answers: Mapping[str, VettingAnswer], day: date) -> list[str]:
    """What keeps an organisation from being signed for, as sentences. `answers` are of `answers_of()`."""
    found = []
    if SanctionHit.objects.blocking(day).filter(organisation=organisation).exists():
        found.append(_("Its name is on a sanctions list. Somebody says in the console first whom the list means."))
    for item in items_for(organisation.kind):
        answer = answers.get(item.code)
        if answer is None:
            found.append(_("Not answered yet: %(item)s") % {"item": item.text})
        elif item.must and answer.result != Result.PASS:
            found.append(_("This has to be right: %(item)s") % {"item": item.text})
        elif answer.result == Result.PASS and answer.valid_to is not None and answer.valid_to < day:
            found.append(_("The evidence is out of date: %(item)s") % {"item": item.text})
    return found


def text_of(code: str) -> str:
    return next((str(item.text) for item in CHECKLIST if item.code == code), code)


def failed(kind: str, answers: Iterable[VettingAnswer]) -> bool:
    """Something that has to be right is not."""
    must = {item.code for item in items_for(kind) if item.must}
    return any(answer.item in must and answer.result != Result.PASS for answer in answers)
