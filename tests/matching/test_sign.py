"""Signing the law, vetting, suspension: who may, and that scoring hears of it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from matching import score
from matching.mark import mark_vacancy
from matching.models import CandidateLicence, DangerArea, EmployerFile, LegalRoute, LicenceRecognition, Match, ScoringMark, ScoringRun
from matching.sign import sign
from matching.suspend import suspend
from portal.organisations.models import Organisation
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


def test_vetting_taken_back_and_a_suspension_take_suggestions_away(market, cast):
    market.candidate()
    vacancy = market.vacancy()
    mark_vacancy(vacancy, market.now)
    score.score_marked(timezone.now)
    assert Match.objects.exists()
    suspend(market.employer, "Charged workers", by=cast["timur"], now=market.now)
    score.score_marked(timezone.now)
    assert not Match.objects.exists()
    EmployerFile.objects.update(suspended_because="")
    unvet(market.employer, by=cast["timur"], now=market.now)
    assert ScoringMark.objects.get().vacancy == vacancy


def test_a_file_is_neither_deleted_nor_handed_to_another_employer(market, cast, one_click):
    """Either would lift a suspension without a mark."""
    file, other = EmployerFile.objects.get(), Organisation.objects.get(name="AlmatyFood")
    cast["timur"].is_superuser = True
    cast["timur"].save()
    client = one_click("timur")
    assert client.post(f"/admin/matching/employerfile/{file.pk}/delete/", {"post": "yes"}).status_code == 403
    values = {"employer": other.pk, "activities": "41.20", "on_file": "", "suspended_because": ""}
    assert client.post(f"/admin/matching/employerfile/{file.pk}/change/", values).status_code == 302
    file.refresh_from_db()
    assert file.employer == market.employer


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


def edit(client, row, **values) -> None:
    """As an operator does it in the console."""
    url = f"/admin/matching/{row._meta.model_name}/{row.pk}/change/"
    form = client.get(url).context["adminform"].form
    shown = {name: "" if form[name].value() is None else form[name].value() for name in form.fields}
    ticked = {name: value for name, value in (shown | values).items() if value is not False}
    assert client.post(url, ticked).status_code == 302


def finish_full_run() -> ScoringRun:
    score.score_blocks(timezone.now)
    score.score_marked(timezone.now)
    return ScoringRun.objects.filter(kind="full").first()


def suggested(*candidates) -> list[bool]:
    listed = set(Match.objects.order_by("pk").values_list("candidate", flat=True))
    return [candidate.pk in listed for candidate in candidates]


def test_a_changed_route_rescores_what_it_touches_and_counts_again_when_it_is_signed(market, one_click):
    """Tajiks need a patent, Kyrgyz nothing: the patent's row is changed, so nobody has signed it, and Tajiks are out until somebody does."""
    tajik, kyrgyz = market.candidate(citizenship="TJ"), market.candidate(citizenship="KG")
    market.vacancy(starts_on=market.today + timedelta(days=5))
    score.start_full_run(timezone.now())
    finish_full_run()
    assert suggested(tajik, kyrgyz) == [True, True]
    client, patent = one_click("timur"), LegalRoute.objects.get(effect="permit", origin="TJ", regime="patent")
    edit(client, patent, lead_days=20)
    assert finish_full_run().cause == "law"
    assert suggested(tajik, kyrgyz) == [False, True]
    client.post("/admin/matching/legalroute/", {"action": "sign_rows", "_selected_action": [patent.pk]})
    finish_full_run()
    assert suggested(tajik, kyrgyz) == [True, True]
    edit(client, patent, lead_days=90)
    client.post("/admin/matching/legalroute/", {"action": "sign_rows", "_selected_action": [patent.pk]})
    finish_full_run()
    assert suggested(tajik, kyrgyz) == [False, True]  # the patent would take longer than a month after the start


def test_a_changed_recognition_rescores_what_it_touches(market, one_click):
    driver = market.candidate(citizenship="KG")
    CandidateLicence.objects.create(candidate=driver, category="C", issued_in="KG")
    market.vacancy(licences=["C"])
    score.start_full_run(timezone.now())
    finish_full_run()
    assert suggested(driver) == [True]
    client, row = one_click("timur"), LicenceRecognition.objects.get(issuing="KG", destination="RU", category="C")
    edit(client, row, paid_driving=False)
    client.post("/admin/matching/licencerecognition/", {"action": "sign_rows", "_selected_action": [row.pk]})
    finish_full_run()
    assert suggested(driver) == [False]


def test_a_new_ban_entered_and_signed(market, one_click):
    candidate, vacancy = market.candidate(citizenship="TJ"), market.vacancy()
    score.start_full_run(timezone.now())
    finish_full_run()
    values = {"effect": "ban", "origin": "TJ", "destination": "RU", "region": "RU-TA", "activity": "41", "regime": "patent"}
    client = one_click("timur")
    assert client.post("/admin/matching/legalroute/add/", values | {"lead_days": 0, "source_name": "An act"}).status_code == 302
    finish_full_run()
    assert suggested(candidate) == [True]  # nobody has signed it
    ban = LegalRoute.objects.get(source_name="An act")
    client.post("/admin/matching/legalroute/", {"action": "sign_rows", "_selected_action": [ban.pk]})
    finish_full_run()
    assert suggested(candidate) == [False]
    assert vacancy.reasons.get(reason="route").failed == 1
