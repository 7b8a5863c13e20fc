"""Two tools for whoever is on the road. Nothing that is typed into them is stored."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from orientation.models import Fact
from orientation.reading import corridor_name, fact_box
from orientation.tools.calendar_file import calendar_of
from orientation.tools.days import Answer, Limit, State, count_days
from orientation.tools.limits import CODES, LONGER, RULES, limits_of
from orientation.tools.read_days import LONGEST, MOST, Asked, Row, fault_words, read_day, read_days, typed_days
from orientation.tools.steps import steps_of
from portal.places.choice import chosen_corridor
from portal.places.corridors import Corridor
from portal.ui.origin import public_form

NEW_ROWS = 2
TONES = {State.SOON: "warn", State.OVER: "danger", State.EXPIRED: "danger"}
UNKNOWN = "unknown"  # a number is missing: no answer is safer than a long one


def words() -> dict[str, str]:
    """What is said of a state, on the server and by days.js."""
    return {
        State.THERE: _("Leave, or have papers for a longer stay, by %(day)s."),
        State.SOON: _("Only a few days are left. Leave, or have papers for a longer stay, by %(day)s."),
        State.OVER: _("Your days ended on %(day)s. Do not wait for a check: ask today what to do."),
        State.MAY: _("If you enter today, you may stay until %(day)s."),
        State.WAIT: _("No day is left now. You may enter again on %(day)s."),
        State.NEVER: _("We find no day on which you may enter with these papers. Ask before you travel."),
        State.EXPIRED: _("Your document ended on %(day)s. Ask your consulate for a new one before anything else."),
        UNKNOWN: _("One of the numbers for this road is being checked. Ask a help line before you count on your days."),
        "left": _("Days left, today counted too"),
        "first": _("What ends first"),
    }


@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def days(request: HttpRequest) -> HttpResponse:
    """One query: the facts."""
    today = timezone.localdate()
    facts = {fact.code: fact for fact in Fact.objects.filter(code__in=CODES).with_main_source()}
    limits, said, status = limits_of(facts, today), None, 200
    asked = Asked(corridor=chosen_corridor(request) or "")
    if request.method == "POST" and "more" in request.POST:
        asked = typed_days(request.POST)
        asked.rows += [Row() for _row in range(min(NEW_ROWS, MOST - len(asked.rows)))]
    elif request.method == "POST":
        asked = read_days(request.POST, today)
        said, status = (answer_to(asked, limits, facts, today), 200) if asked.is_clear else (None, 400)
    context = {
        "asked": asked,
        "corridors": [(code, corridor_name(code)) for code in Corridor.values],
        "said": said,
        "boxes": [(code, fact_box(facts[code], today)) for code in shown_codes(asked.corridor if said else "") if code in facts],
        "data": {
            "corridors": {corridor: [rule.code for rule in rules] for corridor, rules in RULES.items()},
            "shown": {corridor: shown_codes(corridor) for corridor in RULES},
            "limits": {code: {"code": code, "kind": limit.kind, "days": limit.days, "span": limit.span} for code, limit in limits.items()},
            "titles": titles(facts),
            "papers": LONGER,
            "say": words(),
            "faults": fault_words(),
        },
        "tab": "learn",
    }
    return render(request, "orientation/tools/days.html", context, status=status)


def shown_codes(corridor: str) -> list[str]:
    """The facts that count for the road; all of them before one is chosen."""
    if corridor not in RULES:
        return CODES
    codes = [code for rule in RULES[corridor] for code in (rule.code, rule.span) if code]
    return [*codes, *([LONGER[corridor]] if corridor in LONGER else [])]


def titles(facts: dict[str, Fact]) -> dict[str, str]:
    return {code: fact.title for code, fact in facts.items()} | {"": _("Your document")}


def answer_to(asked: Asked, limits: dict[str, Limit], facts: dict[str, Fact], today: Any) -> dict[str, Any]:
    """As the page shows it."""
    rules, named = RULES[asked.corridor], titles(facts)
    if any(rule.code not in limits for rule in rules):
        return {"text": words()[UNKNOWN], "tone": "", "lines": []}
    longer = LONGER.get(asked.corridor)
    papers = (longer, asked.contract_ends) if longer and asked.contract_ends else None
    known = [limits[rule.code] for rule in rules]
    answer = count_days(known, asked.stays, today, document_ends=asked.document_ends, papers=papers)
    lines = [(words()["left"], answer.left), (words()["first"], named[answer.because])]
    lines += [(named[limit.code], f"{answer.used[limit.code]} / {limit.days}") for limit in known]
    return {"text": words()[answer.state] % {"day": day_of(answer)}, "tone": TONES.get(answer.state, ""), "lines": lines}


def day_of(answer: Answer) -> str:
    day = answer.entry if answer.state == State.WAIT else answer.last
    return f"{day:%d.%m.%Y}" if day else ""


@require_safe
def roads(request: HttpRequest) -> HttpResponse:
    chosen = chosen_corridor(request)
    codes = sorted(Corridor.values, key=lambda code: (code != chosen, Corridor.values.index(code)))
    return render(request, "orientation/tools/roads.html", {"roads": [(code, corridor_name(code)) for code in codes], "tab": "learn"})


@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def steps(request: HttpRequest, corridor: str) -> HttpResponse:
    """One query: the facts. A day of arrival comes by POST, so that no address and no log holds it."""
    if corridor not in Corridor.values:
        raise Http404(f"No road {corridor!r}")
    today, typed, arrived, problem = timezone.localdate(), "", None, ""
    if request.method == "POST":
        typed = request.POST.get("arrived", "").strip()[:LONGEST].replace("\x00", "")
        try:
            arrived = read_day(typed)
        except ValueError:
            problem = fault_words()["bad"]
        if arrived is None and not problem:
            problem = _("Write the day you came, or plan to come.")
    found = steps_of(Corridor(corridor), arrived, today)
    if arrived and "calendar" in request.POST:
        to_do = [(f"{corridor}-{step.key}", step.title, step.last) for step in found if step.last and not step.is_late]
        content = calendar_of(to_do, get_language() or "en", timezone.now())
        headers = {"Content-Disposition": 'attachment; filename="safar.ics"'}
        return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)
    context = {
        "corridor": corridor,
        "road": corridor_name(corridor),
        "steps": [(step, f"{step.last:%d.%m.%Y}" if step.last else "") for step in found],
        "arrived": date_format(arrived) if arrived else "",
        "typed": typed,
        "problem": problem,
        "tab": "learn",
    }
    return render(request, "orientation/tools/steps.html", context, status=400 if problem else 200)
