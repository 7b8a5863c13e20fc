"""Who may know: exactly whom the worker has named, and nobody before."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.utils import timezone
from django.utils.translation import override

from matching.care import choose_agency
from matching.move import NotAllowed, NotPossible
from placements.allow import allow, who_is_there
from placements.answer import Answers, answer_check_in
from placements.choose import Choices, choose, forget_trusted
from placements.models import CallTask, CheckIn
from placements.notices import OneMinute, sms_to_trusted
from portal.outbox.models import Channel, Message
from portal.outbox.notice import LONGEST_SMS
from portal.support.models import Contact, ContactCall
from tests.matching.factories import a_member, an_agency, an_organisation
from tests.people import NOW
from tests.placements.away import GOOD, UNPAID, away, check_in_of, send, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def unpaid(check_in, cast) -> CheckIn:
    choose(check_in.placement.match, cast["farrukh"], Choices("any", Channel.APP, "Zulfiya", "+992900000044"), timezone.now())
    return answer_check_in(check_in, cast["farrukh"], UNPAID, timezone.now())


def readers(cast) -> set[str]:
    return {key for key, user in cast.items() if CheckIn.objects.visible_to(user).exists()} - {"farrukh"}


def test_the_worker_says_it_on_a_page(signed_in, check_in, cast):
    worker = signed_in("farrukh")
    where = send(worker, f"/en/placements/minute/{check_in.uid}/", pay="nothing", papers="taken", place="agreed", money="nobody")[
        "Location"
    ]
    page = text(worker, where)
    assert "Do you want help?" in page and Contact.objects.filter(located_in__contains=["RU"]).first().name in page
    empty = send(worker, where, act="tell").content.decode()
    assert "Tick who is to help you" in empty and readers(cast) == set()
    assert send(worker, where, act="tell", help_from="safar", may_know="employer").status_code == 302
    assert readers(cast) == {"timur", "gulnora", "ildar"}
    check_in.refresh_from_db()
    assert (check_in.help_from, check_in.may_know) == (["safar"], ["safar", "employer"])
    assert "the staff of Safar, the employer" in text(worker, f"/en/placements/{check_in.placement.match.uid}/")


def test_nobody(signed_in, unpaid, cast):
    response = send(signed_in("farrukh"), f"/en/placements/minute/{unpaid.uid}/help/", act="nobody", help_from="agency")
    unpaid.refresh_from_db()
    assert response.status_code == 302 and unpaid.said_at and unpaid.may_know == [] and readers(cast) == set()
    assert not CallTask.objects.exists() and not Message.objects.filter(to=cast["manizha"]).exists()


@pytest.mark.parametrize(
    ("named", "who"),
    [("agency", {"manizha"}), ("employer", {"ildar"}), ("safar", {"timur", "gulnora"}), ("family", set()), ("helpers", set())],
)
def test_exactly_whom_they_named(unpaid, cast, named, who):
    allow(unpaid, cast["farrukh"], [], [named], timezone.now())
    assert readers(cast) == who


def test_the_same_right_over_another_worker_shows_nothing(one_click, unpaid, cast):
    """The agency has both in its care, the employer employs both: each sees the one who wanted it."""
    other = check_in_of(away(cast, 31, key="aigul"))
    answer_check_in(other, cast["aigul"], UNPAID, timezone.now())
    allow(unpaid, cast["farrukh"], ["agency"], ["employer"], timezone.now())
    for key in ("manizha", "ildar"):
        assert list(CheckIn.objects.visible_to(cast[key])) == [unpaid]
        assert text(one_click(key), "/en/placements/told/").count("Have you got your pay?") == 1
    assert not CheckIn.objects.visible_to(a_member(an_agency())).exists()
    assert not CheckIn.objects.visible_to(a_member(an_organisation("employer", "RU"))).exists()


def test_a_later_agency_is_another_one_than_was_named(unpaid, cast):
    allow(unpaid, cast["farrukh"], ["agency"], [], timezone.now())
    other = an_agency()
    staff = a_member(other)
    choose_agency(unpaid.placement.match.candidate, other, timezone.now() + timedelta(seconds=1))
    assert not CheckIn.objects.visible_to(staff).exists() and not CheckIn.objects.visible_to(cast["manizha"]).exists()


def test_taken_back(unpaid, cast):
    allow(unpaid, cast["farrukh"], ["safar", "agency"], ["employer"], timezone.now())
    assert CallTask.objects.open().count() == 1
    allow(unpaid, cast["farrukh"], [], ["employer"], timezone.now())
    assert readers(cast) == {"ildar"} and not CallTask.objects.exists()


def test_taken_back_for_one_month_the_call_stays_for_the_other(cast):
    placement = away(cast, 100)
    first, second = (check_in_of(placement, month) for month in (1, 3))
    CheckIn.objects.filter(pk=first.pk).update(asked_at=timezone.now())
    for row in (first, second):
        answer_check_in(row, cast["farrukh"], UNPAID, timezone.now())
        allow(row, cast["farrukh"], ["safar"], [], timezone.now())
    assert CallTask.objects.get().check_in == second
    allow(second, cast["farrukh"], [], [], timezone.now())
    assert CallTask.objects.get().check_in == first
    allow(first, cast["farrukh"], [], [], timezone.now())
    assert not CallTask.objects.exists()


def test_the_number_of_trust_goes_from_what_was_sent(unpaid, cast):
    allow(unpaid, cast["farrukh"], ["family"], [], timezone.now())
    own = Message.objects.create(
        to=cast["farrukh"], channel="sms", address=cast["farrukh"].phone, language="tg", purpose="check_in", created_at=NOW, due_at=NOW
    )
    sent = Message.objects.get(address="+992900000044")
    Message.objects.filter(pk=sent.pk).update(delivered_at=timezone.now())
    forget_trusted(unpaid.placement.match, cast["farrukh"])
    sent.refresh_from_db()
    own.refresh_from_db()
    assert (sent.address, own.address) == ("", cast["farrukh"].phone)


def test_what_waits_for_a_person_who_is_forgotten_does_not_go_out(unpaid, cast):
    allow(unpaid, cast["farrukh"], ["family"], [], timezone.now())
    choose(unpaid.placement.match, cast["farrukh"], Choices("any", Channel.APP, "Olim", "+992900000055"), timezone.now())
    assert not Message.objects.filter(channel="sms", to=cast["farrukh"]).exists()


def test_strangers_get_no_messages_without_end(unpaid, cast):
    for place in range(6):
        choose(unpaid.placement.match, cast["farrukh"], Choices("any", Channel.APP, "Olim", f"+9929000001{place:02}"), timezone.now())
        allow(unpaid, cast["farrukh"], ["family"], [], timezone.now())
        Message.objects.filter(channel="sms").update(delivered_at=timezone.now())
    assert Message.objects.filter(channel="sms", to=cast["farrukh"]).count() == 3


def test_no_tick_is_left_behind(signed_in, unpaid, cast):
    """Whoever unticks a helper means it: they are not ticked a second time below."""
    allow(unpaid, cast["farrukh"], ["agency"], ["employer"], timezone.now())
    page = text(signed_in("farrukh"), f"/en/placements/minute/{unpaid.uid}/help/")
    ticked = re.findall(r'name="(\w+)" value="(\w+)"[^>]* checked', page)
    assert ticked == [("help_from", "agency"), ("may_know", "employer")]


def test_they_hear_of_it_once(unpaid, cast):
    for _ in range(2):
        allow(unpaid, cast["farrukh"], ["agency", "family"], ["employer"], timezone.now())
        allow(unpaid, cast["farrukh"], [], [], timezone.now())
    assert Message.objects.filter(to=cast["manizha"], channel=Channel.APP).count() == 1
    assert Message.objects.filter(to=cast["ildar"], channel=Channel.APP).count() == 1
    told = Message.objects.get(address="+992900000044")
    assert "Farrukh" in told.body and told.to == cast["farrukh"], "it goes when the worker is erased"


def test_whoever_wanted_the_money_is_not_offered(check_in, cast):
    said = Answers(pay="promised", papers="mine", place="agreed", money="agency")
    row = answer_check_in(check_in, cast["farrukh"], said, timezone.now())
    assert set(who_is_there(row)) == {"safar", "helpers", "employer"}
    with pytest.raises(NotPossible):
        allow(row, cast["farrukh"], ["agency"], [], timezone.now())
    assert readers(cast) == set()


def test_who_is_not_there_is_not_offered(signed_in, check_in, cast):
    row = answer_check_in(check_in, cast["farrukh"], UNPAID, timezone.now())
    row.placement.match.candidate.care.all().delete()
    assert set(who_is_there(row)) == {"safar", "helpers", "employer"}
    response = send(signed_in("farrukh"), f"/en/placements/minute/{row.uid}/help/", act="tell", help_from="agency")
    assert response.status_code == 200 and 'class="problems"' in response.content.decode()


def test_no_help_with_good_news_and_none_by_others(signed_in, one_click, check_in, unpaid, cast):
    where = f"/en/placements/minute/{unpaid.uid}/help/"
    with pytest.raises(NotAllowed):
        allow(unpaid, cast["manizha"], ["agency"], [], timezone.now())
    assert signed_in("aigul").get(where).status_code == 404
    allow(unpaid, cast["farrukh"], ["agency"], [], timezone.now())
    assert one_click("manizha").get(where).status_code == 403
    other = answer_check_in(check_in_of(away(cast, 31, key="aigul")), cast["aigul"], GOOD, timezone.now())
    with pytest.raises(NotPossible):
        allow(other, cast["aigul"], ["safar"], [], timezone.now())


def test_numbers_only_of_those_who_answered_us(signed_in, unpaid, cast):
    contact = Contact.objects.filter(located_in__contains=["RU"], serves__contains=["TJ"], phones__isnull=False).first()
    phone = contact.phones.first()
    worker, where = signed_in("farrukh"), f"/en/placements/minute/{unpaid.uid}/help/"
    assert f'tel:{phone.number}"' not in text(worker, where) and 'tel:+992900000044"' in text(worker, where)
    ContactCall.objects.create(phone=phone, called_at=timezone.now(), called_by=cast["timur"], answered=True)
    assert f'tel:{phone.number}"' in text(worker, where)


def test_the_page_of_what_workers_told_is_for_members(signed_in, one_click, unpaid, django_assert_max_num_queries):
    assert "/me/second-factor/" in signed_in("manizha").get("/en/placements/told/")["Location"]
    assert one_click("farrukh").get("/en/placements/told/").status_code == 403
    assert one_click("nigora").get("/en/placements/told/").status_code == 403
    client = one_click("manizha")
    with django_assert_max_num_queries(15):
        assert "Nobody has told you anything" in text(client, "/en/placements/told/")


def test_an_operator_who_is_the_worker_sees_to_no_call_of_theirs(unpaid, cast):
    allow(unpaid, cast["farrukh"], ["safar"], [], timezone.now())
    Group.objects.get(name="operators").user_set.add(cast["farrukh"])
    assert not CallTask.objects.visible_to(cast["farrukh"]).exists() and CallTask.objects.visible_to(cast["timur"]).exists()


@pytest.mark.parametrize("key", ["manizha", "ildar"])
def test_an_operator_of_the_agency_or_of_the_employer_reads_nothing_told_to_safar(unpaid, cast, key):
    """The worker has named Safar, and neither of these two; another operator still calls."""
    allow(unpaid, cast["farrukh"], ["safar"], [], timezone.now())
    Group.objects.get(name="operators").user_set.add(cast[key])
    assert not CheckIn.objects.visible_to(cast[key]).exists() and not CallTask.objects.visible_to(cast[key]).exists()
    elsewhere = a_member(an_organisation("employer", "RU"))
    Group.objects.get(name="operators").user_set.add(elsewhere)
    assert CheckIn.objects.visible_to(elsewhere).exists() and CallTask.objects.visible_to(elsewhere).exists()


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_what_goes_out_is_short_and_says_little(language):
    with override(language):
        assert len(sms_to_trusted("Ж" * 60)) <= LONGEST_SMS and sms_to_trusted("Ж").startswith("Safar")
        assert OneMinute().subject() == OneMinute().body() and OneMinute().sms().endswith("/placements/minute/")
