"""The ten items of a contract: asked of the agency, read by the worker beside the vacancy, and printed in two languages."""

import json
from dataclasses import asdict
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import translation

from matching import contract
from matching.differences import terms
from matching.forms.offer import OfferForm
from matching.model_contract.in_two import in_two
from matching.model_contract.items import TITLES, items
from matching.model_contract.typeset import TEMPLATE, typeset
from matching.models import Given, Match, Occupation, Offer, State, Vacancy
from portal.organisations.models import Organisation
from tests.matching.factories import FLOOR, WISH, a_candidate, a_match, a_user, a_vacancy, an_agency, an_offer
from tests.pdf_text import text_of
from tests.people import NOW

pytestmark = pytest.mark.django_db
OFFER = {
    "employer_name": "StroyKazan",
    "employer_number": "1655123456",
    "employer_address": "Kazan, Pushkina 3",
    "job_title": "Каменщик 4 разряда",
    "address": "1 Baumana street, Kazan",
    "wage_amount": "80000",
    "wage_currency": "RUB",
    "wage_period": "month",
    "wage_basis": "net",
    "pay_day": "25",
    "second_pay_day": "10",
    "hours_a_week": "40",
    "overtime": "agreed",
    "days_off": "2",
    "leave_days": "28",
    "starts_on": "2099-01-10",
    "ends_on": "2099-12-31",
    "notice_days": "14",
    "conditions": ["housing", "insurance"],
}
NASTY = ['#panic("x")', 'a" + read("/etc/passwd") + "b', "$x^2$ *b* _i_", "\\u{1F4A9} \\", "<script>alert(1)</script>"]


@pytest.fixture
def agency(cast) -> Organisation:
    return Organisation.objects.get(name="Dushanbe Labour Agency")


@pytest.fixture
def vacancy(cast) -> Vacancy:
    return a_vacancy(Organisation.objects.get(name="StroyKazan"), cast["ildar"], hours_a_week=40)


@pytest.fixture
def match(agency, vacancy) -> Match:
    """Of a worker who reads Tajik; selected, so that the contract comes next."""
    return a_match(vacancy, a_candidate(agency, a_user(language="tg")), State.SELECTED)


@pytest.fixture
def offered(agency, vacancy, cast) -> Match:
    return a_match(vacancy, a_candidate(agency, a_user(language="tg")), State.OFFERED, cast["manizha"])


@pytest.fixture
def desk(one_click, cast) -> Client:
    return one_click("manizha")


def at_desk(match: Match, act: str) -> str:
    return f"/en/jobs/desk/{match.vacancy.uid}/{match.uid}/{act}"


def enter(client: Client, match: Match, **data: object):
    values = OFFER | {"occupation": match.vacancy.occupation_id, "submission_key": uuid4()} | data
    return client.post(at_desk(match, "offer/"), values)


def initial(client: Client, match: Match) -> dict:
    return client.get(at_desk(match, "offer/")).context["offer_form"].initial


# --- what the agency enters ---


def test_the_vacancy_fills_the_form_and_the_form_an_offer(desk, match, cast):
    Organisation.objects.filter(pk=match.vacancy.employer_id).update(number="1655123456")
    page = desk.get(at_desk(match, "offer/")).content.decode()
    assert 'value="StroyKazan"' in page and 'value="80000' in page and 'value="1655123456"' in page and "8. Housing and food" in page
    assert f'value="{match.vacancy.occupation.name_ru}"' in page, "contracts there are in Russian"
    assert enter(desk, match)["Location"] == at_desk(match, "")
    offer = Offer.objects.get()
    assert (offer.number, offer.entered_by, offer.agreed_at, offer.paid_on) == (1, cast["manizha"], None, [10, 25])
    assert offer.occupation == match.vacancy.occupation and offer.conditions == ["housing", "insurance"]
    assert Match.objects.get().state == State.OFFERED


def test_what_was_typed_once_is_not_typed_again(desk, match, agency):
    enter(desk, match, wage_amount="85000")
    colleague = a_match(match.vacancy, a_candidate(agency), State.SELECTED)
    again, first = initial(desk, match), initial(desk, colleague)
    assert (
        again["wage_amount"] == 85000
        and again["job_title"] == OFFER["job_title"]
        and (again["pay_day"], again["second_pay_day"]) == (10, 25)
    )
    assert first["wage_amount"] == 80000, "a new contract starts from what was promised"
    assert (first["leave_days"], first["overtime"], first["employer_address"]) == (28, "agreed", "Kazan, Pushkina 3")
    assert first["conditions"] == ["housing", "insurance"]


def test_another_agencys_terms_fill_nothing(desk, match):
    others = a_match(match.vacancy, a_candidate(an_agency()), State.SELECTED)
    an_offer(match.vacancy, leave_days=99, match=others, number=1, entered_by=others.vacancy.created_by, entered_at=NOW).save()
    assert "leave_days" not in initial(desk, match)


BAD = [
    ("wage_amount", "-1"), ("wage_amount", "0"), ("wage_amount", "1000000000000"), ("wage_amount", "abc"), ("wage_amount", "NaN"),
    ("wage_currency", "XXX"), ("hours_a_week", "0"), ("hours_a_week", "85"), ("starts_on", "2001-01-01"), ("starts_on", "soon"),
    ("ends_on", "2099-01-01"), ("conditions", ["gold"]), ("job_title", "x" * 5000), ("pay_day", ""), ("pay_day", "32"),
    ("second_pay_day", "-1"), ("employer_name", "a\0b"), ("employer_number", "16551234"), ("employer_number", "16-55"),
    ("occupation", ""), ("occupation", "999999999"), ("overtime", ""), ("overtime", "always"), ("days_off", "0"), ("days_off", "7"),
    ("leave_days", ""), ("leave_days", "400"), ("notice_days", "0"), ("wage_period", "shift"), ("shifts_a_month", "0"),
]  # fmt: skip


def test_bad_terms(match):
    for field, value in BAD:
        form = OfferForm(NOW.date(), match.vacancy, OFFER | {"occupation": match.vacancy.occupation_id, field: value})
        assert set(form.errors) == {"shifts_a_month" if value == "shift" else field}, (field, value)


def test_what_was_typed_is_kept(desk, match):
    response = enter(desk, match, wage_amount="many")
    page = response.content.decode()
    assert response.status_code == 200 and 'class="problems"' in page and OFFER["job_title"] in page and 'value="many"' in page
    assert not Offer.objects.exists()


def test_the_database_holds_the_terms(match, cast):
    wrong = [{"paid_on": []}, {"paid_on": [0]}, {"paid_on": [32]}, {"days_off": None}, {"leave_days": 0}, {"overtime": ""}]
    for values in [*wrong, {"ends_on": NOW.date()}]:
        with pytest.raises(IntegrityError), transaction.atomic():
            an_offer(match.vacancy, match=match, number=1, entered_by=cast["manizha"], entered_at=NOW, **values).save()


# --- what the worker reads ---


def test_ten_items_in_every_language(offered):
    offer = offered.offers.get()
    name = {code: getattr(offer.occupation, f"name_{code}") for code in ("tg", "ru", "en")}
    assert len(set(name.values())) == 3
    for code, title in name.items():
        with translation.override(code):
            told = items(offer)
        assert [item.number for item in told] == list(range(1, 11)) and all(item.lines for item in told)
        assert told[1].lines[0].casefold() == title.casefold(), "the work by its name in the reader's language"


def test_the_words_of_the_contract_stand_beside_the_name(offered):
    offer = offered.offers.get()
    offer.job_title = "Каменщик 4 разряда"
    assert items(offer)[1].lines == ["Bricklayer", "In the words of the contract: “Каменщик 4 разряда”"]


def test_what_each_item_says(offered):
    offer = offered.offers.get()
    offer.wage_period, offer.shifts_a_month, offer.wage_amount = "shift", 15, Decimal(4000)
    offer.overtime, offer.ends_on, offer.notice_days, offer.conditions = "agreed", NOW.date() + timedelta(days=400), 14, ["meals", "home"]
    offer.employer_number, offer.employer_address = "1655123456", "Kazan, Pushkina 3"
    said = {item.number: item.lines for item in items(offer)}
    assert said[1] == ["StroyKazan", "Tax number: 1655123456", "Address: Kazan, Pushkina 3"]
    assert said[4] == ["4,000\xa0₽\xa0a shift, in hand, after tax", "15 shifts a month", "Paid on days 10 and 25 of each month"]
    assert said[5][0] == "40 hours a week" and "only if the worker agrees" in said[5][1]
    assert said[6] == ["2 days off a week", "28 days of paid leave a year"]
    assert said[7][2] == "Whoever ends it earlier says so 14 days before"
    assert said[8] == ["Free of charge: meals", "Not promised: housing"]
    assert said[9][0] == "Free of charge: ticket home" and "medical insurance" in said[9][1]
    offer.paid_on = [5]
    assert items(offer)[3].lines[2] == "Paid on day 5 of each month"


def different(offer: Offer, vacancy: Vacancy) -> list[int]:
    return [term.number for term in terms(offer, vacancy) if term.is_different]


def test_every_difference_from_the_vacancy(offered):
    offer, vacancy = offered.offers.get(), offered.vacancy
    assert different(offer, vacancy) == []
    offer.job_title = vacancy.occupation.name_ru
    assert different(offer, vacancy) == [], "the name of the same work in another language"
    for name, other, number in [
        ("employer_name", "Other", 1),
        ("job_title", "Labourer", 2),
        ("occupation", Occupation.objects.exclude(pk=vacancy.occupation_id).first(), 2),
        ("address", "Omsk", 3),
        ("wage_amount", Decimal(1), 4),
        ("wage_basis", "gross", 4),
        ("shifts_a_month", 15, 4),
        ("hours_a_week", 48, 5),
        ("starts_on", vacancy.starts_on + timedelta(days=1), 7),
        ("conditions", [], 8),
        ("conditions", ["housing", "travel"], 9),
    ]:
        changed = offered.offers.get()
        setattr(changed, name, other)
        assert different(changed, vacancy) == [number], name
    vacancy.hours_a_week = vacancy.wage_amount = vacancy.starts_on = None
    assert different(changed, vacancy) == [9] and terms(changed, vacancy)[4].promised == []


def test_terms_of_an_earlier_time_stay_as_they_were_written(offered):
    Offer.objects.update(occupation=None, overtime="", days_off=None, leave_days=None, paid_on=[], pay_days="on Fridays")
    offer = offered.offers.get()
    said = {item.number: item.lines for item in items(offer)}
    assert said[2] == [offer.job_title] and said[4][-1] == "on Fridays" and said[6] == [] and len(said) == 10
    assert "home" not in str(said[9]) and different(offer, offered.vacancy) == []
    assert "onFridays" in text_of(typeset(in_two(offered, offer)))


# --- the model contract ---


def pages(match: Match) -> dict[str, str]:
    """Whose → the page."""
    return {
        "worker": f"/en/jobs/mine/{match.uid}/contract/",
        "desk": at_desk(match, "contract/"),
        "employer": f"/en/jobs/own/{match.vacancy.uid}/people/{match.uid}/contract/",
    }


@pytest.fixture
def readers(offered, one_click, client) -> dict[str, Client]:
    client.force_login(offered.candidate.user)
    return {"worker": client, "desk": one_click("manizha"), "employer": one_click("ildar")}


def test_each_reads_it_by_their_own_relation(readers, offered, one_click):
    for whose, client in readers.items():
        page = client.get(url := pages(offered)[whose])
        html = page.content.decode()
        assert page.status_code == 200 and html.count("<td data-label=") == 22 and html.count('lang="tg"') >= 11, whose
        assert f"{url}1/pdf/" in html and "Sattorov" not in html and str(FLOOR) not in html and str(WISH) not in html
        pdf = client.get(f"{url}1/pdf/")
        assert pdf["Content-Type"] == "application/pdf" and "no-store" in pdf["Cache-Control"]
        assert pdf["Content-Disposition"] == 'inline; filename="contract-1.pdf"'
        for other in set(readers) - {whose}:
            for act in ("", "1/pdf/"):
                answer = client.get(pages(offered)[other] + act)
                assert answer.status_code in (403, 404) or "/second-factor/" in answer["Location"], (whose, other)


def test_the_right_role_and_the_wrong_match(readers, offered, cast):
    foreign = a_match(a_vacancy(), a_candidate(an_agency(), a_user()), State.OFFERED)
    for whose, client in readers.items():
        for act in ("", "1/pdf/"):
            assert client.get(pages(foreign)[whose] + act).status_code == 404, whose
    assert readers["desk"].get(at_desk(offered, "contract/").replace(str(offered.vacancy.uid), str(foreign.vacancy.uid))).status_code == 404
    for url in pages(offered).values():
        assert "/sign-in/" in Client().get(url)["Location"] and "/sign-in/" in Client().get(f"{url}1/pdf/")["Location"]


def test_before_the_terms_and_after_the_end(readers, match, offered, vacancy):
    for whose in ("desk", "employer"):
        assert readers[whose].get(pages(match)[whose]).status_code == 404
        assert readers[whose].get(pages(match)[whose] + "1/pdf/").status_code == 404
    for number in (0, 2, 32768, 99999999999999999999):
        assert readers["worker"].get(pages(offered)["worker"] + f"{number}/pdf/").status_code == 404
    Match.objects.filter(pk=offered.pk).update(state=State.WITHDRAWN)
    assert readers["employer"].get(pages(offered)["employer"]).status_code == 404
    assert readers["employer"].get(pages(offered)["employer"] + "1/pdf/").status_code == 404
    assert readers["worker"].get(pages(offered)["worker"]).status_code == 200


def test_only_worker_and_agency_read_what_the_law_says(readers, offered):
    for whose, client in readers.items():
        page = client.get(pages(offered)[whose]).content.decode()
        assert ("The occupation must be written in the same words" in page) == (whose != "employer")


def read(client: Client, url: str) -> bytes:
    return b"".join(client.get(url).streaming_content)


def test_the_pdf_has_both_languages_and_nothing_of_the_person(readers, offered):
    offer = offered.offers.get()
    pdf = read(readers["worker"], pages(offered)["worker"] + "1/pdf/")
    text = text_of(pdf)
    for code in ("tg", "ru"):
        with translation.override(code):
            for title in TITLES:
                assert "".join(str(title).split()) in text
        assert "".join(getattr(offer.occupation, f"name_{code}").split()).casefold() in text.casefold()
    for number in range(1, 11):
        assert text.count(f"{number}.") >= 2
    user = offered.candidate.user
    for never in ("Farrukh", "Sattorov", "F.S.", str(user.phone), str(FLOOR)[:5], str(WISH)[:5], "1995"):
        assert never not in text and never.encode() not in pdf
    assert pdf == read(readers["desk"], at_desk(offered, "contract/1/pdf/")), "everybody holds the same paper"


def test_the_terms_that_were_agreed_stay_for_ever(readers, offered, cast):
    url = pages(offered)["worker"] + "1/pdf/"
    before = read(readers["worker"], url)
    contract.agree(offered, 1, offered.candidate.user, NOW)
    Vacancy.objects.update(address="Omsk", wage_amount=1, title="Other", conditions=[])
    Organisation.objects.filter(pk=offered.vacancy.employer_id).update(name="Other")
    assert read(readers["worker"], url) == before
    assert enter(readers["desk"], offered, wage_amount="70000").status_code == 302
    assert read(readers["worker"], url) == before
    newest = text_of(read(readers["worker"], pages(offered)["worker"] + "2/pdf/"))
    assert "70000" in newest and "Каменщик4разряда" in newest and "70000" not in text_of(before)
    html = readers["worker"].get(pages(offered)["worker"]).content.decode()
    assert html.index("2/pdf/") < html.index("Earlier terms") < html.index("1/pdf/")


def test_who_reads_russian_gets_one_column(offered):
    offered.candidate.user.language = "ru"
    [side] = in_two(offered, offered.offers.get())
    assert side.language == "ru" and text_of(typeset([side])).count(side.items[0].lines[0]) == 1


def test_no_letter_is_without_a_glyph(offered):
    """typst warns of a letter that no font has; nothing of the machine's own is looked at."""
    import typst

    offer = offered.offers.get()
    offer.wage_currency, offer.address, offer.conditions = "KZT", "ӣӯҷҳқғңөүӢӮҶҲҚҒҢӨҮ oʻ gʻ ʼ ё №", list(Given.values)
    for language in ("tg", "ky", "uz", "ru", "en"):
        offered.candidate.user.language = language
        told = json.dumps([asdict(side) for side in in_two(offered, offer)])
        fonts = typst.Fonts(include_system_fonts=False)
        pdf, warnings = typst.compile_with_warnings(TEMPLATE.read_bytes(), format="pdf", font_paths=fonts, sys_inputs={"sides": told})
        assert not warnings and "ӣӯҷҳқғңөүӢӮҶҲҚҒҢӨҮoʻgʻʼё№" in text_of(pdf) and "₸" in text_of(pdf)


def test_what_people_type_is_data(desk, match):
    """typst would stop with an error at the code, and a page would run the markup."""
    for number, typed in enumerate(NASTY, 1):
        enter(desk, match, employer_name=typed, employer_address=typed, job_title=typed, address=typed)
        assert text_of(read(desk, at_desk(match, f"contract/{number}/pdf/"))).count("".join(typed.split())) == 8
        assert "<script>alert" not in desk.get(at_desk(match, "contract/")).content.decode()


def test_few_queries(readers, offered, django_assert_max_num_queries):
    for whose, client in readers.items():
        with django_assert_max_num_queries(13):
            client.get(pages(offered)[whose])
        with django_assert_max_num_queries(12):
            client.get(pages(offered)[whose] + "1/pdf/")


def test_the_workers_own_page_leads_to_it(readers, offered, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):  # as without a contract, and the terms
        page = readers["worker"].get(f"/en/jobs/mine/{offered.uid}/").content.decode()
    assert pages(offered)["worker"] in page and page.count('<tr class="different">') == 0 and 'name="offer" value="1"' in page
