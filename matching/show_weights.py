"""A version of the weights as a page shows it: beside the one in force, and by whom."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matching.models import ScoringWeights, Skill
from matching.scoring.weights import FITS, SUITS
from matching.show_match import LABELS
from portal.accounts.models import User
from portal.organisations.models import Person

MOST = 15  # skills
SIDES: list[tuple[str, Promise, dict[str, int]]] = [
    ("fits", gettext_lazy("Fits the job"), FITS),
    ("suits", gettext_lazy("Suits the person"), SUITS),
]


@dataclass(frozen=True, slots=True)
class Line:
    label: str | Promise
    before: int
    after: int


def side_by_side(row: ScoringWeights, standing: ScoringWeights | None) -> list[tuple[str | Promise, list[Line]]]:
    """Both sides' components: in the version in force and in this one."""
    before = (standing or row).numbers
    return [(title, [Line(LABELS[code], before[side][code], row.numbers[side][code]) for code in codes]) for side, title, codes in SIDES]


def rarity_differences(row: ScoringWeights, standing: ScoringWeights | None) -> tuple[int, list[Line]]:
    """How many skills weigh another amount than in the version in force, and those with the largest difference by name.

    A skill that a version does not list weighs what is usual in it.
    """
    before, after = (standing or row).numbers, row.numbers
    skills = before["rarity"].keys() | after["rarity"].keys()
    lines = {skill: (before["rarity"].get(skill, before["usual"]), after["rarity"].get(skill, after["usual"])) for skill in skills}
    changed = sorted((skill for skill, (old, new) in lines.items() if old != new), key=lambda pk: (-abs(lines[pk][1] - lines[pk][0]), pk))
    names = {str(skill.pk): str(skill) for skill in Skill.objects.filter(pk__in=changed[:MOST]).order_by("pk")}
    return len(changed), [Line(names.get(skill, "–"), *lines[skill]) for skill in changed[:MOST]]


def author_names(row: ScoringWeights, reader: Person) -> dict[str, str]:
    return {"proposed": _name(row.proposed_by, reader), "approved": _name(row.approved_by, reader)}


def _name(author: User | None, reader: Person) -> str:
    """Operators know one another; to agencies an operator is one."""
    if author is None:
        return ""
    if author == reader:
        return _("you")
    return (author.email or str(author)) if reader.has_perm("matching.view_scoringweights") else _("an operator")
