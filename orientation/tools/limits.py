"""Which facts limit a stay, by corridor, and what each counts. How many days is the fact's own number."""

from dataclasses import dataclass
from datetime import date

from orientation.models import Fact
from orientation.tools.days import Kind, Limit
from orientation.tools.deadlines import holds
from portal.places.corridors import Corridor


@dataclass(frozen=True, slots=True)
class Rule:
    """`span` is the code of the fact whose number is a window's length."""

    code: str
    kind: Kind
    span: str = ""


_RUSSIA = (Rule("RU-STAY-90", Kind.YEAR),)
_KZ_SPAN = "KZ-STAY-SPAN"
RULES = {
    Corridor.TJ_RU: _RUSSIA,
    Corridor.UZ_RU: _RUSSIA,
    Corridor.KG_RU: _RUSSIA,
    Corridor.TJ_KZ: (Rule("KZ-STAY-TJ", Kind.ENTRY), Rule("KZ-STAY-TJ-WINDOW", Kind.WINDOW, _KZ_SPAN)),
    Corridor.UZ_KZ: (Rule("KZ-STAY-UZ", Kind.ENTRY), Rule("KZ-STAY-UZ-WINDOW", Kind.WINDOW, _KZ_SPAN)),
    Corridor.KG_KZ: (Rule("KZ-STAY-KG", Kind.WINDOW, _KZ_SPAN),),
}
LONGER = {Corridor.KG_RU: "EAEU-STAY", Corridor.KG_KZ: "EAEU-STAY"}  # a work contract lets stay until its end
CODES = sorted({code for rules in RULES.values() for rule in rules for code in (rule.code, rule.span) if code} | set(LONGER.values()))


def limits_of(facts: dict[str, Fact], today: date) -> dict[str, Limit]:
    """Code of a fact → its limit. A rule is left out where a number of its is not known today, so that nobody counts on too many days."""

    def days(code: str) -> int:
        fact = facts.get(code)
        return int(fact.number_on(today) or 0) if fact and fact.unit == Fact.Unit.DAY and holds(fact, today) else 0

    rules = {rule.code: rule for rules in RULES.values() for rule in rules}
    return {
        code: Limit(code, rule.kind, days(code), days(rule.span) if rule.span else 0)
        for code, rule in rules.items()
        if days(code) and (not rule.span or days(rule.span))
    }
