"""The vacancies that everybody may read, without an account."""

import re
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from matching.models import Occupation, Vacancy
from matching.models.vacancies import VacancyQuerySet
from matching.own_side import own_side
from matching.sectors import by_sector
from matching.show_vacancy import ShownVacancy, with_card
from portal.money.rates import newest_rates
from portal.organisations.models import Organisation, Person
from portal.places.choice import likely_origin
from portal.places.models import Region

PER_PAGE = 12
COUNTRY, REGION, SLUG = re.compile(r"[A-Z]{2}"), re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}"), re.compile(r"[a-z0-9-]{1,50}")


@dataclass(frozen=True, slots=True)
class Filter:
    """What the reader looks for: a country or one of its regions, and an occupation. Nonsense in the address is no wish."""

    place: str
    occupation: str

    @classmethod
    def of(cls, request: HttpRequest) -> "Filter":
        place = request.GET.get("place", "")
        occupation = request.GET.get("occupation", "")
        return cls(place if COUNTRY.fullmatch(place) or REGION.fullmatch(place) else "", occupation if SLUG.fullmatch(occupation) else "")

    def __bool__(self) -> bool:
        return bool(self.place or self.occupation)

    def narrow(self, vacancies: VacancyQuerySet) -> VacancyQuerySet:
        if self.place:
            vacancies = vacancies.filter(**{"region" if "-" in self.place else "region__country": self.place})
        return vacancies.filter(occupation__slug=self.occupation) if self.occupation else vacancies


@require_safe
def vacancies(request: HttpRequest) -> HttpResponse:
    """Four queries: where there is work, which work, the page's vacancies with their number in all, day rates."""
    today = timezone.now().date()
    open_now = Vacancy.objects.open_on(today)
    wish = Filter.of(request)
    found = with_card(wish.narrow(open_now))
    asked = request.GET.get("page", "")
    number = max(int(asked), 1) if asked.isascii() and asked.isdigit() and len(asked) <= 6 else 1
    rows = list(found[(number - 1) * PER_PAGE : number * PER_PAGE])
    if not rows and number > 1:  # past the end
        number, rows = 1, list(found[:PER_PAGE])
    pages = Paginator(range(rows[0].total if rows else 0), PER_PAGE)
    home, rates = likely_origin(request), newest_rates(today)
    context = {
        "rows": [ShownVacancy(vacancy, home, rates) for vacancy in rows],
        "page": pages.get_page(number),
        "total": pages.count,
        "wish": wish,
        "places": places_of(open_now),
        "occupations": by_sector(Occupation.objects.filter(Exists(open_now.filter(occupation=OuterRef("pk")))).order_by("name")),
        "kinds": kinds_of(request.user),
        "tab": "jobs",
    }
    return render(request, "matching/vacancies.html", context)


def kinds_of(user: Person) -> set[str]:
    """The kinds of organisations that the reader works for: each has a door of its own."""
    return set(Organisation.objects.filter(memberships__user=user).values_list("kind", flat=True)) if user.is_authenticated else set()


def places_of(open_now: VacancyQuerySet) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """(country, its name, its regions) where there is a vacancy."""
    countries: dict[str, tuple[str, str, list[tuple[str, str]]]] = {}
    regions = Region.objects.filter(Exists(open_now.filter(region=OuterRef("pk")))).select_related("country").order_by("-country", "name")
    for region in regions:
        country = countries.setdefault(region.country_id, (region.country_id, region.country.name, []))
        country[2].append((region.code, region.name))
    return list(countries.values())


@require_safe
def vacancy(request: HttpRequest, uid: str) -> HttpResponse:
    today = timezone.now().date()
    found = get_object_or_404(Vacancy.objects.open_on(today).with_all(), uid=uid)
    own = own_side(request.user, found)
    context = {"shown": ShownVacancy(found, likely_origin(request), newest_rates(today)), "own": own, "vacancy": found, "tab": "jobs"}
    return render(request, "matching/vacancy.html", context)
