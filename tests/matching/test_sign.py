"""Signing the law, vetting, suspension: who may, and that scoring hears of it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from matching import score
from matching.mark import mark_vacancy
from matching.models import DangerArea, EmployerFile, LegalRoute, Match, ScoringMark, ScoringRun
from matching.sign import sign
from portal.organisations.vet import unvet
from tests.matching.labour import Market

pytestmark = pytest.mark.django_db


@pytest.fixture
def market(one_click) -> Market:
    return Market()


def test_operators_sign_and_everything_is_scored(market, cast):
    rows = list(LegalRoute.objects.all())
    sign(rows, by=cast["timur"], now=market.now)
    assert set(LegalRoute.objects.values_list("signed_by", flat=True)) == {cast["timur"].pk}
    assert ScoringRun.objects.filter(kind="full").count() == 1
    for key in ("elena", "manizha", "farrukh", "ildar"):
        with pytest.raises(PermissionDenied):
            sign(rows, by=cast[key], now=market.now)


def test_a_danger_area_needs_a_second_person(market, cast):
    area = DangerArea.objects.create(region_id="RU-TUL", reason="x", source_name="y", entered_by=cast["timur"])
    with pytest.raises(PermissionDenied):
        sign([area], by=cast["timur"], now=market.now)
    area.refresh_from_db()
    assert area.signed_as == ""


def test_a_row_changed_in_the_console_is_signed_by_nobody(market, one_click):
    client, row = one_click("timur"), LegalRoute.objects.filter(region="*").first()
    form = client.get(f"/admin/matching/legalroute/{row.pk}/change/").context["adminform"].form
    values = {name: "" if form[name].value() is None else form[name].value() for name in form.fields} | {"lead_days": 77}
    assert client.post(f"/admin/matching/legalroute/{row.pk}/change/", values).status_code == 302
    row.refresh_from_db()
    assert (row.lead_days, row.signed_as) == (77, "")
    client.post("/admin/matching/legalroute/", {"action": "sign_rows", "_selected_action": [row.pk]})
    row.refresh_from_db()
    assert row.signed_by.email == "timur@safar.example.org"


def test_vetting_taken_back_and_a_suspension_take_suggestions_away(market, cast, one_click):
    market.candidate()
    vacancy = market.vacancy()
    mark_vacancy(vacancy, market.now)
    score.score_marked(timezone.now)
    assert Match.objects.exists()
    file = EmployerFile.objects.get()
    values = {"employer": file.employer_id, "activities": "41.20", "on_file": "", "suspended_because": "Charged workers"}
    assert one_click("timur").post(f"/admin/matching/employerfile/{file.pk}/change/", values).status_code == 302
    score.score_marked(timezone.now)
    assert not Match.objects.exists()
    EmployerFile.objects.update(suspended_because="")
    unvet(market.employer, by=cast["timur"], now=market.now)
    assert ScoringMark.objects.get().vacancy == vacancy


def test_a_law_signed_in_the_middle_of_a_full_run_is_not_forgotten(market, cast):
    """The open run has scored the vacancy already; its suggestions go all the same."""
    market.candidate()
    market.vacancy()
    market.vacancy()
    score.start_full_run(market.now, block=1)
    score.score_block(score.claim(market.now), timezone.now)
    assert Match.objects.count() == 1
    area = DangerArea.objects.create(region_id="RU-TA", reason="x", source_name="y")
    sign([area], by=cast["timur"], now=timezone.now())
    score.score_blocks(timezone.now)
    score.score_marked(timezone.now)
    assert not Match.objects.exists()
