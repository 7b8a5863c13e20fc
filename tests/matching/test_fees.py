"""The question about money: when it comes, what an answer keeps, who reads it, who sees to it."""

import threading
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.utils import timezone

from matching.care import choose_agency
from matching.fees import Told, answer_about_fees, handle_fee_answer, moment_to_ask
from matching.models import AccessLog, FeeAnswer, Match, MatchEvent, State
from matching.move import NotAllowed, NotPossible
from matching.person_matches import export_matches
from portal.accounts.erase import erase_everything
from portal.organisations.models import Organisation
from tests.matching.factories import a_candidate, a_match, a_member, a_vacancy, an_agency

pytestmark = pytest.mark.django_db
YES = {"asked": "yes", "by": "broker", "amount": "5 000", "currency": "RUB", "told": ["safar"]}


@pytest.fixture
def match(cast) -> Match:
    agency = Organisation.objects.get(name="Dushanbe Labour Agency")
    return a_match(a_vacancy(), a_candidate(agency, cast["farrukh"]), State.ACCEPTED, cast["manizha"])


def url(match: Match) -> str:
    return f"/en/jobs/mine/{match.uid}/money/"


def post(client, where, **data):
    return client.post(where, {"submission_key": uuid4(), **data})


@pytest.fixture
def answered(match, cast) -> FeeAnswer:
    told = Told(by="broker", amount=Decimal(5000), currency="RUB", told=("safar",))
    return answer_about_fees(match, cast["farrukh"], told, timezone.now())


class TestWhenItIsAsked:
    @pytest.mark.parametrize(
        ("state", "moment"),
        [
            (State.APPROVED, None),
            (State.ACCEPTED, "acceptance"),
            (State.TURNED_DOWN, None),
            (State.AGREED, "contract"),
            (State.PLACED, "departure"),
            (State.WITHDRAWN, None),
        ],
    )
    def test_after_each_step(self, cast, state, moment):
        found = a_match(a_vacancy(), a_candidate(an_agency(), cast["farrukh"]), state)
        assert moment_to_ask(found, timezone.now()) == moment

    def test_a_month_after_departure(self, cast):
        found = a_match(a_vacancy(), a_candidate(an_agency(), cast["farrukh"]), State.PLACED)
        left = MatchEvent.objects.get(after=State.PLACED).at
        assert moment_to_ask(found, left + timedelta(days=29)) == "departure"
        assert moment_to_ask(found, left + timedelta(days=30)) == "month_1"

    def test_once_a_moment(self, signed_in, match):
        client = signed_in("farrukh")
        page = f"/en/jobs/mine/{match.uid}/"
        assert url(match) in client.get(page).content.decode()
        assert post(client, url(match), asked="no")["Location"] == page
        assert url(match) not in client.get(page).content.decode() and client.get(url(match))["Location"] == page
        assert post(client, url(match), asked="no").status_code == 409
        assert FeeAnswer.objects.get().asked is False

    def test_sent_twice(self, signed_in, match):
        client, data = signed_in("farrukh"), {"submission_key": uuid4(), "asked": "no"}
        assert client.post(url(match), data)["Location"] == client.post(url(match), data)["Location"]


class TestWhatIsSaid:
    def test_yes(self, signed_in, match):
        client = signed_in("farrukh")
        assert post(client, url(match), **YES)["Location"].endswith("#fees")
        row = FeeAnswer.objects.get()
        assert (row.moment, row.asked, row.by, row.amount, row.currency, row.told) == (
            "acceptance",
            True,
            "broker",
            Decimal(5000),
            "RUB",
            ["safar"],
        )
        assert "You were asked for money" in client.get(f"/en/jobs/mine/{match.uid}/").content.decode()

    @pytest.mark.parametrize(
        ("change", "sentence"),
        [
            ({"asked": ""}, "problems"),
            ({"by": ""}, "Say who asked"),
            ({"currency": ""}, "Say in which money."),
            ({"amount": "-3"}, "problems"),
            ({"amount": "1e400"}, "problems"),
            ({"by": "agency", "told": ["agency"]}, "It was the agency that asked."),
            ({"told": ["employer"]}, "problems"),
        ],
    )
    def test_bad_input_is_told_and_kept(self, signed_in, match, change, sentence):
        page = post(signed_in("farrukh"), url(match), **YES | change).content.decode()
        assert sentence in page and 'class="problems"' in page and not FeeAnswer.objects.exists()
        assert (YES | change)["amount"] in page

    def test_no_leaves_nothing_else(self, signed_in, match):
        post(signed_in("farrukh"), url(match), **YES | {"asked": "no"})
        row = FeeAnswer.objects.get()
        assert (row.asked, row.by, row.amount, row.currency, row.told) == (False, "", None, "", [])


class TestWhoReadsIt:
    def seen_by(self, *users) -> list[bool]:
        return [FeeAnswer.objects.visible_to(user).exists() for user in users]

    def test_only_whom_the_worker_named(self, answered, cast):
        everybody = [cast[key] for key in ("farrukh", "manizha", "ildar", "timur", "aigul")]
        assert self.seen_by(*everybody) == [True, False, False, True, False]
        FeeAnswer.objects.update(told=["agency"])
        stranger = a_member(an_agency())
        assert self.seen_by(*everybody, stranger) == [True, True, False, False, False, False]
        FeeAnswer.objects.update(told=[])
        assert self.seen_by(*everybody) == [True, False, False, False, False]

    def test_no_operator_of_the_agency_or_of_the_employer(self, answered, cast):
        employed = a_member(answered.match.vacancy.employer)
        Group.objects.get(name="operators").user_set.add(cast["manizha"], employed, cast["ildar"])
        assert self.seen_by(cast["manizha"], employed, cast["ildar"], cast["timur"]) == [False, False, True, True]

    def test_pages(self, signed_in, answered, match):
        for key, expected in (("aigul", 404), ("manizha", 403)):
            client = signed_in(key)
            assert client.get(url(match)).status_code == expected
            client.logout()

    def test_the_list(self, one_click, answered):
        operator = one_click("timur")
        page = operator.get("/en/jobs/fees/").content.decode()
        assert "a go-between" in page and "5,000" in page and "Sattorov" not in page
        assert "Bricklayer" not in one_click("manizha").get("/en/jobs/fees/").content.decode()
        assert one_click("ildar").get("/en/jobs/fees/").status_code == 403

    def test_who_it_is_is_written_down(self, one_click, answered, cast):
        operator = one_click("timur")
        page = operator.post(f"/en/jobs/fees/{answered.uid}/person/").content.decode()
        assert "Sattorov" in page and AccessLog.objects.get().user == cast["timur"]
        handle_fee_answer(answered, cast["timur"], "Called them.", timezone.now())
        assert operator.post(f"/en/jobs/fees/{answered.uid}/person/").status_code == 403
        assert one_click("manizha").post(f"/en/jobs/fees/{answered.uid}/person/").status_code == 404


class TestWhoSeesToIt:
    def test_done_once(self, one_click, answered, cast):
        operator, where = one_click("timur"), f"/en/jobs/fees/{answered.uid}/done/"
        assert 'class="problems"' in post(operator, where, outcome=" ").content.decode()
        assert post(operator, where, outcome="Called them.").status_code == 302
        late = post(operator, where, outcome="Me too.")
        assert late.status_code == 409 and "Called them." in late.content.decode()
        answered.refresh_from_db()
        assert (answered.handled_by, answered.outcome) == (cast["timur"], "Called them.")

    def test_nobody_sees_to_their_own(self, answered, cast):
        Group.objects.get(name="operators").user_set.add(cast["farrukh"])
        with pytest.raises(NotAllowed):
            handle_fee_answer(answered, cast["farrukh"], "Mine.", timezone.now())

    def test_home_counts_them(self, one_click, answered):
        assert "Workers asked for money" in one_click("timur").get("/en/").content.decode()
        assert "Workers asked for money" not in one_click("manizha").get("/en/").content.decode()


def test_what_i_take_along_and_what_goes(answered, cast):
    handle_fee_answer(answered, cast["timur"], "Called them.", timezone.now())
    rows = export_matches(cast["farrukh"])["Whether somebody asked you for money"]
    assert rows[0]["Who asked"] == "a go-between" and rows[0]["How much"].startswith("5,000")
    assert rows[0]["What was done"] == "Called them."
    erase_everything(cast["farrukh"], timezone.now())
    assert not FeeAnswer.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_answers_at_once_are_one(cast):
    match = a_match(a_vacancy(), a_candidate(an_agency(), cast["farrukh"]), State.ACCEPTED)
    together, outcomes = threading.Barrier(2), []

    def answer() -> None:
        together.wait()
        try:
            answer_about_fees(match, cast["farrukh"], Told(), timezone.now())
            outcomes.append("kept")
        except NotPossible:
            outcomes.append("late")
        finally:
            connection.close()

    threads = [threading.Thread(target=answer) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(outcomes) == ["kept", "late"] and FeeAnswer.objects.count() == 1


def test_another_agency_was_not_named(match, cast):
    """“My agency” is the one that had the care when the worker said so."""
    told = Told(by="broker", told=("agency",))
    answer_about_fees(match, cast["farrukh"], told, timezone.now())
    assert FeeAnswer.objects.visible_to(cast["manizha"]).exists()
    other = an_agency()
    staff = a_member(other)
    choose_agency(match.candidate, other, timezone.now())
    assert not FeeAnswer.objects.visible_to(staff).exists() and not FeeAnswer.objects.visible_to(cast["manizha"]).exists()


def test_no_agency_answers_for_a_worker_without_an_account(cast):
    agency = Organisation.objects.get(name="Dushanbe Labour Agency")
    found = a_match(a_vacancy(), a_candidate(agency), State.ACCEPTED)
    with pytest.raises(NotAllowed):
        answer_about_fees(found, cast["manizha"], Told(), timezone.now())
