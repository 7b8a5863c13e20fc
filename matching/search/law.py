"""What the law says about a vacancy for citizens of a country, as its page prints it: the way, whether there is time, the steps."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from matching.legal_way import LegalWay, legal_way
from matching.models import LegalRoute, Vacancy
from matching.models.routes import DEMO
from matching.regimes import regime_name
from matching.scoring.eligibility import LATEST
from orientation.models import Fact
from orientation.reading import FactBox, corridor_names, country_names, read_facts
from orientation.values import format_quantity
from portal.places.corridors import ORIGINS
from portal.places.unsafe import unsafe_hosts, unsafe_in

# The facts that tell the steps of a way, in order; a page shows those of the reader's corridor.
STEPS = {
    "eaeu": ("KG-PASSPORT", "EAEU-WORK", "EAEU-CARD", "RU-REG-KG", "KZ-HOST-3D", "KZ-REG-KG", "KZ-REG-2026", "RU-MEDICAL"),
    "patent": ("RU-CARD-PURPOSE", "RU-REG-TJ", "RU-REG-UZ", "RU-MEDICAL", "RU-PATENT-DOCS", "UZ-EXAM", "RU-PATENT", "RU-PATENT-CONTRACT"),
    "kz-household": ("KZ-LABOUR-IMMIGRANT", "KZ-LI-PROCEDURE", "KZ-HOST-3D", "KZ-FINGERPRINT", "KZ-REG-2026"),
    "kz-employer-permit": ("KZ-NOWORK", "KZ-EMPLOYER-PERMIT", "KZ-HOST-3D", "KZ-REG-2026"),
}
# And what it asks of the employer.
EMPLOYER = {"RU": ("RU-EMPLOYER-3D", "EAEU-TAX"), "KZ": ("KZ-HOST-3D",)}


@dataclass(frozen=True, slots=True)
class ShownLaw:
    """`title` and `text` are sentences; `tone` is of the chip: "" open, warn while there is little time, danger closed, neutral not known."""

    citizenship: str
    country: str
    title: str
    text: str
    tone: str
    row: FactBox | None = None
    steps: tuple[FactBox, ...] = ()
    employer: tuple[FactBox, ...] = ()


def show_law(citizenship: str, vacancy: Vacancy, today: date) -> ShownLaw:
    """Four queries at most; the vacancy comes with its region, employer and papers."""
    way = legal_way(citizenship, vacancy, today)
    corridor = f"{citizenship}-{vacancy.region.country_id}"
    title, text, tone = verdict(way, vacancy.starts_on, today)
    employer = EMPLOYER.get(vacancy.region.country_id, ())
    steps = STEPS.get(way.route.regime, ()) if way.route else ()
    boxes = {code: box for code, box in read_facts([*steps, *employer], today).items() if corridor in box.corridor_codes}
    shown = way.route or way.ban or way.lacking
    return ShownLaw(
        citizenship,
        country_names()[citizenship],
        title,
        text,
        tone,
        row=rule_box(shown, corridor) if shown else None,
        steps=tuple(boxes[code] for code in steps if code in boxes),
        employer=tuple(boxes[code] for code in employer if code in boxes and code not in steps),
    )


def verdict(way: LegalWay, starts_on: date | None, today: date) -> tuple[str, str, str]:
    """(title, text, tone) of a way, see ShownLaw."""
    if way.route:
        title = regime_name(way.route.regime)
        return (title, *_time(way, starts_on, today))
    if way.ban:
        text = _("A rule there closes this kind of work to your citizenship. Nobody can open it for money.")
        return _("This job is closed to you"), text, "danger"
    if way.lacking:
        text = _(
            "The law asks this employer for a paper first, and Safar has not seen it. Until then nobody with your passport is proposed."
        )
        return _("Not open to you yet"), text, "warn"
    text = _("Nobody has confirmed yet how people with your passport may work here. Until then Safar proposes none of them for this job.")
    return _("Not known yet"), text, "neutral"


def _time(way: LegalWay, starts_on: date | None, today: date) -> tuple[str, str]:
    """Whether the papers can be ready by the first day of work, and its tone."""
    if not way.days or starts_on is None:
        return _("You need no papers that take time before work starts."), ""
    begin, ready = starts_on - timedelta(days=way.days), today + timedelta(days=way.days)
    days = {"days": format_quantity(Decimal(way.days), Fact.Unit.DAY), "begin": date_format(begin), "ready": date_format(ready)}
    if begin >= today:
        return _("The papers usually take %(days)s. There is time: begin on %(begin)s at the latest.") % days, ""
    if ready - starts_on <= LATEST:
        return _(
            "The papers usually take %(days)s: they would be ready on %(ready)s, after work starts. Ask whether you may come later."
        ) % days, "warn"
    return _("The papers usually take %(days)s. That is too late for this job: look for one that starts later.") % days, "danger"


def rule_box(row: LegalRoute, corridor: str) -> FactBox:
    """The row of law itself, with its source and its signature."""
    is_checked = row.signed_as != DEMO and row.signed_at is not None
    return FactBox(
        code="",
        title=_("The rule behind it"),
        value=format_quantity(Decimal(row.lead_days), Fact.Unit.DAY) if row.lead_days else "",
        text=_("What the papers usually take until you may work: an estimate.") if row.lead_days else "",
        corridor_codes=[corridor],
        corridors=corridor_names([corridor]),
        source_name=row.source_name,
        source_url="" if unsafe_in(row.source_url, unsafe_hosts()) else row.source_url,
        source_dated=row.source_dated,
        is_checked=is_checked,
        checked_on=date_format(localdate(row.signed_at)) if row.signed_at and is_checked else "",
        status_note="",
        is_old=False,
    )


def citizenships() -> list[tuple[str, str]]:
    """Whose law the page can tell: (code, name of the country)."""
    names = country_names()
    return [(code, names[code]) for code in ORIGINS]
