"""What a worker chooses before leaving, says on arrival and answers at work: on pages without a script."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from matching import journey
from matching.models import FeeAnswer, State
from matching.move import NotAllowed, NotPossible
from placements.allow import allow
from placements.answer import Answers, answer_check_in
from placements.arrive import arrive
from placements.choose import Choices, choose, forget_trusted
from placements.days import due_on
from placements.models import CallTask, CheckIn, Placement
from portal.accounts.erase import erase_everything
from portal.accounts.export import export_everything
from portal.outbox.models import Channel, ChosenWay, Purpose
from tests.matching.factories import a_candidate, a_match, a_user, a_vacancy
from tests.placements.away import GOOD, UNPAID, away, back, check_in_of, send, text

pytestmark = pytest.mark.django_db
TRUSTED = {"trusted_name": "Zulfiya", "trusted_phone": "900000044", "country": "TJ"}
CHOSEN = {"hours": "evening", "channel": "app", "country": "TJ"}


class TestBeforeLeaving:
    def test_hours_channel_and_one_person(self, signed_in, agreed, cast):
        worker, where = signed_in("farrukh"), f"/en/placements/{agreed.uid}/choices/"
        assert "Safar: 1 minute?" in text(worker, where)
        assert send(worker, where, **CHOSEN | TRUSTED, may_ask_trusted="on").status_code == 302
        placement = Placement.objects.get()
        assert (placement.hours, placement.trusted_phone, placement.may_ask_trusted) == ("evening", "+992900000044", True)
        assert ChosenWay.objects.get(purpose=Purpose.CHECK_IN).channel == Channel.APP
        page = text(worker, f"/en/placements/{agreed.uid}/")
        assert "Zulfiya" in page and "in the evening" in page
        assert send(worker, f"/en/placements/{agreed.uid}/forget/").status_code == 302
        assert "Zulfiya" not in text(worker, f"/en/placements/{agreed.uid}/")

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ({"trusted_name": "Zulfiya"}, "Write the number too"),
            ({"trusted_phone": "900000044"}, "Write the name too"),
            ({"trusted_name": "Zulfiya", "trusted_phone": "12"}, "too short"),
            ({"trusted_name": "I", "trusted_phone": "+992900000001"}, "your own number"),
            ({"hours": "never"}, "problems"),
            ({"channel": "mail"}, "problems"),
        ],
    )
    def test_what_was_typed_is_kept_beside_what_to_do(self, signed_in, agreed, typed, sentence):
        response = send(signed_in("farrukh"), f"/en/placements/{agreed.uid}/choices/", **CHOSEN | typed)
        page = response.content.decode()
        assert response.status_code == 200 and sentence in page and not Placement.objects.exists()
        assert all(value in page for name, value in typed.items() if name.startswith("trusted"))

    def test_nobody_else_chooses(self, signed_in, one_click, agreed, cast):
        where = f"/en/placements/{agreed.uid}/"
        assert one_click("manizha").get(where).status_code == 403
        assert one_click("ildar").get(f"{where}choices/").status_code == 403
        assert signed_in("aigul").get(where).status_code == 404
        with pytest.raises(NotAllowed):
            choose(agreed, cast["manizha"], Choices("any", Channel.APP), timezone.now())

    def test_not_before_the_yes_and_not_after_a_withdrawal(self, signed_in, agreed, cast):
        offered = a_match(a_vacancy(), agreed.candidate, State.OFFERED)
        worker = signed_in("farrukh")
        assert worker.get(f"/en/placements/{offered.uid}/").status_code == 404
        choose(agreed, cast["farrukh"], Choices("any", Channel.APP, "Zulfiya", "+992900000044"), timezone.now())
        journey.withdraw(agreed, cast["farrukh"], timezone.now(), "health")
        assert not Placement.objects.exists(), "nobody keeps a person of trust for nothing"
        assert worker.get(f"/en/placements/{agreed.uid}/").status_code == 404

    def test_choices_stand_when_one_leaves(self, agreed, cast):
        choose(agreed, cast["farrukh"], Choices("morning", Channel.SMS, "Zulfiya", "+992900000044"), timezone.now())
        journey.depart(agreed, cast["manizha"], timezone.now())
        placement = Placement.objects.get()
        assert placement.trusted_name == "Zulfiya" and placement.check_ins.count() == 3

    def test_links_from_the_job_and_from_home(self, signed_in, agreed):
        worker = signed_in("farrukh")
        assert f"/en/placements/{agreed.uid}/" in text(worker, f"/en/jobs/mine/{agreed.uid}/")
        assert f"/en/placements/{agreed.uid}/choices/" in text(worker, "/en/")


class TestDays:
    def test_days_of_law_are_those_of_the_place_of_work(self, cast):
        """Late in the evening in Dushanbe it is tomorrow in Kamchatka already."""
        late = timezone.now().replace(hour=19, minute=0)
        match = a_match(a_vacancy(region_id="RU-KAM"), a_candidate(None, cast["farrukh"]), State.AGREED)
        agency = away(cast, key="aigul").match.candidate.care.get().agency
        match.candidate.care.create(agency=agency, since=back(3), consent_version="1")
        journey.depart(match, cast["manizha"], late)
        placement = Placement.objects.get(match=match)
        assert placement.left_on == late.date() + timedelta(days=1)
        assert [row.due_on - placement.left_on for row in placement.check_ins.all()] == [timedelta(days=days) for days in (30, 91, 182)]

    def test_a_month_is_never_short(self):
        assert due_on(date(2027, 1, 31), 1) == date(2027, 3, 2) and due_on(date(2026, 10, 25), 6) == date(2027, 4, 25)


class TestArrival:
    def test_one_tap_once(self, signed_in, cast):
        placement = away(cast, 3)
        worker, where = signed_in("farrukh"), f"/en/placements/{placement.match.uid}/"
        assert "Have you arrived?" in text(worker, "/en/") and "I have arrived" in text(worker, where)
        assert send(worker, f"{where}arrived/").status_code == 302
        first = Placement.objects.get().arrived_at
        assert send(worker, f"{where}arrived/").status_code == 302 and Placement.objects.get().arrived_at == first
        assert "I have arrived" not in text(worker, where)

    def test_not_before_leaving_and_not_by_others(self, signed_in, one_click, agreed, cast):
        assert send(signed_in("farrukh"), f"/en/placements/{agreed.uid}/arrived/").status_code == 409
        with pytest.raises(NotAllowed):
            arrive(agreed, cast["manizha"], timezone.now())
        assert one_click("manizha").post(f"/en/placements/{agreed.uid}/arrived/").status_code == 403


class TestCheckIn:
    def test_five_taps(self, signed_in, check_in):
        worker, where = signed_in("farrukh"), f"/en/placements/minute/{check_in.uid}/"
        assert worker.get("/en/placements/minute/")["Location"] == where
        page = text(worker, where)
        assert page.count('type="radio"') > 12 and "<textarea" not in page
        response = send(worker, where, pay="promised", papers="mine", place="agreed", money="nobody")
        assert response["Location"] == f"/en/placements/{check_in.placement.match.uid}/"
        check_in.refresh_from_db()
        assert not check_in.needs_help
        assert Placement.objects.get().arrived_at is not None, "whoever works there has arrived"
        assert FeeAnswer.objects.get().moment == "month_1" and not FeeAnswer.objects.get().asked
        assert worker.get(where).status_code == 302

    def test_a_form_that_is_not_whole(self, signed_in, check_in):
        response = send(signed_in("farrukh"), f"/en/placements/minute/{check_in.uid}/", pay="promised", pay_amount="60 000")
        page = response.content.decode()
        assert response.status_code == 200 and "Say in which money" in page and page.count('class="problems"') == 5  # one above them all
        assert not CheckIn.objects.exclude(answered_at=None).exists()

    @pytest.mark.parametrize(
        "bad", [{"pay": "less"}, {"pay": "nothing"}, {"papers": "taken"}, {"place": "other"}, {"place": "left"}, {"money": "broker"}]
    )
    def test_a_bad_answer_needs_help_and_reaches_nobody(self, check_in, cast, bad):
        said = {"pay": "promised", "papers": "mine", "place": "agreed", "money": "nobody"} | bad
        row = answer_check_in(check_in, cast["farrukh"], Answers(**said), timezone.now())
        assert row.needs_help and row.may_know == [] and not CallTask.objects.exists()
        for key in ("manizha", "ildar", "timur", "nigora", "aigul"):
            assert not CheckIn.objects.visible_to(cast[key]).exists(), key

    def test_pay_day_to_come_is_no_bad_news(self, check_in, cast):
        said = Answers(pay="not_yet", papers="mine", place="agreed", money="nobody")
        assert not answer_check_in(check_in, cast["farrukh"], said, timezone.now()).needs_help

    def test_the_money_of_month_one_is_the_answer_about_fees(self, check_in, cast):
        """Kept once: the help that the worker wants with it goes one way."""
        said = Answers(pay="promised", papers="mine", place="agreed", money="employer")
        answer_check_in(check_in, cast["farrukh"], said, timezone.now())
        answer = FeeAnswer.objects.get()
        assert (answer.moment, answer.asked, answer.by, answer.told) == ("month_1", True, "employer", [])

    def test_answered_before_on_the_page_about_money(self, signed_in, check_in, cast):
        send(signed_in("farrukh"), f"/en/jobs/mine/{check_in.placement.match.uid}/money/", asked="no")
        answer_check_in(check_in, cast["farrukh"], GOOD, timezone.now())
        assert FeeAnswer.objects.count() == 1

    def test_only_when_it_is_due_and_once(self, placement, check_in, cast):
        with pytest.raises(NotPossible):
            answer_check_in(check_in_of(placement, 3), cast["farrukh"], GOOD, timezone.now())
        answer_check_in(check_in, cast["farrukh"], GOOD, timezone.now())
        with pytest.raises(NotPossible):
            answer_check_in(check_in, cast["farrukh"], UNPAID, timezone.now())
        check_in.refresh_from_db()
        assert check_in.pay == "promised"

    def test_whoever_is_not_there_any_more_answers_what_they_were_asked(self, signed_in, placement, check_in, cast):
        journey.end(placement.match, cast["manizha"], timezone.now(), "unpaid")
        with pytest.raises(NotPossible):
            answer_check_in(check_in, cast["farrukh"], UNPAID, timezone.now())
        CheckIn.objects.filter(pk=check_in.pk).update(asked_at=back(1))
        page = text(signed_in("farrukh"), f"/en/placements/{placement.match.uid}/")
        assert "This job is over" in page and f"/en/placements/minute/{check_in.uid}/" in page
        assert answer_check_in(check_in, cast["farrukh"], UNPAID, timezone.now()).needs_help

    def test_sent_twice_it_is_said_once(self, signed_in, check_in):
        """The second tap goes where the first went."""
        worker, where = signed_in("farrukh"), f"/en/placements/minute/{check_in.uid}/"
        said = {"submission_key": str(uuid4()), "pay": "less", "papers": "mine", "place": "agreed", "money": "nobody"}
        assert [worker.post(where, said)["Location"] for _ in range(2)] == [f"{where}help/"] * 2
        assert send(worker, where, pay="promised", papers="mine", place="agreed", money="nobody").status_code == 409

    def test_nobody_answers_for_another(self, signed_in, one_click, check_in, cast):
        where = f"/en/placements/minute/{check_in.uid}/"
        assert signed_in("aigul").get(where).status_code == 404
        assert one_click("manizha").get(where).status_code == 404
        with pytest.raises(NotAllowed):
            answer_check_in(check_in, cast["manizha"], GOOD, timezone.now())

    def test_pay_promised_and_received(self, signed_in, check_in, cast):
        said = Answers(pay="less", papers="mine", place="agreed", money="nobody", pay_amount=Decimal(60000), currency="RUB")
        answer_check_in(check_in, cast["farrukh"], said, timezone.now())
        page = text(signed_in("farrukh"), f"/en/placements/{check_in.placement.match.uid}/")
        assert "80,000" in page and "60,000" in page and "Do you want help?" in page

    def test_the_end_and_its_reason(self, signed_in, placement, cast):
        journey.end(placement.match, cast["manizha"], timezone.now(), "unpaid")
        page = text(signed_in("farrukh"), f"/en/placements/{placement.match.uid}/")
        assert "This job is over" in page and "The wage was not paid" in page and "Safar asks you on" not in page

    def test_few_queries(self, signed_in, check_in, django_assert_max_num_queries):
        worker = signed_in("farrukh")
        for path in (f"{check_in.placement.match.uid}/", f"minute/{check_in.uid}/", f"{check_in.placement.match.uid}/choices/"):
            with django_assert_max_num_queries(15):
                assert worker.get(f"/en/placements/{path}").status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"pay": "promised"},
        {"needs_help": True},
        {"help_from": ["safar"], "may_know": ["safar"]},
        {"answered_at": "now"},
        {"answered_at": "now", "whole": True, "needs_help": True, "said_at": "now", "help_from": ["safar"]},
        {"answered_at": "now", "whole": True, "said_at": "now", "may_know": ["agency"]},
        {"answered_at": "now", "whole": True, "needs_help": True, "money": "agency", "said_at": "now", "may_know": ["agency"]},
    ],
    ids=["half", "help unasked", "told unasked", "empty", "helper unknown", "told of good news", "told who took money"],
)
def test_the_database_keeps_no_answer_that_nobody_gave(check_in, wrong):
    values = {name: timezone.now() if value == "now" else value for name, value in wrong.items()}
    if values.pop("whole", False):
        values = {"pay": "nothing", "papers": "mine", "place": "agreed", "money": "nobody"} | values
    with pytest.raises(IntegrityError), transaction.atomic():
        CheckIn.objects.filter(pk=check_in.pk).update(**values)


def test_what_i_take_along_and_what_goes(check_in, cast):
    match = check_in.placement.match
    choose(match, cast["farrukh"], Choices("day", Channel.SMS, "Zulfiya", "+992900000044"), timezone.now())
    answer_check_in(check_in, cast["farrukh"], UNPAID, timezone.now())
    taken = export_everything(cast["farrukh"])
    assert taken["On the way and at work"][0]["The person you trust"] == "Zulfiya"
    assert taken["What you answered from work"][0]["Pay"].startswith("No")
    erase_everything(cast["farrukh"], timezone.now())
    assert not Placement.objects.exists() and not CheckIn.objects.exists()


def test_another_person_of_trust_knows_nothing_of_what_the_first_might(check_in, cast):
    match = check_in.placement.match
    choose(match, cast["farrukh"], Choices("day", Channel.SMS, "Zulfiya", "+992900000044"), timezone.now())
    answer_check_in(check_in, cast["farrukh"], UNPAID, timezone.now())
    allow(check_in, cast["farrukh"], ["family"], ["safar"], timezone.now())
    choose(match, cast["farrukh"], Choices("day", Channel.SMS, "Malika", "+992900000045"), timezone.now())
    check_in.refresh_from_db()
    assert (check_in.help_from, check_in.may_know) == ([], ["safar"])
    forget_trusted(match, cast["farrukh"])
    with pytest.raises(NotAllowed):
        forget_trusted(match, a_user())
