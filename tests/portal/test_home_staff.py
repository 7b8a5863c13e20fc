"""What waits for trainers, authorities, editors and operators: counts are those of the pages and of the console's lists."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from matching.check_ready import missing_subjects, open_counts, unready
from matching.models import Candidate, Care, DangerArea, EmployerFile, LegalRoute, ScoringMark, SignOff, State
from orientation.models import Certificate, Fact
from portal.organisations.models import Organisation, SanctionEntry
from portal.outbox.models import Message
from portal.places.models import Country
from portal.support.models import ContactCall, ContactPhone
from remittances.models import ProviderHit, Quote, TransferProvider, TransferService
from remittances.waiting import for_operator as prices_for_operator
from tests.matching.factories import a_candidate, a_match, an_agency
from tests.matching.test_check_ready import sign_everything
from tests.portal.home import a_job, a_pair, counts_of, home_of, items_of, named

pytestmark = pytest.mark.django_db
READ = "Read before your next class"


def listed(client: Client, url: str) -> int:
    """How many rows a list of the console has."""
    response = client.get(url)
    assert response.status_code == 200, url
    count: int = response.context["cl"].result_count
    return count


def a_message(minutes: int, **given: object) -> Message:
    then = timezone.now() - timedelta(minutes=minutes)
    values = {"channel": "sms", "address": "+992900000001", "language": "tg", "purpose": "sign_in", "created_at": then, "due_at": then}
    return Message.objects.create(**values | given)


def a_service(name: str, observed_days_ago: int | None, **given: object) -> TransferService:
    provider, _new = TransferProvider.objects.get_or_create(slug=name.lower(), defaults={"name": name})
    russia, home = Country.objects.get(pk="RU"), Country.objects.get(pk="TJ")
    ways = {"pay_in": "card", "pay_out": "cash", "payout_currency": "TJS", "minutes": 5, "is_listed": True} | given
    service = TransferService.objects.create(provider=provider, sends_from=russia, sends_to=home, **ways)
    if observed_days_ago is not None:
        seen = timezone.localdate() - timedelta(days=observed_days_ago)
        Quote.objects.create(service=service, rate="0.12", observed_on=seen, source="a test")
    return service


class TestTrainer:
    @pytest.fixture
    def client(self, one_click):
        return one_click("rustam")

    def test_courses_to_teach_show_their_lessons(self, client, course):
        taught = [item for item in home_of(client).sections[0].items if item.title == "Lessons to teach"]
        assert f"/en/learn/{course.slug}/" in [item.url for item in taught]
        for item in taught:
            assert item.count == len(client.get(item.url).context["outline"]["lessons"])

    def test_facts_to_read_again(self, client):
        item = items_of(client, "training centre")[READ]
        assert item.count == len(client.get(item.url).context["facts"])

    @pytest.mark.parametrize(
        "change",
        [
            {"review_by": timezone.localdate() - timedelta(days=1)},
            {"valid_from": timezone.localdate() - timedelta(days=90)},
            {"valid_from": timezone.localdate() + timedelta(days=90)},
            {"valid_to": timezone.localdate() + timedelta(days=3)},
            {"status": "bill"},
            {"status": "conflict"},
        ],
    )
    def test_which_facts_those_are(self, client, change):
        quiet = {"review_by": timezone.localdate(), "valid_from": None, "valid_to": None, "status": "in_force"}
        Fact.objects.update(**quiet)
        assert READ not in items_of(client, "training centre")
        assert "Nothing has changed" in client.get("/en/learn/facts/again/").content.decode()
        Fact.objects.filter(code="RU-REG-TJ").update(**change)
        assert counts_of(client, "training centre")[READ] == 1
        assert [fact.code for fact in client.get("/en/learn/facts/again/").context["facts"]] == ["RU-REG-TJ"]

    def test_few_certificates_are_not_counted(self, client, course):
        edition = course.editions.get(is_current=True)
        for number in range(10):
            assert "Certificates so far: fewer than 10." in items_of(client, "training centre")["Is a certificate real?"].text
            Certificate.objects.create(code=f"CODE{number}", device=uuid4(), edition=edition, issued_at=timezone.now())
        assert "Certificates so far: 10." in items_of(client, "training centre")["Is a certificate real?"].text

    def test_at_most_twelve_queries(self, client, django_assert_max_num_queries):
        with django_assert_max_num_queries(12):
            client.get("/en/")

    def test_the_facts_are_public_and_one_query(self, django_assert_num_queries):
        with django_assert_num_queries(1):
            response = Client().get("/tg/learn/facts/")
        assert response.headers["Cache-Control"].startswith("public")


class TestAuthority:
    @pytest.fixture
    def client(self, one_click):
        return one_click("nigora")

    def numbers(self, client: Client) -> dict[str, str]:
        return dict(home_of(client).sections[0].numbers)

    def test_counts_under_ten_are_hidden(self, client):
        agency = an_agency()
        for _ in range(9):
            a_candidate(agency)
        assert set(self.numbers(client).values()) == {"fewer than 10"}
        a_candidate(agency)
        assert self.numbers(client)["People looking for work through Safar"] == "10"

    def test_who_does_not_look_for_work_is_not_counted(self, client):
        agency, job = an_agency(), a_job(openings=20)
        people = [a_candidate(agency) for _ in range(13)]
        a_match(job, people[0], State.PLACED)
        Candidate.objects.filter(pk=people[1].pk).update(is_paused=True)
        Care.objects.filter(candidate=people[2]).update(until=timezone.now())
        assert self.numbers(client)["People looking for work through Safar"] == "10"

    def test_only_ones_own_country(self, client):
        agency, job = an_agency(), a_job(openings=20)
        for _ in range(11):
            a_match(job, a_candidate(agency, citizenship="KG", home_region_id="KG-GO"), State.AGREED)
        assert set(self.numbers(client).values()) == {"fewer than 10"}
        Organisation.objects.filter(name="Khatlon Labour Office").update(country="RU")
        assert self.numbers(client)["Contracts that both sides agreed to"] == "11"
        Organisation.objects.filter(name="Khatlon Labour Office").update(country="KG")
        assert list(self.numbers(client).values()) == ["11", "11", "fewer than 10"]

    def test_no_page_of_anybodys(self, client):
        for path in ("people/", "desk/", "own/"):
            assert client.get(f"/en/jobs/{path}").status_code == 403

    def test_at_most_fourteen_queries(self, client, django_assert_max_num_queries):
        with django_assert_max_num_queries(14):
            client.get("/en/")


class TestEditor:
    @pytest.fixture
    def client(self, one_click):
        return one_click("elena")

    def test_each_count_is_what_the_console_lists(self, client):
        Fact.objects.filter(code__startswith="RU").update(review_by=timezone.localdate() - timedelta(days=1))
        items = items_of(client, "editor")
        assert list(items) == ["Facts past their review", "Facts that nobody has checked", "Help numbers to call"]
        for item in items.values():
            assert item.count == listed(client, item.url) > 0

    def test_a_call_that_was_answered_is_no_longer_to_do(self, client, cast):
        before = counts_of(client, "editor")["Help numbers to call"]
        phone = ContactPhone.objects.first()
        ContactCall.objects.create(phone=phone, called_at=timezone.now(), called_by=cast["elena"], answered=False)
        assert counts_of(client, "editor")["Help numbers to call"] == before
        ContactCall.objects.create(phone=phone, called_at=timezone.now(), called_by=cast["elena"], answered=True)
        assert counts_of(client, "editor")["Help numbers to call"] == before - 1

    def test_at_most_twelve_queries(self, client, django_assert_max_num_queries):
        with django_assert_max_num_queries(12):
            client.get("/en/")


class TestOperator:
    @pytest.fixture
    def client(self, one_click):
        return one_click("timur")

    @pytest.fixture
    def trouble(self, cast):
        """One of each kind, and beside it what is in order."""
        a_message(60)
        a_message(60, failed_at=timezone.now())
        a_message(60, delivered_at=timezone.now())
        a_message(1)
        Organisation.objects.create(kind="employer", name="New", country_id="RU")
        a_service("Old", 8)
        a_service("New", 7)
        a_service("Never", None)
        a_service("Hidden", None, is_listed=False)
        strange = a_service("Strange", 1)
        Quote.objects.create(
            service=strange, rate="0.2", observed_on=timezone.localdate(), source="a test", state=Quote.State.HELD, held_because="a test"
        )
        job = a_job(named("StroyKazan"))
        ScoringMark.objects.create(vacancy=job, marked_at=timezone.now() - timedelta(minutes=5))

    def test_counts_in_their_order(self, client, trouble):
        counts = counts_of(client, "operator")
        assert list(counts) == [
            "Messages that did not arrive",
            "Minutes that scoring is late",
            "Organisations to check",
            "To sign before jobs may open",
            "Help numbers to call",
            "Prices to check",
        ]
        assert counts["Messages that did not arrive"] == 2 and counts["Organisations to check"] == 1 and counts["Prices to check"] == 1

    def test_as_many_organisations_as_the_page_lists(self, client, trouble):
        item = items_of(client, "operator")["Organisations to check"]
        assert item.count == client.get(item.url).context["page"].paginator.count

    def test_prices_and_their_providers(self, client, trouble):
        """Whom a sanctions list may mean comes before what can wait."""
        yesterday = timezone.localdate() - timedelta(days=1)
        ended = a_service("Ended", None, licence_valid_to=yesterday)
        items = {item.title: item for item in prices_for_operator(timezone.localdate())}
        assert [(title, item.count) for title, item in items.items()] == [
            ("Licences that have ended", 1),
            ("Prices to check", 1),
            ("Prices to look up", 2),
        ]
        assert items["Prices to check"].count == client.get(items["Prices to check"].url).context["page"].paginator.count
        for title in ("Licences that have ended", "Prices to look up"):
            assert items[title].count == listed(client, items[title].url)
        entry = SanctionEntry.objects.create(
            list="un", reference="1", kind="entity", name="X", names=["X"], folded=["x"], generated_on=yesterday
        )
        ProviderHit.objects.create(entry=entry, provider=ended.provider, name="X", found_at=timezone.now())
        hits = items_of(client, "operator")["Transfer providers on sanctions lists"]
        assert hits.count == listed(client, hits.url) == 1 and hits.tone == "danger"

    def test_whoever_only_collects_prices_finds_them(self, one_click, cast):
        cast["farrukh"].groups.add(Group.objects.get(name="price collectors"))
        farrukh = one_click("farrukh")
        item = items_of(farrukh, "price collector")["Prices to look up"]
        assert item.count is None and farrukh.get(item.url).status_code == 200

    @pytest.mark.parametrize("title", ["Messages that did not arrive", "Help numbers to call"])
    def test_each_count_is_what_the_console_lists(self, client, trouble, title):
        item = items_of(client, "operator")[title]
        assert item.url.startswith("/admin/") and item.count == listed(client, item.url)

    def test_scoring_is_as_late_as_its_page_says(self, client, trouble):
        item = items_of(client, "operator")["Minutes that scoring is late"]
        assert item.count == client.get(item.url).context["late_minutes"] == 6

    def test_what_is_to_sign_is_what_check_ready_lists(self, client, trouble):
        item = items_of(client, "operator")["To sign before jobs may open"]
        page = client.get(item.url)
        assert item.count == page.context["total"] == len(unready())
        papers = len(page.context["subjects"]) + len(page.context["lists"])
        assert sum(count for _title, count, _url in page.context["groups"]) + papers == len(unready())
        for _title, count, url in page.context["groups"]:
            assert listed(client, url) == count, url
        for *_words, url in [*page.context["subjects"], *page.context["lists"]]:
            assert client.get(url).status_code == 200

    def test_a_paper_is_signed_from_the_list(self, client, cast):
        _words, url = client.get("/en/jobs/ready/").context["subjects"][0]
        assert url.endswith("?subject=language%3Atg") and 'value="language:tg"' in client.get(url).content.decode()
        client.post(url, {"subject": "language:tg"})
        assert "language:tg" not in missing_subjects() and SignOff.objects.get().signed_by == cast["timur"]

    def test_an_employer_that_nobody_knows(self, client, cast):
        a_job(named("StroyKazan"))
        assert open_counts()["employer"] == 1
        EmployerFile.objects.create(employer=named("StroyKazan"), activities=["41"])
        assert open_counts()["employer"] == 0

    def test_without_any_route(self, client, settings):
        LegalRoute.objects.all().delete()
        page = client.get("/en/jobs/ready/")
        assert page.context["total"] == len(unready())
        assert ("Legal routes: there are none yet", 1) in [(title, count) for title, count, _url in page.context["groups"]]

    def test_everything_signed(self, client, cast):
        sign_everything(cast["timur"])
        assert unready() == [] and "Everything is signed" in client.get("/en/jobs/ready/").content.decode()
        assert items_of(client, "operator") == {}
        assert "Nothing waits for you here" in client.get("/en/").content.decode()

    @pytest.mark.parametrize("key", ["elena", "manizha", "ildar", "farrukh"])
    def test_the_list_to_sign_is_for_operators(self, one_click, key):
        assert one_click(key).get("/en/jobs/ready/").status_code == 404

    def test_the_list_to_sign_asks_for_the_second_factor(self, signed_in, client):
        assert "/me/second-factor/" in signed_in("timur").get("/en/jobs/ready/")["Location"]
        assert "/sign-in/" in Client().get("/en/jobs/ready/")["Location"]

    def test_at_most_twenty_queries(self, client, trouble, django_assert_max_num_queries):
        agency = an_agency()
        a_pair(named("StroyKazan"), agency, State.ACCEPTED)
        DangerArea.objects.create(region_id="RU-TA", reason="for a test", source_name="a test")
        with django_assert_max_num_queries(20):
            client.get("/en/")
