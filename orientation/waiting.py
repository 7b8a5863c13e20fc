"""What waits for a learner, a trainer and an editor."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from orientation.classes.show import when_of
from orientation.endorse import is_about
from orientation.models import Certificate, ClassSession, EditionPage, Endorsement, Fact, Translation
from orientation.models.facts import FactQuerySet
from orientation.progress import CourseProgress
from portal.organisations.models import Organisation, Person
from portal.ui.waiting import Waiting, shown_count

NEWS = timedelta(days=90)
COURSES_SHOWN = 3
UNCERTAIN = (Fact.Status.BILL, Fact.Status.DRAFT, Fact.Status.UNKNOWN, Fact.Status.CONFLICT)


def for_learner(rows: Sequence[tuple[EditionPage, CourseProgress]]) -> list[Waiting]:
    """The course that is under way, else the next one that is not passed. No query: `rows` are of `course_rows()`."""
    left = [row for row in rows if not row[1].is_passed]
    if not left:
        return []
    page, progress = next((row for row in left if row[1].is_started), left[0])
    outline = page.content["outline"]
    lesson = next((lesson for lesson in outline["lessons"] if lesson["slug"] == progress.next_lesson), None)
    url = reverse("learn:lesson", args=[outline["slug"], lesson["slug"]]) if lesson else reverse("learn:check", args=[outline["slug"]])
    text = f"{outline['title']}: {lesson['title']}" if lesson else outline["title"]
    if not progress.is_started:
        title, action, steps = _("Start a lesson"), _("Start"), None
    else:
        title, action = (_("Continue learning"), _("Go on")) if lesson else (_("Take the final check"), _("Final check"))
        steps = (progress.done, progress.lessons_total)
    return [Waiting("book", title, text, action, url, steps=steps, lang=page.language)]


def facts_to_read_again(today: date) -> FactQuerySet:
    """What a trainer must not say from memory: past review, newly in force or about to change, or uncertain."""
    changes = Q(valid_from__range=(today - NEWS, today + NEWS)) | Q(valid_to__range=(today, today + NEWS))
    return Fact.objects.filter(Q(review_by__lt=today) | changes | Q(status__in=UNCERTAIN))


def for_trainer(pages: Sequence[EditionPage], today: date) -> list[Waiting]:
    """Two queries; `pages` are the courses' own pages."""
    found = []
    if facts := facts_to_read_again(today).count():
        text = _("New rules, rules that nobody is sure of, and numbers that may be out of date.")
        found.append(
            Waiting("alert-triangle", _("Read before your next class"), text, _("Read"), reverse("learn:facts_again"), facts, "apricot")
        )
    for page in pages[:COURSES_SHOWN]:
        outline = page.content["outline"]
        url = reverse("learn:course", args=[outline["slug"]])
        found.append(Waiting("book", _("Lessons to teach"), outline["title"], _("Open"), url, len(outline["lessons"]), lang=page.language))
    issued = _("Certificates so far: %(count)s. Anybody can check one by its code.") % {"count": shown_count(Certificate.objects.count())}
    found.append(Waiting("qr", _("Is a certificate real?"), issued, _("Check one"), reverse("verify_form"), tone="leaf"))
    return found


def next_class(user: Person, now: datetime) -> list[Waiting]:
    """Of the trainer's organisations: the one going on, or the next. One query."""
    coming = ClassSession.objects.visible_to(user, now.date()).coming(now).with_seats_taken().select_related("organisation", "region")
    if (session := coming.first()) is None:
        return []
    text = _("%(when)s · %(place)s · places taken: %(taken)s of %(all)s") % {
        "when": when_of(session),
        "place": session.place,
        "taken": session.taken,  # type: ignore[attr-defined]
        "all": session.seats,
    }
    return [Waiting("clock", _("Your next class"), text, _("Open"), reverse("learn:own_class", args=[session.uid]), tone="leaf")]


def texts_for_editor(user: Person) -> list[Waiting]:
    """Their own drafts, and what others have written and they may read. One query."""
    own, others = Q(state=Translation.State.DRAFT, written_by=user), Q(state=Translation.State.IN_REVIEW) & ~Q(written_by=user)
    if not (count := Translation.objects.filter(own | others).count()):
        return []
    text = _("Your own drafts, and what others have written and you can read before it goes out.")
    return [Waiting("file-check", _("Texts that wait for you"), text, _("Open the list"), reverse("admin:learning_board"), count)]


def for_editor(today: date) -> list[Waiting]:
    """One query. The console's lists are narrowed to exactly these rows."""
    past, unchecked = Q(review_by__lt=today), Q(verified_at=None)
    counts = Fact.objects.aggregate(past=Count("pk", filter=past), unchecked=Count("pk", filter=unchecked))
    found, console = [], reverse("admin:orientation_fact_changelist")
    if counts["past"]:
        text, url = _("Read the source again, and set a new day."), f"{console}?review_by__lt={today.isoformat()}"
        found.append(Waiting("clock", _("Facts past their review"), text, _("Open the list"), url, counts["past"], "danger"))
    if counts["unchecked"]:
        text, url = _("Pages say so beside each of them. Read the source, then mark the fact."), f"{console}?verified_at__isnull=True"
        found.append(
            Waiting("file-check", _("Facts that nobody has checked"), text, _("Open the list"), url, counts["unchecked"], "apricot")
        )
    return found


def for_endorser(places: Sequence[Organisation], pages: Sequence[EditionPage], today: date) -> list[Waiting]:
    """Courses for which a vetted authority may vouch and does not. One query; `pages` are the courses' own pages."""
    signed = set(Endorsement.objects.standing(today).filter(authority__in=places).values_list("edition", "authority"))
    vetted = [place for place in places if place.vetted_at]
    asked = [(page.edition_id, place.pk) for page in pages for place in vetted if is_about(page, place.country_id)]
    if not (count := len(set(asked) - signed)):
        return []
    text = _("Read them. If they are right, let people see that your office stands behind them.")
    return [Waiting("book", _("Courses to endorse"), text, _("Open the list"), reverse("learn:endorsements"), count)]


def for_authority(countries: Sequence[str]) -> tuple[str, int]:
    """(what, how many) for these countries, of origin and of work alike. One query."""
    roads = Q(*[(f"corridor__{end}", code) for code in countries for end in ("startswith", "endswith")], _connector=Q.OR)
    return _("Certificates for the road from or to your country"), Certificate.objects.filter(roads).count()
