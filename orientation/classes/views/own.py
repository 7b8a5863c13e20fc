"""A trainer's classes: written, held, and looked back at. Each belongs to its organisation, whose people may all act."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from orientation.answers import typed_places
from orientation.certificates.views import qr
from orientation.classes import life, seats
from orientation.classes.forms import ClassForm
from orientation.classes.here import here_address
from orientation.classes.paper import MOST_SPARE, enter_sheet, sheet_questions
from orientation.classes.progress import certificates_of, checks_in, events_of, has_passed
from orientation.classes.report import report_of
from orientation.classes.sentences import NotPossible
from orientation.classes.show import page_for, show_classes
from orientation.markup import plain
from orientation.models import ClassLearner, ClassSession, EditionPage
from orientation.models.classes import teaching_places
from orientation.reading import filled, read_facts
from orientation.record import Unanswered
from orientation.views import attempt_of
from portal.accounts.once import and_go, once
from portal.accounts.second_factor import second_factor_required
from portal.organisations.models import Organisation

PER_PAGE = 25
ACTS = {"take-over": life.take_over, "call-off": life.call_off, "close": life.close}


def places_or_403(request: HttpRequest) -> list[Organisation]:
    places = list(teaching_places(request.user, timezone.now().date()).select_related("country"))
    if not places:
        raise PermissionDenied
    return places


def own_class_or_404(request: HttpRequest, uid: UUID) -> ClassSession:
    visible = ClassSession.objects.visible_to(request.user, timezone.now().date()).with_seats_taken()
    return get_object_or_404(visible.select_related("organisation", "region", "edition__course"), uid=uid)


def seats_of(session: ClassSession) -> list[ClassLearner]:
    return list(session.learners.filter(left_at=None).select_related("user").order_by("number"))


@second_factor_required
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    places_or_403(request)
    rows = ClassSession.objects.visible_to(request.user, timezone.now().date()).with_seats_taken()
    page = Paginator(rows.select_related("organisation", "region", "edition__course").order_by("-starts_at", "pk"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    return render(request, "orientation/classes/own.html", {"page": page, "rows": show_classes(page), "tab": "learn"})


@second_factor_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    places = places_or_403(request)
    courses = list(EditionPage.objects.current().in_best_language().filter(slug=EditionPage.COURSE))
    data = request.POST if request.method == "POST" else None
    form = ClassForm(data, centres=places, courses=courses, now=timezone.now(), initial={"seats": 20})
    if request.method == "POST" and form.is_valid():

        def run() -> str:
            session = life.start_class(form.chosen_centre(), form.values(), request.user, timezone.now())
            return reverse("learn:own_class", args=[session.uid])

        return once(request, run)
    return render(request, "orientation/classes/write.html", {"form": form, "tab": "learn"}, status=400 if form.errors else 200)


@never_cache
@second_factor_required
@require_safe
def page(request: HttpRequest, uid: UUID) -> HttpResponse:
    return _page(request, own_class_or_404(request, uid))


def _page(request: HttpRequest, session: ClassSession, **more: Any) -> HttpResponse:
    now, listed = timezone.now(), seats_of(session)
    certificates = certificates_of(session, listed)
    goes_on = not session.closed_at and not session.called_off_at
    on = goes_on and seats.has_come(session, now)
    link = request.build_absolute_uri(reverse("learn:class", args=[session.code]))
    context = {
        "session": session,
        "shown": show_classes([session])[0],
        "people": [(seat, seat.pk in certificates) for seat in listed],
        "came": sum(seat.attended_at is not None for seat in listed),
        "certificates": len(certificates),
        "goes_on": goes_on,
        "is_on": on,
        "is_its_day": goes_on and seats.is_its_day(session, now),
        "can_call_off": goes_on and session.starts_at > now,
        "can_close": goes_on and session.starts_at <= now,
        "can_take_over": goes_on and session.trainer_id != request.user.pk,
        "handouts": handouts(session),
        "link": link,
        "qr": qr(link) if goes_on else "",
        "most_spare": MOST_SPARE,
        "refusal": "",
        "typed": "",
        "tab": "learn",
    }
    return render(request, "orientation/classes/own_class.html", context | more)


def handouts(session: ClassSession) -> list[tuple[str, str]]:
    """(title, address) of each lesson's sheet, in the language of the class."""
    outline = page_for(session, EditionPage.COURSE).content["outline"]
    query = {"corridor": session.corridor} if session.corridor in outline["corridors"] else None
    with override(session.language):
        return [
            (lesson["title"], reverse("learn:handout", args=[outline["slug"], lesson["slug"]], query=query))
            for lesson in outline["lessons"]
        ]


def acted(request: HttpRequest, session: ClassSession, run: Callable[[], object], **more: Any) -> HttpResponse:
    try:
        return once(request, and_go(run, reverse("learn:own_class", args=[session.uid])))
    except NotPossible as refusal:
        return refused(request, session, str(refusal.why), **more)


def refused(request: HttpRequest, session: ClassSession, why: str, **more: Any) -> HttpResponse:
    response = _page(request, own_class_or_404(request, session.uid), refusal=why, **more)
    response.status_code = 409
    return response


@second_factor_required
@require_POST
def act(request: HttpRequest, uid: UUID, what: str) -> HttpResponse:
    session = own_class_or_404(request, uid)
    return acted(request, session, lambda: ACTS[what](session, request.user, timezone.now()))


@second_factor_required
@require_POST
def add(request: HttpRequest, uid: UUID) -> HttpResponse:
    session, typed = own_class_or_404(request, uid), request.POST.get("name", "")[:200]
    return acted(request, session, lambda: seats.add_learner(session, typed, request.user, timezone.now()), typed=typed)


def numbers_in(request: HttpRequest, name: str) -> set[int]:
    return {int(number) for number in request.POST.getlist(name) if number.isdecimal() and len(number) <= 3}


@second_factor_required
@require_POST
def came(request: HttpRequest, uid: UUID) -> HttpResponse:
    session, ticked, before = own_class_or_404(request, uid), numbers_in(request, "came"), numbers_in(request, "was")
    return acted(request, session, lambda: seats.mark_attendance(session, ticked - before, before - ticked, request.user, timezone.now()))


@second_factor_required
@require_POST
def remove(request: HttpRequest, uid: UUID) -> HttpResponse:
    session = own_class_or_404(request, uid)

    def run() -> None:
        for number in numbers_in(request, "number"):
            seats.take_off(session, number, request.user, timezone.now())

    return acted(request, session, run)


@never_cache
@second_factor_required
@require_safe
def screen(request: HttpRequest, uid: UUID) -> HttpResponse:
    """For the wall: the QR code by which learners say that they are here, and the code to type. No names."""
    session = own_class_or_404(request, uid)
    address = here_address(request, session)
    context = {
        "session": session,
        "shown": show_classes([session])[0],
        "address": address,
        "qr": qr(address),
        "list_address": request.build_absolute_uri(reverse("learn:classes")),
        "tab": "learn",
    }
    return render(request, "orientation/classes/screen.html", context)


@never_cache
@second_factor_required
@require_safe
def sheets(request: HttpRequest, uid: UUID) -> HttpResponse:
    session = own_class_or_404(request, uid)
    listed = seats_of(session)
    events = events_of(session, listed)
    people = [(seat, (checks_in(events[seat.pk]) or [None])[-1], has_passed(events[seat.pk])) for seat in listed]
    return render(request, "orientation/classes/sheets.html", {"session": session, "people": people, "tab": "learn"})


@never_cache
@second_factor_required
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, uid: UUID, number: int) -> HttpResponse:
    """One learner's sheet, letter by letter."""
    session = own_class_or_404(request, uid)
    seat = get_object_or_404(session.learners.filter(left_at=None).select_related("user"), number=number)
    checks = checks_in(events_of(session, [seat])[seat.pk])
    refusal, missing = "", {}
    if request.method == "POST":
        try:
            enter_sheet(session, number, request.POST, attempt_of(request), request.user, timezone.now())
            return redirect(request.path)
        except Unanswered as unanswered:
            missing = unanswered.places
        except NotPossible as problem:
            refusal = str(problem.why)
    is_asked = request.method == "POST" or not checks or ("again" in request.GET and not session.closed_at)
    context = {
        "session": session,
        "seat": seat,
        "last": None if is_asked else checks[-1],
        "rows": _entry_rows(request, session, number, missing) if is_asked else [],
        "language": page_for(session, EditionPage.CHECK).language,
        "attempt": len(checks) + 1,
        "refusal": refusal,
        "missing": missing,
        "tab": "learn",
    }
    return render(request, "orientation/classes/sheet.html", context, status=409 if refusal else 400 if missing else 200)


def _entry_rows(request: HttpRequest, session: ClassSession, number: int, missing: dict[int, str]) -> list[dict[str, Any]]:
    """Each question with its letters, and what was typed kept. Right or wrong is not said: the sheet decides, not the trainer."""
    page = page_for(session, EditionPage.CHECK)
    with override(session.language):
        facts = read_facts(page.content["fact_codes"], localdate())
        questions = sheet_questions(session, page, number)
        texts = [plain(filled(question["text"], facts)) for question in questions]
    rows = []
    for place, (question, text) in enumerate(zip(questions, texts, strict=True), 1):
        told, places = request.POST.getlist(question["uid"]), typed_places(question, question["uid"], request.POST)
        lines = [(choice["letter"], choice["uid"], choice["uid"] in told, places[choice["uid"]]) for choice in question["lettered"]]
        row = {"place": place, "question": question, "text": text, "lines": lines, "typed": told[0] if told else ""}
        rows.append(row | {"problem": missing.get(place, "")})
    return rows


@never_cache
@second_factor_required
@require_safe
def report(request: HttpRequest, uid: UUID) -> HttpResponse:
    session = own_class_or_404(request, uid)
    context = {"session": session, "shown": show_classes([session])[0], "report": report_of(session, seats_of(session)), "tab": "learn"}
    return render(request, "orientation/classes/report.html", context)
