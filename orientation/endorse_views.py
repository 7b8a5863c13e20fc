"""Where people of an authority vouch for courses about the roads of their country."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from orientation.endorse import LONGEST, NotEndorsable, authorities_of, endorse, is_about, withdraw_endorsement
from orientation.models import CourseEdition, EditionPage, Endorsement
from portal.accounts.once import and_go, once
from portal.accounts.second_factor import second_factor_required
from portal.organisations.models import Organisation, Person


class UntilForm(forms.Form):
    until = forms.DateField(
        label=_("Until which day?"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": _("Choose the day."), "invalid": _("Choose the day.")},
    )


@dataclass(frozen=True, slots=True)
class Row:
    """A course and an authority that may vouch for it. `older`: for which of its former editions it still does."""

    page: EditionPage
    authority: Organisation
    form: UntilForm
    endorsement: Endorsement | None
    older: list[Endorsement]


@second_factor_required
@require_safe
def endorsements(request: HttpRequest) -> HttpResponse:
    return listed(request)


@second_factor_required
@require_POST
def sign(request: HttpRequest, edition: UUID, authority: UUID) -> HttpResponse:
    found, mine = get_object_or_404(CourseEdition, uid=edition), get_object_or_404(authorities_of(request.user), uid=authority)
    form = UntilForm(request.POST, auto_id=f"{edition}-{authority}-%s")
    if form.is_valid():
        try:
            work = partial(endorse, found, mine, request.user, form.cleaned_data["until"], now())  # type: ignore[arg-type]
            return once(request, and_go(work, reverse("learn:endorsements")))
        except NotEndorsable as why:
            form.add_error("until", str(why))
    return listed(request, (found.course_id, mine.pk), form)


@second_factor_required
@require_POST
def withdraw(request: HttpRequest, edition: UUID, authority: UUID) -> HttpResponse:
    found, mine = get_object_or_404(CourseEdition, uid=edition), get_object_or_404(authorities_of(request.user), uid=authority)
    work = partial(withdraw_endorsement, found, mine, request.user, now())  # type: ignore[arg-type]
    return once(request, and_go(work, reverse("learn:endorsements")))


def listed(request: HttpRequest, refused: tuple[int, int] | None = None, form: UntilForm | None = None) -> HttpResponse:
    """With the form that was `refused` for a course and an authority."""
    if not authorities_of(request.user).exists():
        raise PermissionDenied
    rows = rows_of(request.user, localdate(), {refused: form} if refused and form else {})
    return render(request, "orientation/endorsements.html", {"rows": rows, "tab": "learn"}, status=400 if refused else 200)


def rows_of(user: Person, today: date, refused: dict[tuple[int, int], UntilForm]) -> list[Row]:
    """Three queries."""
    authorities = list(authorities_of(user))
    signed = list(Endorsement.objects.standing(today).filter(authority__in=authorities).select_related("edition"))
    rows = []
    for page in EditionPage.objects.current().in_best_language().filter(slug=EditionPage.COURSE):
        for authority in authorities:
            if is_about(page, authority.country_id):
                here = [each for each in signed if (each.edition.course_id, each.authority_id) == (page.edition.course_id, authority.pk)]
                current = next((each for each in here if each.edition_id == page.edition_id), None)
                initial = {"until": current.until if current else today + timedelta(days=365)}
                form = refused.get((page.edition.course_id, authority.pk)) or UntilForm(
                    initial=initial, auto_id=f"{page.edition.uid}-{authority.uid}-%s"
                )
                form.fields["until"].widget.attrs |= {"min": today + timedelta(days=1), "max": today + LONGEST}
                rows.append(Row(page, authority, form, current, [each for each in here if each != current]))
    return rows
