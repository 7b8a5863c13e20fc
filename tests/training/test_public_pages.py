"""The courses that everybody reads, and where they are linked: from the gaps of a match and of a vacancy."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from matching.models import Skill, SkillCourse, State
from matching.skill_courses import taught
from orientation.models import Course
from portal.organisations.models import SanctionEntry, SanctionHit
from tests.matching.factories import a_candidate, a_match, a_user, a_vacancy
from tests.training.courses import AHEAD, a_centre, a_course, signed_up, skill
from training.models import TrainingOffer

pytestmark = pytest.mark.django_db
LIST = "/en/training/"


@pytest.fixture
def trainer(db):
    return a_centre()[1]


def titles(query: str = "") -> set[str]:
    return {row.offer.title for row in Client().get(f"{LIST}{query}").context["rows"]}


def test_filters(trainer):
    a_course(trainer, title="Near")
    a_course(trainer, title="Far", region_id="TJ-SU", language="ru")
    a_course(trainer, title="Paid", price=300, payer="learner", skills={skill("cash-counting").pk: 1, skill().pk: 1})
    assert titles() == {"Near", "Far", "Paid"}
    assert titles("?region=TJ-KT") == {"Near", "Paid"}
    assert titles("?language=ru") == {"Far"}
    assert titles("?skill=cash-counting") == {"Paid"}
    assert titles("?free=1") == {"Near", "Far"}
    assert titles("?region=TJ-SU&skill=cash-counting") == set()
    assert "Nothing fits this search" in Client().get(f"{LIST}?region=TJ-SU&skill=cash-counting").content.decode()
    for nonsense in ("?region=XX", "?language=%00", "?skill=<b>", "?page=99", "?free=yes"):
        assert titles(nonsense) == {"Near", "Far", "Paid"}, nonsense


def test_the_same_for_all_visitors_and_few_queries(trainer, django_assert_max_num_queries):
    offers = [a_course(trainer, skills={skill().pk: 1, skill("cash-counting").pk: 2}) for _ in range(5)]
    Client().get(LIST)
    for url, most in ((LIST, 7), (f"{LIST}{offers[0].uid}/", 5)):
        with django_assert_max_num_queries(most):
            page = Client().get(url)
        assert page.headers["Cache-Control"].startswith("public") and not page.cookies and b"csrfmiddlewaretoken" not in page.content
    assert f"/en/sign-in/?next={LIST}{offers[0].uid}/".encode() in page.content


def test_what_is_not_listed(trainer, cast):
    kept = a_course(trainer, title="Kept")
    hidden = {
        "draft": {"status": "draft"},
        "closed": {"status": "closed"},
        "called off": {"status": "called_off"},
        "begun": {"starts_on": timezone.localdate()},
    }
    for title, change in hidden.items():
        TrainingOffer.objects.filter(pk=a_course(trainer, title=title).pk).update(**change)
    assert titles() == {"Kept"}
    for offer in TrainingOffer.objects.exclude(pk=kept.pk):
        assert Client().get(f"{LIST}{offer.uid}/").status_code == 404
    entry = SanctionEntry.objects.create(
        list="un", reference="1", kind="entity", name="X", names=["X"], folded=["x"], generated_on=timezone.localdate()
    )
    hit = SanctionHit.objects.create(entry=entry, organisation=kept.centre, name="X", found_at=timezone.now())
    assert titles() == set()
    hit.delete()
    type(kept.centre).objects.filter(pk=kept.centre_id).update(vetted_at=None, vetted_by=None)
    assert titles() == set() and Client().get(f"{LIST}{kept.uid}/").status_code == 404


def test_who_has_signed_up_reads_on_when_it_is_closed(trainer):
    offer = a_course(trainer)
    row = signed_up(offer)
    TrainingOffer.objects.filter(pk=offer.pk).update(status="closed")
    day = timezone.localdate()
    assert TrainingOffer.objects.visible_to(row.candidate.user, day).get() == offer
    assert not TrainingOffer.objects.visible_to(a_user(), day).exists()


def test_what_is_taught_near(trainer, django_assert_num_queries):
    """Of the region first, then of its country; never what is full, abroad or past. One query for all skills."""
    one, other = skill().pk, skill("cash-counting").pk
    a_course(trainer, title="Elsewhere", region_id="TJ-SU", skills={one: 2})
    a_course(
        trainer,
        title="Here",
        skills={one: 2, other: 1},
        starts_on=timezone.localdate() + 2 * AHEAD,
        ends_on=timezone.localdate() + 3 * AHEAD,
    )
    a_course(trainer, title="Later", region_id="TJ-SU", skills={one: 2}, starts_on=timezone.localdate() + AHEAD + timedelta(days=1))
    a_course(trainer, title="Abroad", region_id="UZ-NG", skills={one: 2})
    full = a_course(trainer, title="Full", seats=1, skills={one: 2})
    signed_up(full)
    with django_assert_num_queries(2):  # ours, and theirs
        found = taught([one, other], "TJ-KT")
    assert [course.title.split(" (")[0] for course in found[one]] == ["Here", "Elsewhere"]
    assert [course.title.split(" (")[0] for course in found[other]] == ["Here"] and "Khatlon Region" in found[other][0].title
    assert [course.title.split(" (")[0] for course in taught([one], "UZ")[one]] == ["Abroad"]
    assert taught([one], "KG-O") == taught([one], "") == taught([], "TJ-KT") == {}
    SkillCourse.objects.create(skill_id=one, course=Course.objects.get(slug="money-home"))
    assert [course.url.split("/")[2] for course in taught([one], "TJ-KT")[one]] == ["learn", "training", "training"]


def test_the_gaps_of_a_match_and_of_a_vacancy_lead_there(signed_in, cast, trainer, gate_is_open):
    vacancy = a_vacancy(author=cast["ildar"])
    match = a_match(vacancy, a_candidate(user=cast["farrukh"]), State.APPROVED)
    gap = Skill.objects.get(pk=next(row["skill"] for row in match.explanation["skills"] if row["state"] == "missing"))
    client, url = signed_in("farrukh"), f"/en/jobs/mine/{match.uid}/"
    assert f'href="{LIST}"' in client.get(url).content.decode()
    offer = a_course(trainer, skills={gap.pk: 2})
    link = f'href="{LIST}{offer.uid}/"'
    assert link in client.get(url).content.decode()
    assert link in client.get(f"/en/jobs/{vacancy.uid}/").content.decode()
    visitor = Client().get(f"/en/jobs/{vacancy.uid}/?skills=&citizenship=TJ").content.decode()
    assert link in visitor and link not in Client().get(f"/en/jobs/{vacancy.uid}/?skills=&citizenship=KG").content.decode()


@pytest.mark.parametrize("page", ["/en/learn/"])
def test_the_door(page):
    assert f'href="{LIST}"' in Client().get(page).content.decode()
    assert "No courses yet" in Client().get(LIST).content.decode()
