"""Trained in remittances: a person counts once, in the year in which they first finished the money path, by whichever way."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from orientation.certify import certify
from orientation.learners import Learner
from orientation.models import Certificate, ClassLearner, ClassSession, CourseEdition, LearningEvent
from portal.accounts.models import User
from remittances.trained import core_paths, trained_each_year
from tests.remittances.page import text_of
from tests.training.courses import a_centre

pytestmark = pytest.mark.django_db
LAST, THIS = datetime(2030, 12, 30, 12, tzinfo=UTC), datetime(2031, 2, 1, 12, tzinfo=UTC)
TODAY = date(2031, 3, 1)


@pytest.fixture
def money() -> CourseEdition:
    return CourseEdition.objects.get(course__slug="money-home", is_current=True)


def a_person() -> User:
    return User.objects.create_user(email=f"{uuid4()}@example.org")


def answers(
    edition: CourseEdition, questions: Iterable[UUID], corridor: str, at: datetime, *, is_right: bool = True, **owner: object
) -> None:
    said = {"kind": "answered", "edition": edition, "attempt": 1, "corridor": corridor, "happened_at": at, "received_at": at}
    LearningEvent.objects.bulk_create(
        LearningEvent(uid=uuid4(), question=question, choice=uuid4(), is_right=is_right, **said, **owner) for question in questions
    )


def path_of(road: str) -> list[UUID]:
    [found] = [path for path, roads in core_paths().items() if road in roads]
    return sorted(found)


def counted() -> dict[int, tuple[dict[str, int], int]]:
    return {year.year: (dict(year.people), year.devices) for year in trained_each_year(TODAY) if year.people or year.devices}


def test_by_a_certificate_that_stands(money):
    orientation = CourseEdition.objects.get(course__slug="before-you-go", is_current=True)
    person = a_person()
    certify(Learner(person, None), money, corridor="TJ-RU", now=LAST)
    certify(Learner(a_person(), None), orientation, corridor="TJ-RU", now=LAST)
    certify(Learner(None, uuid4()), money, corridor="KG-KZ", now=THIS)
    assert counted() == {2030: ({"TJ-RU": 1}, 0), 2031: ({}, 1)}
    Certificate.objects.filter(user=person).update(revoked_at=THIS, revoked_because="Somebody else's.")
    assert counted() == {2031: ({}, 1)}


def test_by_every_question_of_the_core_lessons_of_ones_road(money):
    russia, kazakhstan = path_of("TJ-RU"), path_of("KG-KZ")
    assert set(kazakhstan) < set(russia), "one question more on the road to Russia"
    answers(money, russia[1:], "TJ-RU", LAST, user=(late := a_person()))
    answers(money, russia[:1], "TJ-RU", LAST, is_right=False, user=late)
    answers(money, kazakhstan, "UZ-RU", LAST, user=a_person())  # all but the question of Russia
    answers(money, kazakhstan, "KG-KZ", LAST, user=a_person())
    answers(money, russia, "", LAST, device=uuid4())
    assert counted() == {2030: ({"KG-KZ": 1}, 1)}
    answers(money, russia, "TJ-RU", THIS, user=late)
    assert counted() == {2030: ({"KG-KZ": 1}, 1), 2031: ({"TJ-RU": 1}, 0)}


def test_by_a_class_and_once_a_person(money):
    centre, trainer = a_centre()
    place = {"region_id": "TJ-KT", "place": "School 3", "language": "tg", "seats": 20, "code": "KMPRTV", "corridor": "TJ-KZ"}
    session = ClassSession.objects.create(
        organisation=centre, trainer=trainer, edition=money, starts_at=LAST, ends_at=LAST + timedelta(hours=3), created_at=LAST, **place
    )
    person = a_person()
    seats = [{"user": person, "attended_at": LAST}, {"attended_at": LAST}, {"user": a_person()}]
    for number, seat in enumerate(seats, 1):
        came = {"attended_by": "list"} if "attended_at" in seat else {}
        ClassLearner.objects.create(session=session, number=number, signed_up_at=LAST, **came, **seat)
    certify(Learner(person, None), money, corridor="TJ-RU", now=THIS)
    answers(money, path_of("TJ-RU"), "TJ-RU", THIS, user=person)
    assert list(counted()) == [2030], "who has finished once is not counted again"
    [(people, devices)] = counted().values()
    assert sum(people.values()) == 1 and devices == 1, "a seat without an account stands apart"


def test_the_page_hides_what_is_small(money, one_click, django_assert_max_num_queries):
    for road, count in {"TJ-RU": 12, "KG-RU": 11, "UZ-RU": 3}.items():
        for _ in range(count):
            certify(Learner(a_person(), None), money, corridor=road, now=money.published_at)
    operator = one_click("timur")
    with django_assert_max_num_queries(15):
        html = operator.get("/en/money/figures/").content.decode()
    cells = text_of(html.split("<tbody>")[1].split("</tbody>")[0])
    assert cells == f"{money.published_at.year} 26 12 hidden hidden hidden hidden hidden hidden fewer than 10"
    assert "12 hidden" not in text_of(one_click("nigora").get("/en/money/figures/").content.decode()), "an authority's own roads: TJ alone"
