"""The demo's training centre: courses behind, now and ahead, and who takes part. Made by the use cases, with the clock set back."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.timezone import localdate

from matching.models import Candidate, Skill
from portal.accounts.cast import PEOPLE
from portal.accounts.models import User
from training.life import finish_offer, open_offer
from training.mark import mark
from training.models import SignUp, TrainingOffer
from training.sign_up import sign_up
from training.write_offer import start_offer

ABOUT = "Ҳар рӯз аз соати 9 то 15. Либоси кориро бо худ гиред; асбобу масолеҳро марказ медиҳад."
WRITTEN, LATELY = timedelta(days=9), timedelta(days=2)  # before the first day; but before today, too
SHY = 4  # every fourth shows the centre no name


@dataclass(frozen=True, slots=True)
class Course:
    """`starts` and `days` are counted from the day of seeding. `people` of them ask for a place, Farrukh first where he is among them."""

    title: str
    skills: dict[str, int]
    starts: int
    days: int
    seats: int
    people: int
    price: int = 0
    farrukh: bool = False
    is_open: bool = True

    @property
    def is_over(self) -> bool:
        return self.starts + self.days <= 0


COURSES = [
    Course("Хиштчинӣ: кунҷҳо ва дарзҳо", {"bricklaying": 3, "joint-finishing": 3}, -20, 6, 8, 5, farrukh=True),
    Course("Борбардорӣ ва боркунии бехатар", {"safe-lifting": 2, "hand-loading": 2}, -2, 3, 10, 6),
    Course(
        "Корҳои бетонӣ: омехтан, рехтан, қолиб", {"concrete-mixing": 2, "concrete-pouring": 2, "formwork": 1}, 18, 5, 12, 4, farrukh=True
    ),
    Course("Бехатарии кор дар баландӣ", {"safety-rules": 2, "height-work": 2}, 33, 2, 3, 5, price=250),
    Course("Тозагӣ дар ошхона", {"food-hygiene": 2, "food-storage": 2}, 47, 2, 10, 0, is_open=False),
]


@transaction.atomic
def load_demo_training(now: datetime) -> None:
    """Comes after the candidates. Twice is the same as once."""
    if TrainingOffer.objects.exists():
        return
    for course in COURSES:
        load_course(course, User.objects.get(email=PEOPLE["rustam"].email), now)


def load_course(course: Course, trainer: User, now: datetime) -> None:
    first = localdate(now) + timedelta(days=course.starts)
    written = min(now + timedelta(days=course.starts) - WRITTEN, now - LATELY)
    values = {
        "title": course.title,
        "about": ABOUT,
        "language": "tg",
        "region_id": "TJ-KT",
        "address": "Бохтар, кӯчаи Айнӣ, 14",
        "starts_on": first,
        "ends_on": first + timedelta(days=course.days - 1),
        "seats": course.seats,
        "price": Decimal(course.price),
        "currency": "TJS",
        "payer": TrainingOffer.Payer.LEARNER if course.price else TrainingOffer.Payer.STATE,
    }
    ids = dict(Skill.objects.filter(slug__in=course.skills).values_list("slug", "pk"))
    skills = {ids[slug]: level for slug, level in course.skills.items()}
    offer = start_offer(trainer.memberships.get().organisation, values, skills, trainer, written)
    if not course.is_open:
        return
    open_offer(offer, trainer, written)
    for place, candidate in enumerate(people_of(course, written)):
        sign_up(offer, candidate, place % SHY != SHY - 1, written + timedelta(hours=7 * place + 5))
    if course.is_over:
        end = now - timedelta(days=(localdate(now) - offer.ends_on).days)
        mark(offer, {row.uid: mark_of(place) for place, row in enumerate(offer.sign_ups.order_by("asked_at"))}, trainer, end)
        finish_offer(offer, trainer, end)


def people_of(course: Course, written: datetime) -> list[Candidate]:
    """By their public names, so that each load has the same. Who has completed a course already knew something of the work."""
    farrukh = Candidate.objects.filter(user__phone=PEOPLE["farrukh"].phone)
    others = Candidate.objects.filter(user__isnull=False, citizenship="TJ", registered_at__lt=written).exclude(pk__in=farrukh)
    start = 3 * COURSES.index(course)
    if course.is_over:
        others = others.filter(skills__skill__slug=next(iter(course.skills)))
    return [*(farrukh if course.farrukh else []), *others.order_by("uid")[start : start + course.people]]


def mark_of(place: int) -> SignUp.State:
    return SignUp.State.ABSENT if place == 3 else SignUp.State.CAME if place == 4 else SignUp.State.COMPLETED
