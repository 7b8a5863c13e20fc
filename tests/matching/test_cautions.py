"""Words that stop a vacancy, in five languages; numbers that warn; and where an employer reads of them."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from matching.cautions_of import FILE, Code, Numbers, Severity, cautions_of, find_cautions, full_week_code
from matching.demo.pipeline import load_demo_facts
from matching.edit import change_vacancy
from matching.models import Vacancy
from matching.publish import NotPublishable, submit
from orientation.models import Fact
from portal.money.demo import load_demo_rates
from portal.starter import read_yaml
from tests.matching.vacancies import fill, pay, place, post

WORDS = [(code, language, part) for code, languages in read_yaml(FILE).items() for language, part in languages.items()]
OWN = "/en/jobs/own/"


def found(text: str) -> list[str]:
    return [caution.code for caution in find_cautions({"description": text})]


def test_every_kind_stands_in_every_language():
    kinds = {code for code in Code if code not in (Code.HOURS, Code.WAGE)}
    assert {(code, language) for code, language, _ in WORDS} == {(code, lang) for code in kinds for lang in ("en", "ru", "tg", "ky", "uz")}
    assert all(len(part["trips"]) >= 2 and len(part["passes"]) >= 3 for _, _, part in WORDS)


@pytest.mark.parametrize(("code", "language", "part"), WORDS, ids=lambda value: value if isinstance(value, str) else "")
def test_what_trips_and_what_does_not(code, language, part):
    assert [text for text in part["trips"] if code not in found(text)] == []
    assert [text for text in part["trips"] if code not in found(text.upper())] == []
    assert [(text, found(text)) for text in part["passes"] if found(text)] == []


def test_the_quote_is_what_was_typed():
    [caution] = find_cautions({"title": "Каменщик", "description": "Берём. Только МУЖЧИНЫ, ёлки!"})
    assert (caution.code, caution.severity, caution.field, caution.quote) == (Code.SEX, Severity.STOPS, "description", "МУЖЧИНЫ")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\0",
        "(((((",
        "a" * 2000,
        "паспорт " * 250,
        "не " * 600 + "залог",
        "need" + "'" * 1900,
        "need " + "a'" * 900,
        "Uchinchi smena, 40 soat, 8 kishi, 3-qavat",
        "Опыт 2 года, вес до 25 кг",
    ],
)
def test_long_and_odd_texts_cost_little_and_trip_nothing_else(text):
    began = timezone.now()
    assert set(found(text)) <= {"fee"}
    assert timezone.now() - began < timedelta(seconds=1)


def test_numbers_warn_and_do_not_stop():
    cautions = find_cautions({}, hours=48, full_week=Decimal("40.00"), least="27093.00 RUB")
    assert [(each.code, each.severity, each.quote) for each in cautions] == [
        (Code.HOURS, Severity.WARNS, "40"),
        (Code.WAGE, Severity.WARNS, "27093.00 RUB"),
    ]
    assert find_cautions({}, hours=40, full_week=Decimal(40)) == find_cautions({}, hours=60, full_week=None) == []


@pytest.mark.django_db
def test_the_law_numbers_are_facts(cast, draft):
    vacancy = fill(draft, cast["ildar"], hours_a_week=48, wage_amount=20_000)
    today = timezone.now().date()
    assert [(each.code, each.quote) for each in cautions_of(vacancy, Numbers(today))] == [(Code.HOURS, "40")]  # the wage has no fact yet
    load_demo_rates(today)
    load_demo_facts(timezone.now())
    assert [each.code for each in cautions_of(vacancy, Numbers(today))] == [Code.HOURS, Code.WAGE]
    Fact.objects.filter(code=full_week_code("RU")).update(status=Fact.Status.BILL)
    assert [each.code for each in cautions_of(vacancy, Numbers(today))] == [Code.WAGE]
    submit(vacancy, by=cast["ildar"], now=timezone.now())  # a warning stops nothing
    vacancy.refresh_from_db()
    assert vacancy.status == "review"


@pytest.mark.django_db
@pytest.mark.parametrize("country", ["RU", "KZ"])
def test_the_full_week_is_content_that_nobody_has_verified(country):
    fact = Fact.objects.get(code=full_week_code(country))
    assert (fact.number, fact.unit, fact.verified_at) == (40, Fact.Unit.HOUR, None)
    assert {corridor.split("-")[1] for corridor in fact.corridors} == {country}
    assert all(source.url and source.publisher for source in fact.sources.all()) and fact.sources.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["Только мужчины.", "Housing is deducted from the wage.", "Pasportni olamiz."])
def test_words_stop_a_draft_at_the_hand_in(cast, draft, text):
    vacancy = fill(draft, cast["ildar"], description=text)
    with pytest.raises(NotPublishable) as stopped:
        submit(vacancy, by=cast["ildar"], now=timezone.now())
    assert [gap.step for gap in stopped.value.gaps] == ["place"]
    change_vacancy(vacancy, {"description": "Кладём стены."}, by=cast["ildar"], now=timezone.now())
    assert submit(vacancy, by=cast["ildar"], now=timezone.now()).status == "review"


@pytest.mark.django_db
def test_an_employer_is_told_without_a_script(signed_in, draft):
    ildar = signed_in("ildar")
    answer = post(ildar, f"{OWN}{draft.uid}/place/", place(description="Нужен залог 5000."))
    draft.refresh_from_db()
    assert draft.description == "Нужен залог 5000."  # kept: a draft may say anything
    html = ildar.get(answer.url).content.decode()
    assert "“залог”" in html and "a worker pays nothing for a job" in html
    assert "“залог”" in ildar.get(f"{OWN}{draft.uid}/place/").content.decode()
    assert "“залог”" in ildar.get(f"{OWN}{draft.uid}/check/").content.decode()
    post(ildar, f"{OWN}{draft.uid}/pay/", pay(hours_a_week="85"))
    assert Vacancy.objects.get().hours_a_week is None


@pytest.mark.django_db
def test_while_typing(signed_in, draft):
    typed = {"title": "Men wanted", "description": "Паспорт забираем."}
    html = signed_in("ildar").post(f"{OWN}cautions/", typed).content.decode()
    assert "“Men wanted”" in html and "“Паспорт забираем”" in html and "<html" not in html
    assert signed_in("farrukh").post(f"{OWN}cautions/", typed).status_code == 403
    assert Client().post(f"{OWN}cautions/", typed).status_code == 302
    draft.refresh_from_db()
    assert draft.description == ""


@pytest.mark.django_db
def test_what_the_next_page_shows_is_said_once(signed_in, draft):
    ildar = signed_in("ildar")
    html = post(ildar, f"{OWN}{draft.uid}/pay/", pay(hours_a_week="60"), follow=True).content.decode()
    assert html.count("A full week by law is 40 hours.") == 1
    html = post(ildar, f"{OWN}{draft.uid}/place/", place(description="Залог за спецодежду."), follow=True).content.decode()
    assert html.count("a worker pays nothing for a job") == 1
