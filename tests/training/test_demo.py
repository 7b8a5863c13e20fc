"""The demo's courses: behind, now and ahead, as the use cases leave them. Twice is the same as once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from matching.models import CandidateSkill
from portal.accounts.cast import PEOPLE
from tests.matching.profiles import farrukh  # noqa: F401
from training.demo import COURSES, load_demo_training
from training.models import SignUp, TrainingOffer

pytestmark = pytest.mark.django_db


def test_it_stands_once_and_farrukh_has_learnt(farrukh):  # noqa: F811
    type(farrukh).objects.update(registered_at=timezone.now() - timedelta(days=40))
    for _ in range(2):
        load_demo_training(timezone.now())
    offers = list(TrainingOffer.objects.all())
    assert len(offers) == len(COURSES) and [offer.status for offer in offers] == ["done", "open", "open", "open", "draft"]
    assert [row.state for row in SignUp.objects.filter(candidate=farrukh).order_by("offer__starts_on")] == ["completed", "seated"]
    assert set(CandidateSkill.objects.filter(candidate=farrukh, is_verified=True).values_list("skill__slug", "level")) == {
        ("bricklaying", 3),
        ("joint-finishing", 3),
    }
    assert all(offer.created_by.email == PEOPLE["rustam"].email for offer in offers)
    assert not SignUp.objects.filter(asked_at__gt=timezone.now()).exists()
