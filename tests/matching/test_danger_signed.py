"""Who signs a danger area and lifts a hit, and that it is scored and swept; in the console and by the worker's task."""

from datetime import timedelta

import pytest
from celery import current_app
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from matching import score
from matching.danger import stop_unsafe_vacancies
from matching.mark import mark_vacancy
from matching.models import DangerArea, Match
from matching.sign import end_danger, sign
from matching.tasks import stop_unsafe_vacancies as task
from portal.accounts.models import User
from portal.organisations.decide_hit import decide_hit
from portal.organisations.find_hits import tell_of_changes
from portal.places.models import Region
from tests.matching.factories import DAY, a_member, a_vacancy, an_organisation
from tests.matching.labour import Market
from tests.matching.test_danger import danger, listed
from tests.people import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gate_is_open")]


@pytest.fixture
def employer(db) -> User:
    return a_member(an_organisation("employer", "RU"))


def test_signing_stops(employer, cast, django_capture_on_commit_callbacks, monkeypatch):
    woken: list[str] = []
    monkeypatch.setattr("matching.danger.wake", woken.append)
    a_vacancy(employer.memberships.get().organisation)
    area = danger(signed_as="", signed_at=None, entered_by=cast["elena"])
    with django_capture_on_commit_callbacks(execute=True):
        sign([area], by=cast["timur"], now=NOW)
    assert woken == ["matching.stop_unsafe_vacancies"] and stop_unsafe_vacancies(NOW) == 1


def test_a_signed_area_is_not_edited_but_ended_by_a_second_person(one_click, cast):
    client, area = one_click("timur"), danger(entered_by=cast["elena"])
    url = f"/admin/matching/dangerarea/{area.pk}/change/"
    assert not client.get(url).context["adminform"].form.fields
    client.post(url, {"region": "RU-TUL", "reason": "z", "source_name": "y"})
    area.refresh_from_db()
    assert (area.region_id, area.signed_as) == ("RU-TA", "Timur")
    client.post("/admin/matching/dangerarea/", {"action": "end_rows", "_selected_action": [area.pk]})
    area.refresh_from_db()
    assert area.valid_to == timezone.now().date() and area.signed_as == "Timur"
    own = danger("RU-TUL", entered_by=cast["timur"])
    with pytest.raises(PermissionDenied):
        end_danger([own], by=cast["timur"], now=NOW)
    client.post("/admin/matching/dangerarea/", {"action": "end_rows", "_selected_action": [own.pk]})
    own.refresh_from_db()
    assert own.valid_to is None


def test_days_that_are_swapped_are_refused():
    """Such an area would look as if it were in force, and hold nobody back."""
    area = DangerArea(region_id="RU-TA", reason="x", source_name="y", valid_from=DAY, valid_to=DAY - timedelta(days=1))
    with pytest.raises(ValidationError, match="The last day is before the first"):
        area.full_clean()
    area.valid_to = DAY
    area.full_clean()


def test_a_hit_and_its_lifting_are_scored(cast):
    market = Market()
    market.candidate()
    vacancy = market.vacancy()
    mark_vacancy(vacancy, market.now)
    score.score_marked(timezone.now)
    assert Match.objects.exists()
    with tell_of_changes(market.now):
        hit = listed(market.employer)
    score.score_marked(timezone.now)
    assert not Match.objects.exists()
    decide_hit(hit, "other", "Another country", by=cast["timur"], now=market.now)
    score.score_marked(timezone.now)
    assert Match.objects.exists()


def test_the_task_of_the_half_minute(employer):
    vacancy = a_vacancy(employer.memberships.get().organisation)
    danger(valid_from="2020-01-01")
    task()
    vacancy.refresh_from_db()
    assert vacancy.stopped_because == "area"
    [entry] = [entry for entry in current_app.conf.beat_schedule.values() if entry["task"] == "matching.stop_unsafe_vacancies"]
    assert entry["schedule"] <= 60 and entry["options"]["queue"] == "now"


def test_no_place_of_ours_lies_outside_recognised_borders():
    """ISO 3166-2 gives these to Ukraine and Georgia; codes that others have made up for them are no places of ours either."""
    codes = set(Region.objects.values_list("code", flat=True))
    made_up = {"RU-CR", "RU-KRM", "RU-SEV", "RU-DON", "RU-DPR", "RU-DNR", "RU-LPR", "RU-LNR", "RU-LUG", "RU-ZAP", "RU-HER", "RU-KHE"}
    assert not codes & made_up and {code[:2] for code in codes} == {"RU", "KZ", "TJ", "KG", "UZ"}
    assert len([code for code in codes if code.startswith("RU")]) == 83  # the subjects that ISO 3166-2 has for Russia
