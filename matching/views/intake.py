"""How people come into an agency's care: the desk where walk-ins are registered, profiles that may be one person's, the table of all."""

from functools import wraps
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from matching.care import NotOffered
from matching.forms.intake import Lists, WalkInForm, WordForm
from matching.intake.agencies import agencies_of
from matching.intake.check_table import phone_refused
from matching.intake.duplicates import compare, pairs_in_care_of
from matching.intake.export import export_people
from matching.intake.merge import merge
from matching.intake.phones import PhoneRefused
from matching.intake.register_walk_in import register_walk_in
from matching.models import Candidate
from matching.move import NotPossible
from matching.open_person import initials, open_person
from matching.register import TooYoung
from matching.steps import BY_SLUG, answers_of
from matching.views.acting import View, agency_staff_required
from matching.views.intake_assist import begin_visit
from portal.accounts.once import once
from portal.accounts.second_factor import second_factor_required
from portal.organisations.models import Organisation

PER_PAGE = 25
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def of_an_agency(view: View) -> View:
    """For staff of an agency that takes people in. The view gets the agency that the address names, or the first of several."""

    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: object) -> HttpResponse:
        agencies = list(agencies_of(request.user, timezone.now()))
        if not agencies:
            return render(request, "matching/intake/not_yet.html", {"tab": "jobs"}, status=403)
        agency = next((agency for agency in agencies if str(agency.uid) == request.GET.get("agency")), agencies[0])
        request.agencies = agencies if len(agencies) > 1 else []
        return view(request, agency, **kwargs)

    return never_cache(second_factor_required(agency_staff_required(guarded)))


def shown(request: HttpRequest, template: str, agency: Organisation, **context: object) -> HttpResponse:
    own = {"tab": "jobs", "agency": agency, "agencies": request.agencies}
    return render(request, f"matching/intake/{template}.html", own | context)


def table(name: str, data: bytes) -> HttpResponse:
    return HttpResponse(data, content_type=XLSX, headers={"Content-Disposition": content_disposition_header(True, f"{name}.xlsx")})


@of_an_agency
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, agency: Organisation) -> HttpResponse:
    now = timezone.now()
    form = WalkInForm(request.POST if request.method == "POST" else None, lists=Lists.of(agency, now))
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: registered(request, agency, form))
        except TooYoung as young:
            return shown(request, "too_young", agency, adult_on=young.adult_on)
        except PhoneRefused:
            form.add_error("phone", phone_refused())
        except NotOffered:
            form.add_error(None, not_offered())
    return shown(request, "register", agency, form=form)


def registered(request: HttpRequest, agency: Organisation, form: WalkInForm) -> str:
    now, word = timezone.now(), form.word()
    candidate = register_walk_in(agency, form.cleaned_data["phone"], form.details(), request.user, word, now)
    begin_visit(request, candidate, word, now)
    return reverse("matching:assist", args=[candidate.uid])


def not_offered() -> str:
    return _("Your agency has no licence today for the countries where this person wants to go, so it cannot look after them.")


@of_an_agency
@require_POST
def export(request: HttpRequest, agency: Organisation) -> HttpResponse:
    """A POST, because every look at a name is written down."""
    return table("safar", export_people(agency, request.user, timezone.now()))


@of_an_agency
@require_safe
def duplicates(request: HttpRequest, agency: Organisation) -> HttpResponse:
    page = Paginator(pairs_in_care_of([agency]), PER_PAGE).get_page(request.GET.get("page"))
    people = Candidate.objects.select_related("home_region").in_bulk({pk for pair in page for pk in (pair.keep, pair.lose)})
    rows = [{"pair": pair, "keep": people[pair.keep], "lose": people[pair.lose], "initials": initials(people[pair.keep])} for pair in page]
    return shown(request, "duplicates", agency, page=page, rows=rows)


@never_cache
@second_factor_required
@require_http_methods(["GET", "HEAD", "POST"])
def compare_people(request: HttpRequest, one: UUID, other: UUID) -> HttpResponse:
    """Both side by side, and the button that puts them together."""
    people = [get_object_or_404(Candidate.objects.visible_to(request.user).exclude(user=request.user), uid=uid) for uid in (one, other)]
    pair = compare(*people)
    if pair is None:
        raise Http404("These two are not alike.")
    people.sort(key=lambda person: person.pk != pair.keep)
    form, refusal = WordForm(request.POST if request.method == "POST" else None), ""
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: put_together(request, people, form))
        except NotPossible as why:
            refusal = str(why.why)
    sides = [side_of(request, person) for person in people]
    context = {"tab": "jobs", "sides": sides, "rows": rows_of(sides), "pair": pair, "form": form, "refusal": refusal}
    return render(request, "matching/intake/compare.html", context, status=409 if refusal else 200)


def side_of(request: HttpRequest, person: Candidate) -> dict[str, object]:
    opened = open_person(request.user, person, timezone.now())
    return {"candidate": person, "person": opened, "said": answers_of(person), "has_account": person.user_id is not None}


def rows_of(sides: list[dict[str, object]]) -> list[tuple[str, list[str]]]:
    """What an agency may read, step by step, of both."""
    slugs = [slug for slug in BY_SLUG if slug not in ("name", "wage", "agency")]
    return [(BY_SLUG[slug].title, [side["said"][slug] for side in sides]) for slug in slugs if any(side["said"][slug] for side in sides)]


def put_together(request: HttpRequest, people: list[Candidate], form: WordForm) -> str:
    kept = merge(*people, request.user, form.word(), timezone.now())
    return reverse("matching:candidate", args=[kept.uid])
