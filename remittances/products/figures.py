"""What the programme counts of money, for operators and authorities: counts only."""

from dataclasses import dataclass

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from orientation.reading import country_names
from portal.accounts.models import User
from portal.accounts.second_factor import ask_second_factor, has_second_factor
from portal.organisations.models import Organisation
from portal.places.corridors import Corridor
from portal.ui.hide_small import hide_small
from portal.ui.waiting import shown_count
from remittances.models import Product
from remittances.products.count import count_trials
from remittances.trained import YearTrained, trained_each_year

RIGHT = "remittances.change_product"


@dataclass(frozen=True, slots=True)
class ShownYear:
    """`roads`: name of a road, and how many people, None where that is hidden."""

    year: str
    people: str
    roads: list[tuple[str, int | None]]
    devices: str


def read_countries(user: User) -> set[str] | None:
    """Of which countries somebody reads the figures; None: of all."""
    if user.has_perm(RIGHT):
        return None
    return set(Organisation.objects.of_member(user, Organisation.Kind.AUTHORITY).vetted().order_by().values_list("country", flat=True))


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Staff show their second factor. Members of an authority need none: nobody's data stands here."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    countries = read_countries(request.user)
    if countries == set():
        raise Http404
    if request.user.is_staff and not has_second_factor(request):
        return ask_second_factor(request.get_full_path())
    roads = [road for road in Corridor if countries is None or countries & {road.origin, road.destination}]
    products = Product.objects.all() if countries is None else Product.objects.filter(countries__overlap=sorted(countries))
    context = {
        "years": [shown_year(year, roads, with_unknown=countries is None) for year in trained_each_year(timezone.localdate())],
        "trials": count_trials(products),
        "tab": "money",
    }
    return render(request, "remittances/products/figures.html", context)


def shown_year(year: YearTrained, roads: list[Corridor], *, with_unknown: bool) -> ShownYear:
    """Whoever has named no road is counted where all are."""
    names = country_names()
    labels = {road.value: f"{names[road.origin]} → {names[road.destination]}" for road in roads} | (
        {"": _("no road named")} if with_unknown else {}
    )
    counts = {code: year.people[code] for code in labels}
    hidden = hide_small(counts)
    return ShownYear(
        str(year.year),
        shown_count(sum(counts.values())),
        [(label, None if code in hidden else counts[code]) for code, label in labels.items()],
        shown_count(year.devices),
    )
