"""What somebody typed into the day counter: everything is kept as typed, and each fault stands beside its field."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.http import QueryDict
from django.utils.translation import gettext as _

from orientation.tools.days import Fault, Stay, Typed, find_faults
from portal.places.corridors import Corridor

MOST = 200
LONGEST = 20  # letters of a day
FORMATS = ("%Y-%m-%d", "%d.%m.%Y")


@dataclass(slots=True)
class Row:
    entry: str = ""
    exit: str = ""
    problems: dict[str, str] = field(default_factory=lambda: {"entry": "", "exit": ""})


@dataclass(slots=True)
class Asked:
    """`problems` are of the fields of the whole form."""

    corridor: str = ""
    rows: list[Row] = field(default_factory=lambda: [Row()])
    stays: list[Stay] = field(default_factory=list)
    document_typed: str = ""
    contract_typed: str = ""
    document_ends: date | None = None
    contract_ends: date | None = None
    problems: dict[str, str] = field(default_factory=lambda: dict.fromkeys(("corridor", "stays", "document", "contract"), ""))

    @property
    def is_clear(self) -> bool:
        return not any(problem for problems in (self.problems, *(row.problems for row in self.rows)) for problem in problems.values())


def fault_words() -> dict[str, str]:
    return {
        Fault.BAD: _("There is no such day. Write it like 05.03.2026."),
        Fault.FUTURE: _("This day has not come yet."),
        Fault.NO_ENTRY: _("Write the day you came, too."),
        Fault.BACKWARDS: _("This is before the day you came. Look at both days again."),
        Fault.STILL: _("You came once more later: write the day you left."),
        Fault.OVERLAP: _("On this day you were still there from another time. Look at both again."),
    }


def read_day(typed: str) -> date | None:
    """Raises ValueError for what is no day; None for nothing."""
    if not typed:
        return None
    for form in FORMATS:
        try:
            day = datetime.strptime(typed, form).date()  # noqa: DTZ007  a day of law has no zone here
        except ValueError:
            continue
        if 1900 <= day.year < date.max.year:  # there are days after it to count to
            return day
    raise ValueError(typed)


def typed_days(post: QueryDict) -> Asked:
    """The form as it was typed, at most `MOST` stays of it, nothing read yet."""
    entries, exits = ([typed.strip()[:LONGEST].replace("\x00", "") for typed in post.getlist(name)] for name in ("entry", "exit"))
    length = max(len(entries), len(exits), 1)
    entries, exits = (typed + [""] * (length - len(typed)) for typed in (entries, exits))
    rows = [Row(entry, exit_) for entry, exit_ in zip(entries, exits, strict=True)]
    told = {name: post.get(name, "").strip()[:LONGEST].replace("\x00", "") for name in ("corridor", "document_ends", "contract_ends")}
    asked = Asked(told["corridor"], rows[:MOST], document_typed=told["document_ends"], contract_typed=told["contract_ends"])
    if length > MOST:
        asked.problems["stays"] = _("Write at most %(most)s stays.") % {"most": MOST}
    return asked


def read_days(post: QueryDict, today: date) -> Asked:
    asked, words = typed_days(post), fault_words()
    if asked.corridor not in Corridor.values:
        asked.corridor = ""
        asked.problems["corridor"] = _("Choose where you come from and where you go.")
    days: list[Typed] = []
    for row in asked.rows:
        days.append((_read(row.entry, "entry", row.problems), _read(row.exit, "exit", row.problems)))
    for (place, name), fault in find_faults(days, today).items():
        asked.rows[place].problems[name] = asked.rows[place].problems[name] or words[fault]
    asked.document_ends = _read(asked.document_typed, "document", asked.problems)
    asked.contract_ends = _read(asked.contract_typed, "contract", asked.problems)
    asked.stays = [(entry, exit_) for entry, exit_ in days if entry]
    return asked


def _read(typed: str, name: str, problems: dict[str, str]) -> date | None:
    try:
        return read_day(typed)
    except ValueError:
        problems[name] = fault_words()[Fault.BAD]
        return None
