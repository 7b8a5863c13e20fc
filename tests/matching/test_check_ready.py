"""The release gate, wages, and the law as content: unsigned it makes nobody eligible."""

from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from matching import score
from matching.approve_weights import approve
from matching.check_ready import OTHER_SUBJECTS, language_subject, matching_is_open, unready
from matching.load_records import vacancy_records
from matching.load_routes import load_routes
from matching.mark import mark_vacancy
from matching.models import DangerArea, EmployerFile, LegalRoute, LicenceRecognition, Match, ScoringMark, ScoringWeights, SignOff, Vacancy
from matching.regimes import NAMES
from matching.score_vacancies import current_weights
from matching.wages import wages_on
from orientation.models import Fact
from portal.accounts.models import User
from portal.organisations.models import SanctionEntry
from portal.support.models import ContactCall, ContactPhone
from tests.matching.labour import Market

pytestmark = pytest.mark.django_db
LAW = (LegalRoute, LicenceRecognition, DangerArea)


def sign_everything(who: User) -> None:
    now = timezone.now()
    for model in LAW:
        model.objects.update(signed_as="A. Lawyer", signed_by=who, signed_at=now)
    Fact.objects.update(verified_by=who, verified_at=now)
    for phone in ContactPhone.objects.all():
        ContactCall.objects.create(phone=phone, called_at=now, called_by=who, answered=True)
    for subject in [*map(language_subject, ("tg", "ky", "uz", "ru", "en")), *OTHER_SUBJECTS]:
        SignOff.objects.create(subject=subject, signed_by=who, signed_at=now)
    approve(current_weights(now), by=who, now=now)
    for code in SanctionEntry.List:
        SanctionEntry.objects.create(list=code, reference="1", kind="entity", name="Nobody", names=[], folded=[], generated_on=now.date())


def test_the_starter_content_is_not_ready(capsys):
    kinds = {line.split(":")[0] for line in unready()}
    assert {
        "legal route",
        "licence recognition",
        "danger area",
        "fact",
        "contact",
        "language",
        "weights of the score",
        "sanctions list",
    } <= kinds
    with pytest.raises(CommandError, match="Not ready"):
        call_command("check_ready")
    assert "RU-REG-TJ" in capsys.readouterr().out


def test_closed_until_everything_is_signed(settings):
    settings.DEMO = False
    market = Market()
    market.candidate()
    vacancy = market.vacancy()
    mark_vacancy(vacancy, market.now)
    assert not matching_is_open()
    assert score.score_marked(timezone.now) == 0 and ScoringMark.objects.exists() and not Match.objects.exists()
    with pytest.raises(score.Closed):
        score.start_full_run(timezone.now())
    assert score.start_daily_run(timezone.now()) is None
    with pytest.raises(CommandError, match="closed"):
        call_command("score")

    sign_everything(vacancy.created_by)
    assert unready() == [] and matching_is_open()
    call_command("check_ready")
    assert score.score_marked(timezone.now) == 1 and Match.objects.exists()


def test_the_demo_signs_for_nobody_else(settings):
    LegalRoute.objects.update(signed_as="demo")
    settings.DEMO = True
    assert LegalRoute.objects.signed().exists()
    settings.DEMO = False
    assert not LegalRoute.objects.signed().exists()


def test_routes_say_what_the_law_says():
    rows = set(LegalRoute.objects.filter(effect="permit").values_list("origin", "destination", "activity", "employer_permit", "regime"))
    assert ("KG", "RU", "*", False, "eaeu") in rows and ("KG", "KZ", "*", False, "eaeu") in rows
    assert ("TJ", "RU", "*", False, "patent") in rows and ("UZ", "KZ", "97", False, "kz-household") in rows
    assert ("TJ", "KZ", "*", False, "kz-employer-permit") in rows
    papers = {(row.origin, row.destination, row.regime): row.papers for row in LegalRoute.objects.filter(effect="permit")}
    assert papers["TJ", "KZ", "kz-employer-permit"] == ["kz_permit", "kz_enbek"] and papers["UZ", "RU", "patent"] == ["uz_platform"]
    assert not papers["TJ", "RU", "patent"] and not papers["KG", "RU", "eaeu"]
    assert all(source.startswith("Safar demo") for source in LegalRoute.objects.filter(effect="ban").values_list("source_name", flat=True))


def test_a_row_that_is_overwritten_must_be_signed_anew():
    LegalRoute.objects.update(signed_as="A. Lawyer")
    before = LegalRoute.objects.count()
    assert load_routes(overwrite=False) == 0 and LegalRoute.objects.filter(signed_as="").count() == 0
    load_routes(overwrite=True)
    assert LegalRoute.objects.count() == before == LegalRoute.objects.filter(signed_as="").count()


def record(vacancy: Vacancy, market: Market) -> dict:
    row = Vacancy.objects.select_related("employer", "region__country").prefetch_related("skills", "languages").get(pk=vacancy.pk)
    return vacancy_records([row], wages_on(market.today), market.today)[0]


@pytest.fixture
def market(settings, cast_rows) -> Market:
    settings.DEMO = True
    return Market()


@pytest.mark.parametrize(
    ("terms", "month"),
    [
        ({"wage_amount": Decimal(80_000)}, 80_000),
        ({"wage_amount": Decimal(500), "wage_period": "hour"}, 500 * 165),
        ({"wage_amount": Decimal(5_000), "wage_period": "shift", "shifts_a_month": 15}, 75_000),
        ({"wage_amount": Decimal(60_000), "wage_period": "piece"}, 60_000),
        ({"wage_amount": Decimal(100_000), "wage_basis": "gross"}, 87_000),
    ],
)
def test_wages_become_cents_of_dollars_in_hand_a_month(market, terms, month):
    rate = wages_on(market.today).rates["RUB"]
    assert record(market.vacancy(**terms), market)["wage"] == round(month * 100 / rate)


def test_a_tax_and_a_minimum_that_are_not_known_stop_nothing(market):
    Fact.objects.filter(code__endswith="-INCOME-TAX").delete()
    Fact.objects.filter(code__endswith="-MINIMUM-WAGE").delete()
    rate = wages_on(market.today).rates["RUB"]
    found = record(market.vacancy(wage_amount=Decimal(1000), wage_basis="gross"), market)
    assert (found["wage"], found["blocked"]) == (round(100_000 / rate), None)


def test_the_minimum_is_before_tax_and_of_the_region_first(market):
    assert record(market.vacancy(wage_amount=Decimal(27_000), wage_basis="net"), market)["blocked"] is None  # 31 034 before tax
    assert record(market.vacancy(wage_amount=Decimal(27_000), wage_basis="gross"), market)["blocked"] == "employer"
    assert record(market.vacancy(wage_amount=Decimal(35_000), wage_basis="gross", region_id="RU-MOW"), market)["blocked"] == "employer"


def test_danger_and_suspension_block(market):
    assert record(market.vacancy(region_id="RU-VOR"), market)["blocked"] == "danger"
    DangerArea.objects.update(signed_as="")
    assert record(market.vacancy(region_id="RU-VOR"), market)["blocked"] is None
    EmployerFile.objects.update(suspended_because="Charged workers")
    assert record(market.vacancy(), market)["blocked"] == "employer"


def test_a_region_that_closes_a_trade_closes_it_to_patents_only(market):
    LegalRoute.objects.filter(effect=LegalRoute.Effect.BAN).update(valid_to=None)  # the region's ban is for this year only
    EmployerFile.objects.update(activities=["53.20"])
    market.candidate(citizenship="TJ")
    kyrgyz = market.candidate(citizenship="KG")
    vacancy = market.vacancy(region_id="RU-SPE")
    mark_vacancy(vacancy, market.now)
    score.score_marked(timezone.now)
    assert [match.candidate for match in Match.objects.filter(vacancy=vacancy)] == [kyrgyz]


def test_a_row_with_lists_stands_for_as_many():
    """One ban of three activities for two citizenships is six rows; recognition of nine categories and countries as many."""
    bans = LegalRoute.objects.filter(effect="ban", region="RU-ROS").order_by("pk").values_list("origin", "activity", "valid_from")
    assert {(origin, activity) for origin, activity, _ in bans} == {(o, a) for o in ("TJ", "UZ") for a in ("47", "49.3", "53.20")}
    assert (LegalRoute.objects.filter(effect="permit").count(), LicenceRecognition.objects.count()) == (8, 26)
    demo = [*LicenceRecognition.objects.order_by("pk"), *LegalRoute.objects.filter(effect="ban").order_by("pk"), *DangerArea.objects.all()]
    assert all(row.source_name.startswith("Safar demo") and row.signed_as == "" for row in demo)


def test_each_regime_of_the_content_has_a_name():
    assert set(LegalRoute.objects.order_by("pk").values_list("regime", flat=True)) <= set(NAMES)


CALLED_OFF = {
    "no route": lambda: LegalRoute.objects.all().delete(),
    "route": lambda: LegalRoute.objects.filter(pk=LegalRoute.objects.first().pk).update(signed_as=""),
    "route of the demo": lambda: LegalRoute.objects.filter(pk=LegalRoute.objects.first().pk).update(signed_as="demo"),
    "licence": lambda: LicenceRecognition.objects.update(signed_as=""),
    "danger": lambda: DangerArea.objects.update(signed_as=""),
    "fact": lambda: Fact.objects.filter(pk=Fact.objects.first().pk).update(verified_by=None, verified_at=None),
    "contact": lambda: ContactCall.objects.filter(phone__contact=ContactPhone.objects.first().contact).delete(),
    "language": lambda: SignOff.objects.filter(subject="language:ky").delete(),
    "assessment": lambda: SignOff.objects.filter(subject="impact-assessment").delete(),
    "employer": lambda: EmployerFile.objects.update(activities=[]),
    "sanctions": lambda: SanctionEntry.objects.filter(list="seco").delete(),
    "weights": lambda: ScoringWeights.objects.update(approved_by=None),
}


@pytest.mark.parametrize("what", CALLED_OFF)
def test_the_short_question_finds_what_the_long_list_names(settings, django_assert_max_num_queries, what):
    settings.DEMO = False
    sign_everything(Market().vacancy().created_by)
    with django_assert_max_num_queries(3):
        assert matching_is_open()
    CALLED_OFF[what]()
    with django_assert_max_num_queries(3):
        assert not matching_is_open()
    assert unready()


TRIAL = "Trial, not yet checked:"


@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("", ""),
        ("farrukh", "profile/"),
        ("farrukh", "profile/start/"),
        ("farrukh", "mine/"),
        ("ildar", ""),
        ("ildar", "own/"),
        ("ildar", "own/new/"),
    ],
)
def test_pages_say_that_it_is_a_trial(signed_in, client, settings, django_assert_num_queries, who, path):
    client = signed_in(who) if who else client
    assert TRIAL in client.get(f"/en/jobs/{path}").content.decode()
    settings.DEMO = True
    assert TRIAL not in client.get(f"/en/jobs/{path}").content.decode()
    settings.DEMO = False
    sign_everything(Market().vacancy().created_by)
    assert TRIAL not in client.get(f"/en/jobs/{path}").content.decode()
    with django_assert_num_queries(0):
        settings.DEMO = True
        matching_is_open()


@pytest.mark.parametrize("path", ["", "runs/"])
def test_the_desk_and_the_runs_say_it_too(one_click, monkeypatch, path):
    client = one_click("manizha")
    for module in ("matching.templatetags.trial", "matching.views.runs"):
        monkeypatch.setattr(f"{module}.matching_is_open", lambda: False)
    assert TRIAL in client.get(f"/en/jobs/{path or 'desk/'}").content.decode()
