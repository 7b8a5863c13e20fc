"""What to have done before departure and after arrival for one match, each step with its last safe day: one list for worker and agency."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matching.legal_way import LegalWay, legal_way
from matching.load_records import day_of, permits_of, with_told
from matching.models import Candidate, Match, Offer, State, Vacancy
from matching.models.vacancies import Certificate, Condition, Licence
from matching.regimes import regime_name
from matching.search.law import STEPS, rule_box, verdict
from orientation.models import Certificate as CourseCertificate
from orientation.models import Course, Fact
from orientation.reading import FactBox, fact_box
from orientation.tools.deadlines import holds, last_day
from orientation.values import format_quantity
from portal.places.corridors import Corridor
from portal.places.days import legal_day

DONE, TODO, LATE, ASK = "done", "todo", "late", "ask"
DAY = timedelta(days=1)
MADE_THERE = ("patent", "kz-household")  # regimes whose paper is made after arrival
BANS = {"RU": "RU-BANS-CHECK"}  # what to look up before a ticket is bought

# Steps after arrival: which of STEPS tells it → (code, title, the fact that counts its days).
AFTER_ARRIVAL = {
    "RU-REG-TJ": ("registration", gettext_lazy("Registration where you live"), "RU-REG-TJ"),
    "RU-REG-UZ": ("registration", gettext_lazy("Registration where you live"), "RU-REG-UZ"),
    "RU-REG-KG": ("registration", gettext_lazy("Registration where you live"), "RU-REG-KG"),
    "KZ-REG-KG": ("registration", gettext_lazy("Registration where you live"), "KZ-REG-KG"),
    "KZ-REG-2026": ("online", gettext_lazy("Online registration"), "KZ-REG-2026"),
    "KZ-HOST-3D": ("host", gettext_lazy("Your host tells the police that you have come"), "KZ-HOST-3D"),
    "RU-MEDICAL": ("medical", gettext_lazy("Medical examination, fingerprints and photo"), "RU-MEDICAL"),
    "RU-PATENT-DOCS": ("exam", gettext_lazy("Exam of Russian, history and law"), "RU-PATENT"),
    "UZ-EXAM": ("exam", gettext_lazy("Exam of Russian, history and law"), "RU-PATENT"),
    "RU-PATENT": ("patent", gettext_lazy("Papers for the patent"), "RU-PATENT"),
    "RU-PATENT-CONTRACT": ("copy", gettext_lazy("Copy of the contract for the police"), "RU-PATENT-CONTRACT"),
}
OF_THE_PATENT = ("exam", "patent", "copy")  # not for who holds one


@dataclass(frozen=True, slots=True)
class Item:
    """`text` is for the worker, `said` what staff read beside the title in a word or two. `last_day` is a day at the destination."""

    code: str
    title: str
    text: str
    last_day: date | None
    tone: str = TODO
    said: str = ""
    fact: FactBox | None = None
    url: str = ""
    is_after_arrival: bool = False


@dataclass(frozen=True, slots=True)
class Dates:
    """`travel` is the last safe day to travel, `left` the day of departure once it is known, `entry` the day that deadlines count from."""

    today: date
    start: date | None
    begin: date | None
    travel: date | None
    left: date | None
    entry: date | None

    @property
    def before_travel(self) -> date | None:
        return self.travel - DAY if self.travel else None

    def tone(self, last_day: date | None, tone: str = TODO) -> str:
        return LATE if tone != DONE and last_day is not None and last_day < self.today else tone


def checklist(match: Match, offer: Offer | None, today: date) -> list[Item]:
    """In the order of time. `today` is a day at the destination; the match comes with vacancy, region, employer and candidate."""
    candidate, vacancy = match.candidate, match.vacancy
    corridor = f"{candidate.citizenship}-{vacancy.region.country_id}"
    told: Any = candidate if hasattr(candidate, "told_papers") else with_told(Candidate.objects.all()).get(pk=candidate.pk)
    way = legal_way(candidate.citizenship, vacancy, today, permits_of(told))
    dates = _dates(match, offer, way, today)
    steps = [code for code in STEPS.get(way.route.regime, ()) if code in AFTER_ARRIVAL] if way.route else []
    codes = {*steps, *(AFTER_ARRIVAL[code][2] for code in steps), BANS.get(vacancy.region.country_id, "")}
    facts = {fact.code: fact for fact in Fact.objects.filter(code__in=codes, corridors__contains=[corridor]).with_main_source()}
    items = [
        _course(match, corridor, dates),
        *_papers(vacancy, told, dates),
        _right_to_work(way, corridor, dates),
        _contract(match, offer, dates),
        _ticket(match, offer, way, facts, dates),
    ]
    if dates.left:  # what was not done before departure cannot be done before it any more
        items = [item for item in items if item.tone == DONE or item.code == "right"]
    after = {item.code: item for code in steps if code in facts for item in [_after_arrival(code, facts, dates)]}
    if way.route and not way.days:
        after = {code: item for code, item in after.items() if code not in OF_THE_PATENT}
    return [*items, *sorted(after.values(), key=lambda item: item.last_day or date.max)]


def _dates(match: Match, offer: Offer | None, way: LegalWay, today: date) -> Dates:
    start = offer.starts_on if offer else match.vacancy.starts_on
    is_there = match.candidate.located_in == match.vacancy.region.country_id
    begin = start - timedelta(days=way.days) if start and way.days else None
    travel = None
    if start and way.route:
        travel = begin if begin and way.route.regime in MADE_THERE and not is_there else start - DAY
    event = match.events.filter(after=State.PLACED).last() if match.state == State.PLACED else None
    left = legal_day(event.at, match.vacancy.region) if event else None
    entry = travel if travel and travel >= today and not is_there else None
    return Dates(today, start, begin, travel, left, left or entry)


def _course(match: Match, corridor: str, dates: Dates) -> Item:
    title = _("Course before departure")
    if corridor not in Corridor.values or match.candidate.user_id is None:
        return Item("course", title, "", dates.before_travel, ASK, _("not known"))
    held = CourseCertificate.objects.standing().filter(edition__course__subject=Course.Subject.ORIENTATION)
    certificate = held.filter(user=match.candidate.user_id, corridor=corridor).first()
    if certificate:
        said = _("certificate of %(day)s") % {"day": date_format(certificate.issued_at)}
        return Item("course", title, capfirst(said), dates.before_travel, DONE, said)
    text = _("Learn about the road, your papers and your rights, and get the certificate.")
    return Item("course", title, text, last := dates.before_travel, dates.tone(last), _("not done yet"), url=reverse("learn:courses"))


def _papers(vacancy: Vacancy, told: Any, dates: Dates) -> list[Item]:
    """What the vacancy asks for: in hand before travel, valid on the first day of work. `told` is of `with_told()`."""
    licences = dict(told.told_licences)
    items = [
        _paper(
            f"licence-{category}",
            _("Driving licence: %(category)s") % {"category": Licence(category).label},
            licences.get(category, ""),
            bool(licences),
            dates,
        )
        for category in vacancy.licences
    ]
    papers = {code: day_of(until) for code, until in told.told_certificates}
    for code in vacancy.certificates:
        until = papers.get(code)
        if until is not None and dates.start is not None and until < dates.start:
            until = None  # it ends before the work begins
        proof = _("until %(day)s") % {"day": date_format(until)} if until else ""
        items.append(_paper(f"certificate-{code}", str(Certificate(code).label), proof, bool(papers), dates))
    return items


def _paper(code: str, title: str, proof: str, is_answered: bool, dates: Dates) -> Item:
    """The profile does not ask "none?": who lists none has not answered."""
    last, url = dates.before_travel, reverse("matching:profile_papers")
    if proof:
        return Item(code, title, "", last, DONE, proof, url=url)
    if not is_answered:
        text = _("Say in your profile whether you have it.")
        return Item(code, title, text, last, dates.tone(last, ASK), _("not answered: ask"), url=url)
    text = _("Have it in your hand before you travel. It must be valid on the first day of work.")
    return Item(code, title, text, last, dates.tone(last), _("missing"), url=url)


def _right_to_work(way: LegalWay, corridor: str, dates: Dates) -> Item:
    """Whether there is time is a question of the day of departure, once it is known."""
    row = way.route or way.ban or way.lacking
    fact = rule_box(row, corridor) if row else None
    title, text, _tone = verdict(way, dates.start, dates.left or dates.today)
    if way.route is None:
        said = _("missing") if way.ban else _("not known")
        return Item("right", _("Right to work"), f"{title}. {text}", None, LATE if way.ban else ASK, said, fact)
    if not way.days:
        return Item("right", _("Right to work"), f"{capfirst(title)}. {text}", None, DONE, title, fact)
    said = _("%(permit)s, ready in %(days)d days") % {"permit": regime_name(way.route.regime), "days": way.days}
    if dates.begin is None:
        return Item("right", _("Right to work"), f"{capfirst(title)}.", None, ASK, said, fact)
    if way.route.regime not in MADE_THERE:
        text += " " + _("Do not travel before your agency has seen it.")
    tone = LATE if dates.begin < (dates.left or dates.today) else TODO
    return Item("right", _("Right to work"), f"{capfirst(title)}. {text}", None if dates.left else dates.begin, tone, said, fact)


def _contract(match: Match, offer: Offer | None, dates: Dates) -> Item:
    title, last, url = _("Contract"), dates.before_travel, reverse("matching:my_match", args=[match.uid])
    if offer is None:
        text = _("Your agency writes down the contract. You read it before you agree.")
        return Item("contract", title, text, last, dates.tone(last, ASK), _("to enter"), url=url)
    if offer.agreed_at is None:
        text = _("Compare it with what was promised. Nothing happens before you agree.")
        return Item("contract", title, text, last, dates.tone(last), _("waits for the candidate"), url=url)
    return Item("contract", title, _("Keep a photo of it."), last, DONE, _("agreed"), url=url)


def _ticket(match: Match, offer: Offer | None, way: LegalWay, facts: dict[str, Fact], dates: Dates) -> Item:
    conditions = offer.conditions if offer else match.vacancy.conditions
    if Condition.TRAVEL in conditions:
        text = _("The employer pays for it. Ask your agency before you buy one.")
    else:
        text = _("Nobody has promised to pay for it. Ask your agency who pays before you buy one.")
    if way.route and way.days and way.route.regime in MADE_THERE:
        text = _("Your papers for work are made after you arrive, so be there on this day at the latest.") + " " + text
    fact = facts.get(BANS.get(match.vacancy.region.country_id, ""))
    tone = dates.tone(dates.travel, TODO if dates.travel else ASK)
    return Item("ticket", _("Ticket"), text, dates.travel, tone, fact=fact_box(fact, dates.today) if fact else None)


def _after_arrival(code: str, facts: dict[str, Fact], dates: Dates) -> Item:
    step, title, counts = AFTER_ARRIVAL[code]
    counted, box = facts.get(counts), fact_box(facts[code], dates.today)
    number = counted.number_on(dates.entry or dates.today) if counted else None
    if counted is None or number is None or not holds(counted, dates.entry or dates.today):
        return Item(step, str(title), "", None, ASK, _("not known"), box, is_after_arrival=True)
    time = {"time": format_quantity(number, counted.unit)}
    if step == "copy":
        text = _("By law: %(time)s, counted from the day you receive the patent.") % time
        return Item(step, str(title), text, None, TODO, _("not done yet"), box, is_after_arrival=True)
    last = last_day(counted, dates.entry) if dates.entry else None
    if last is None or dates.entry is None:
        text = _("By law: %(time)s, counted from the day you enter.") % time
        return Item(step, str(title), text, None, ASK, _("not known"), box, is_after_arrival=True)
    time["day"] = date_format(dates.entry)
    if dates.left:
        text = _("By law: %(time)s, counted from %(day)s.") % time
    else:
        text = _("By law: %(time)s, counted from %(day)s. If you enter earlier, the last day comes earlier too.") % time
    return Item(step, str(title), text, last, dates.tone(last), "", box, is_after_arrival=True)
