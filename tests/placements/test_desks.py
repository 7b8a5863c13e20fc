"""Who reads what about people at work: operators whom to call, agencies who is where, authorities counts."""

from datetime import timedelta

import pytest
from django.utils import timezone

from matching import journey
from matching.models import AccessLog, Candidate, State
from matching.move import NotAllowed, NotPossible
from placements.allow import allow
from placements.answer import answer_check_in
from placements.arrive import arrive
from placements.choose import Choices, choose
from placements.count_pay import count_pay, count_pay_of
from placements.finish_call import finish_call
from placements.models import CallTask, CheckIn, Placement
from placements.open_calls import open_calls
from portal.organisations.models import Organisation
from portal.outbox.models import Channel
from tests.matching.factories import a_candidate, a_match, a_member, a_vacancy, an_agency
from tests.placements.away import GOOD, UNPAID, away, check_in_of, send, text

pytestmark = pytest.mark.django_db
CALLS = "/en/placements/calls/"


@pytest.fixture
def call(cast) -> CallTask:
    placement = away(cast, 9)
    choose(placement.match, cast["farrukh"], Choices("any", Channel.APP, "Zulfiya", "+992900000044", True), timezone.now())
    open_calls(timezone.now())
    return CallTask.objects.get()


class TestCalls:
    def test_for_operators_with_a_second_factor(self, one_click, signed_in, call):
        assert "/me/second-factor/" in signed_in("timur").get(CALLS)["Location"]
        for key in ("manizha", "ildar", "elena", "nigora"):
            assert one_click(key).get(CALLS).status_code == 403, key
        page = text(one_click("timur"), CALLS)
        assert "has not said that they have arrived" in page and "Sattorov" not in page and "Zulfiya" not in page

    def test_home_counts_them(self, one_click, call):
        assert "Workers to call" in text(one_click("timur"), "/en/") and "Workers to call" not in text(one_click("elena"), "/en/")

    def test_name_and_phone_are_opened_and_written_down(self, one_click, call, cast):
        operator = one_click("timur")
        page = operator.post(f"{CALLS}{call.uid}/person/").content.decode()
        assert "Sattorov" in page and "Zulfiya" in page and AccessLog.objects.get().user == cast["timur"]
        assert send(operator, f"{CALLS}{call.uid}/done/", outcome="well", note="Train was late.").status_code == 302
        assert operator.post(f"{CALLS}{call.uid}/person/").status_code == 403
        assert one_click("manizha").post(f"{CALLS}{call.uid}/person/").status_code == 403

    def test_nobody_asks_a_person_of_trust_without_leave(self, one_click, call, cast):
        Placement.objects.update(may_ask_trusted=False)
        assert "Zulfiya" not in one_click("timur").post(f"{CALLS}{call.uid}/person/").content.decode()

    def test_done_once(self, one_click, call, cast):
        operator, where = one_click("timur"), f"{CALLS}{call.uid}/done/"
        assert 'class="problems"' in send(operator, where, outcome="answered", note=" ").content.decode()
        assert send(operator, where, outcome="helped", note="Called the embassy.").status_code == 302
        late = send(operator, where, outcome="well", note="Me too.")
        assert late.status_code == 409 and "Called the embassy." in late.content.decode()
        assert "Called the embassy." in text(operator, f"{CALLS}?show=done") and "Nobody has to be called" in text(operator, CALLS)
        with pytest.raises(NotAllowed):
            finish_call(call, cast["manizha"], "well", "", timezone.now())

    def test_answers_only_of_whoever_wants_help_from_safar(self, one_click, cast):
        row = answer_check_in(check_in_of(away(cast, 31)), cast["farrukh"], UNPAID, timezone.now())
        allow(row, cast["farrukh"], ["safar"], [], timezone.now())
        assert "No, although pay day is over" in text(one_click("timur"), CALLS)
        allow(row, cast["farrukh"], [], [], timezone.now())
        assert "although pay day" not in text(one_click("timur"), CALLS)

    def test_taken_back_while_somebody_writes(self, one_click, cast):
        row = answer_check_in(check_in_of(away(cast, 31)), cast["farrukh"], UNPAID, timezone.now())
        allow(row, cast["farrukh"], ["safar"], [], timezone.now())
        call = CallTask.objects.get()
        allow(row, cast["farrukh"], [], [], timezone.now())
        with pytest.raises(NotPossible):
            finish_call(call, cast["timur"], "well", "", timezone.now())
        assert send(one_click("timur"), f"{CALLS}{call.uid}/done/", outcome="well", note="Yes.").status_code == 404

    def test_few_queries(self, one_click, call, cast, django_assert_max_num_queries):
        away(cast, 9, key="aigul")
        away(cast, 9, key="")
        open_calls(timezone.now())
        operator = one_click("timur")
        with django_assert_max_num_queries(15):
            assert text(operator, CALLS).count("Show name and phone") == 3


class TestWhoIsWhere:
    def test_where_since_when_and_no_answers(self, one_click, cast, django_assert_max_num_queries):
        row = answer_check_in(check_in_of(away(cast, 31)), cast["farrukh"], UNPAID, timezone.now())
        gone = away(cast, 40, key="aigul")
        journey.end(gone.match, cast["manizha"], timezone.now(), "health")
        agency = one_click("manizha")
        with django_assert_max_num_queries(15):
            page = text(agency, "/en/placements/")
        assert page.count("StroyKazan") == 2 and "Health" in page
        for hidden in ("pay day is over", "wants you to know", "Do you want help", "asked, and not"):
            assert hidden not in page
        assert "has arrived" not in page, "that would tell that there is an answer, and which"
        Placement.objects.filter(pk=row.placement_id).update(arrived_at=None)
        arrive(row.placement.match, cast["farrukh"], timezone.now())
        assert "has arrived" in text(agency, "/en/placements/")
        allow(row, cast["farrukh"], ["agency"], [], timezone.now())
        assert "wants you to know" in text(agency, "/en/placements/")

    def test_only_ones_own(self, one_click, cast):
        away(cast, 31)
        assert one_click("ildar").get("/en/placements/").status_code == 403
        assert not Placement.objects.in_care_of(a_member(an_agency())).exists()
        assert not Placement.objects.in_care_of(cast["timur"]).exists()


class TestPayCounted:
    @pytest.fixture
    def answered(self, cast):
        agency, vacancy = Organisation.objects.get(name="Dushanbe Labour Agency"), a_vacancy(openings=60)
        left_on, now = timezone.now().date() - timedelta(days=31), timezone.now()
        for pay, count in {"promised": 13, "less": 12, "nothing": 4}.items():
            for _ in range(count):
                kept = Placement.objects.create(match=a_match(vacancy, a_candidate(agency), State.PLACED), left_on=left_on)
                said = {"pay": pay, "papers": "mine", "place": "agreed", "money": "nobody", "needs_help": pay != "promised"}
                CheckIn.objects.create(placement=kept, month=1, due_on=left_on + timedelta(days=30), answered_at=now, **said)
        return CheckIn.objects.exclude(answered_at=None)

    def test_few_are_hidden_and_so_is_what_would_give_them_away(self, answered):
        [month] = count_pay(answered)
        assert month.counts == [13, None, None, None]

    def test_an_agency_reads_full_tens(self, one_click, answered):
        [month] = count_pay_of(answered)
        assert month.counts == [10, None, None, None]
        page = text(one_click("manizha"), "/en/placements/")
        assert "<b>10</b>" in page and "<b>13</b>" not in page and count_pay_of(answered.filter(pay="nothing")) == []

    def test_operators_all_authorities_of_their_countries_others_nothing(self, one_click, signed_in, answered, cast):
        for key in ("timur", "nigora"):
            page = text(one_click(key), "/en/placements/pay/")
            assert "<b>13</b>" in page and "12" not in page.split("<table")[1].split("</table")[0]
        for key in ("manizha", "ildar", "farrukh"):
            assert one_click(key).get("/en/placements/pay/").status_code == 404, key
        assert "/me/second-factor/" in signed_in("timur").get("/en/placements/pay/")["Location"]
        Candidate.objects.update(citizenship="KG")
        assert "No answers yet" in text(one_click("nigora"), "/en/placements/pay/")


def test_a_good_answer_is_read_by_nobody(one_click, cast):
    answer_check_in(check_in_of(away(cast, 31)), cast["farrukh"], GOOD, timezone.now())
    assert [key for key, user in cast.items() if CheckIn.objects.visible_to(user).exists()] == ["farrukh"]
