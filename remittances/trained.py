"""Who is trained in remittances: people who have finished the money path, each counted once, in the year in which they first had.

Finished is, whichever came first: the final check of a money course passed, by a certificate that stands; a class on money attended; or each
question of the core lessons of one's road answered rightly. Nothing is stored for it: these are certificates, seats and learning events.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Min, Q
from django.utils.timezone import make_aware

from orientation.models import Certificate, ClassLearner, Course, CourseEdition, EditionPage, LearningEvent
from orientation.paths import core_lessons, for_corridor
from portal.places.corridors import Corridor

MONEY = Course.Subject.MONEY
Path = frozenset[UUID]  # the questions of core lessons
Owner = int | UUID  # a person's key, or a device without an account


@dataclass(frozen=True, slots=True)
class YearTrained:
    """`people` by corridor, "" where none is known. `devices` are without an account: one may be of somebody who is counted among people."""

    year: int
    people: Counter[str]
    devices: int


def trained_each_year(today: date) -> list[YearTrained]:
    """The newest first. Two queries, and three a year: nobody has finished a path before its first edition."""
    first = CourseEdition.objects.filter(course__subject=MONEY).aggregate(at=Min("published_at"))["at"]
    if first is None:
        return []
    paths, known, found = core_paths(), set[Owner](), list[YearTrained]()
    for year in range(first.year, today.year + 1):
        trained = trained_before(make_aware(datetime.combine(date(year + 1, 1, 1), time.min)), paths)
        new = {owner: road for owner, road in trained.items() if owner not in known}
        people = Counter(road for owner, road in new.items() if isinstance(owner, int))
        found.append(YearTrained(year, people, len(new) - people.total()))
        known |= trained.keys()
    return found[::-1]


def trained_before(end: datetime, paths: Mapping[Path, set[str]]) -> dict[Owner, str]:
    """Each with their road. Whose account is gone counts as the device that their events have become."""
    passed = Certificate.objects.standing().filter(edition__course__subject=MONEY, issued_at__lt=end).order_by()
    came = ClassLearner.objects.filter(session__edition__course__subject=MONEY, attended_at__lt=end).order_by()
    found: dict[Owner, str] = {}
    for user, device, road in (
        *passed.values_list("user", "device", "corridor"),
        *came.values_list("user", "device", "session__corridor"),
        *_learnt(end, paths),
    ):
        owner = user or device
        assert owner is not None  # a constraint of all three tables
        found[owner] = found.get(owner) or road
    return found


def core_paths() -> dict[Path, set[str]]:
    """What has to be answered rightly, and on which roads ("" for whoever has said none): of each edition of each money course."""
    pages = EditionPage.objects.filter(slug=EditionPage.COURSE, edition__course__subject=MONEY).order_by("edition_id", "language")
    paths: defaultdict[Path, set[str]] = defaultdict(set)
    for outline in pages.distinct("edition_id").values_list("content__outline", flat=True):
        for road in ("", *Corridor.values):
            asked = [for_corridor(lesson["questions"], road) for lesson in core_lessons(outline, road)]
            paths[frozenset(UUID(question["uid"]) for questions in asked for question in questions)].add(road)
    return dict(paths)


def _learnt(end: datetime, paths: Mapping[Path, set[str]]) -> Iterator[tuple[int | None, UUID | None, str]]:
    """(user, device, road) of whoever has answered rightly all that is asked on the road they named last. One query."""
    right = LearningEvent.objects.filter(edition__course__subject=MONEY, kind=LearningEvent.Kind.ANSWERED, is_right=True)
    known = {f"known_{number}": Count("question", filter=Q(question__in=path), distinct=True) for number, path in enumerate(paths)}
    roads = ArrayAgg("corridor", order_by=["-happened_at", "-pk"])
    rows = right.filter(happened_at__lt=end).order_by().values("user", "device").annotate(roads=roads, **known)
    for user, device, named, *counts in rows.values_list("user", "device", "roads", *known):
        road = next(filter(None, named), "")
        if any(path and road in on and count == len(path) for (path, on), count in zip(paths.items(), counts, strict=True)):
            yield user, device, road
