"""The vacancies that everybody may read, without an account. What is personal on them stands in the address, or comes after signing in."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from matching.models import Vacancy
from matching.models.vacancies import Condition, VacancyQuerySet, WorkLanguage
from matching.own_side import OwnSide, own_side
from matching.search import choices
from matching.search.law import citizenships, show_law
from matching.search.narrow import Narrowed
from matching.search.own_skills import skills_of_address, skills_of_profile
from matching.search.posting import job_posting
from matching.search.usual_wage import usual_wage
from matching.search.wish import Wish
from matching.show_vacancy import HOME_CURRENCY, ShownVacancy, with_card, with_page, with_total
from matching.skill_courses import taught
from portal.money.rates import newest_rates
from portal.organisations.models import Organisation, Person
from portal.places.choice import likely_origin
from portal.places.corridors import ORIGINS

PER_PAGE = 12


@require_safe
def vacancies(request: HttpRequest) -> HttpResponse:
    """Four queries: day rates, where there is work, which work, the page's vacancies with their number in all. Words ask one more, a search
    that finds nothing another."""
    today = timezone.now().date()
    wish, home, rates = Wish.of(request.GET), likely_origin(request), newest_rates(today)
    open_now = Vacancy.objects.open_on(today)
    narrowed = Narrowed(wish, open_now, today, rates)
    offered = choices.choices_of(open_now)
    page = _page(request, narrowed.rows)
    can = skills_of_profile(request)
    found = page.paginator.count
    context = {
        "rows": [ShownVacancy(vacancy, home, rates, can) for vacancy in page],
        "page": page,
        "total": found,
        "wish": wish,
        "chips": choices.chips_of(wish, offered.names, None if found or not wish else narrowed.without_each()),
        "offered": offered,
        "conditions": Condition.choices,
        "spoken": [(code, label, str(dict(wish.levels).get(code, ""))) for code, label in WorkLanguage.choices],
        "levels": choices.levels(),
        "months": choices.months(today),
        "start": f"{wish.start:%Y-%m}" if wish.start else "",
        "currencies": choices.currencies(HOME_CURRENCY.get(home, "")),
        "kinds": kinds_of(request.user),
        "tab": "jobs",
    }
    return render(request, "matching/vacancies.html", context)


def _page(request: HttpRequest, rows: VacancyQuerySet) -> Page[Vacancy]:
    """The page that is asked for, else the first."""
    found = with_total(with_card(rows))
    asked = request.GET.get("page", "")
    number = max(int(asked), 1) if asked.isascii() and asked.isdigit() and len(asked) <= 6 else 1
    read = list(found[(number - 1) * PER_PAGE : number * PER_PAGE])
    if not read and number > 1:  # past the end
        number, read = 1, list(found[:PER_PAGE])
    return Page(read, number, Paginator(range(read[0].total if read else 0), PER_PAGE))


def kinds_of(user: Person) -> set[str]:
    """The kinds of organisations that the reader works for: each has a door of its own."""
    return set(Organisation.objects.of_member(user).values_list("kind", flat=True))


@require_safe
def vacancy(request: HttpRequest, uid: str) -> HttpResponse:
    """Nine queries at most for a visitor."""
    found = get_object_or_404(with_page(Vacancy.objects.open_on(timezone.now().date())), uid=uid)
    context = whole_page(request, found)
    context["posting"] = job_posting(context["shown"], request.build_absolute_uri(request.path))
    return render(request, "matching/vacancy.html", context)


def whole_page(request: HttpRequest, found: Vacancy) -> dict[str, Any]:
    """What the page says of a vacancy, be it public or only looked at before; `found` is of `with_page()`."""
    today = timezone.now().date()
    own, rates = own_side(request.user, found), newest_rates(today)
    told = skills_of_address(request)
    can = told if told is not None else skills_of_profile(request)
    shown = ShownVacancy(found, likely_origin(request), rates, can)
    missing = [row for row in shown.essential if row.skill_id not in can] if can is not None else []
    citizenship = _citizenship(request, own)
    near = (own.candidate.home_region_id if own.candidate else None) or citizenship
    courses = taught([row.skill_id for row in missing], near) if missing else {}
    return {
        "shown": shown,
        "own": own,
        "vacancy": found,
        "can": can or (),
        "is_told": told is not None,
        "missing": [(row.skill, courses.get(row.skill_id, [])) for row in missing],
        "citizenships": citizenships(),
        "law": show_law(citizenship, found, today) if citizenship else None,
        "usual": usual_wage(found.occupation_id, found.region, today, rates),
        "tab": "jobs",
    }


def _citizenship(request: HttpRequest, own: OwnSide) -> str:
    """As the address says, else as the profile says, else of the page's language; "" when nothing tells."""
    asked = request.GET.get("citizenship", "")
    if asked in ORIGINS:
        return asked
    known = own.candidate.citizenship if own.candidate else likely_origin(request)
    return known if known in ORIGINS else ""
