"""Vetting: a checklist, evidence, two people; and how it ends."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from matching.models import EmployerFile
from portal.accounts.cast import ORGANISATIONS
from portal.accounts.models import User
from portal.organisations import rules
from portal.organisations.ask import ask, reply
from portal.organisations.checklist import CHECKLIST, GRACE, HEADINGS, REMINDED, answers_of, gaps, items_for
from portal.organisations.models import Membership, Organisation, SanctionHit, VettingAnswer
from portal.organisations.sign_check import sign_check
from portal.organisations.to_check import remind_of_evidence, take_lapsed_back, to_check
from portal.organisations.vet import NotVettable, unvet, vet
from portal.organisations.write_answers import Found, write_answers
from portal.outbox.models import Message
from tests.organisations.test_import_sanctions import load, un
from tests.organisations.vetting import all_right, vet_by_two
from tests.people import NOW

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def named(key: str) -> Organisation:
    return Organisation.objects.get(name=ORGANISATIONS[key].name)


@pytest.fixture
def employer(cast) -> Organisation:
    """One that is new, with a manager."""
    row = Organisation.objects.create(kind="employer", name="Volga Remont", country_id="RU", number="9900000017", activities=["43.31"])
    Membership.objects.create(user=User.objects.create_user(email="office@volga-remont.example.org"), organisation=row, role="manager")
    return row


def vetted(organisation: Organisation) -> bool:
    return Organisation.objects.vetted().filter(pk=organisation.pk).exists()


def told(organisation: Organisation) -> list[str]:
    messages = Message.objects.filter(to__memberships__organisation=organisation, channel="app").order_by("pk")
    return [message.subject for message in messages]


def test_every_principle_is_asked_for():
    assert {item.principle for item in CHECKLIST} == set(HEADINGS) == {"", "A", "B", "1", "2", "3", "4", "5"}
    assert len({item.code for item in CHECKLIST}) == len(CHECKLIST)
    for kind in Organisation.Kind:
        assert {"register", "sanctions", "mailbox"} <= {item.code for item in items_for(kind) if item.must}
    for kind in ("employer", "agency"):
        assert {"fees", "costs", "hidden", "movement", "terms", "complaints"} <= {item.code for item in items_for(kind) if item.must}
    assert "licence" in {item.code for item in items_for("agency")} - {item.code for item in items_for("employer")}


def test_two_people_vet(cast, employer):
    vet_by_two(employer, cast, NOW)
    assert vetted(employer) and employer.is_signed_twice
    assert (employer.checked_by, employer.vetted_by) == (cast["timur"], cast["gulnora"])
    assert told(employer) == ["Volga Remont is checked"]
    assert EmployerFile.objects.get(employer=employer).activities == ["43.31"]
    vet(employer, by=cast["gulnora"], now=NOW + DAY)
    employer.refresh_from_db()
    assert employer.vetted_at < NOW + DAY and len(told(employer)) == 1, "again is nothing new"


def test_what_operators_have_on_file_stays(cast, employer):
    EmployerFile.objects.create(employer=employer, activities=["25.4"])
    vet_by_two(employer, cast, NOW)
    assert EmployerFile.objects.get(employer=employer).activities == ["25.4"]


def test_one_person_is_not_two(cast, employer):
    write_answers(employer, all_right(employer), by=cast["timur"], now=NOW)
    with pytest.raises(NotVettable, match="signs it first"):
        vet(employer, by=cast["gulnora"], now=NOW)
    sign_check(employer, by=cast["timur"], now=NOW)
    with pytest.raises(NotVettable, match="Another person"):
        vet(employer, by=cast["timur"], now=NOW + DAY)
    assert not vetted(employer)
    with pytest.raises(IntegrityError), transaction.atomic():  # the database holds it too
        Organisation.objects.filter(pk=employer.pk).update(vetted_at=NOW + DAY, vetted_by=cast["timur"])


def test_the_first_signature_stays_with_who_gave_it(cast, employer):
    write_answers(employer, all_right(employer), by=cast["timur"], now=NOW)
    sign_check(employer, by=cast["timur"], now=NOW)
    sign_check(employer, by=cast["gulnora"], now=NOW + DAY)
    employer.refresh_from_db()
    assert (employer.checked_by, employer.checked_at) == (cast["timur"], NOW)


def test_nobody_signs_for_gaps(cast, employer):
    with pytest.raises(NotVettable) as refusal:
        sign_check(employer, by=cast["timur"], now=NOW)
    assert len(refusal.value.why) == len(items_for("employer"))
    write_answers(employer, all_right(employer), by=cast["timur"], now=NOW)
    assert not gaps(employer, answers_of(employer), NOW.date())


@pytest.mark.parametrize("item", [item.code for item in items_for("employer")])
def test_what_must_be_right_and_is_not(cast, employer, item):
    must = next(each.must for each in CHECKLIST if each.code == item)
    write_answers(employer, all_right(employer), by=cast["timur"], now=NOW)
    write_answers(employer, [Found(item, "fail", "They charge", "", None)], by=cast["timur"], now=NOW)
    if not must:
        return sign_check(employer, by=cast["timur"], now=NOW)
    with pytest.raises(NotVettable, match="has to be right"):
        sign_check(employer, by=cast["timur"], now=NOW)
    return None


def test_a_failure_between_the_signatures(cast, employer):
    """The second person finds out that workers pay."""
    write_answers(employer, all_right(employer), by=cast["timur"], now=NOW)
    sign_check(employer, by=cast["timur"], now=NOW)
    write_answers(employer, [Found("fees", "fail", "A worker's receipt", "", None)], by=cast["gulnora"], now=NOW + DAY)
    with pytest.raises(NotVettable):
        vet(employer, by=cast["gulnora"], now=NOW + DAY)
    employer.refresh_from_db()
    assert employer.checked_at is None


def test_a_failure_of_one_that_is_vetted_takes_it_back(cast, employer):
    vet_by_two(employer, cast, NOW)
    write_answers(employer, [Found("agents", "fail", "Not named yet", "", None)], by=cast["timur"], now=NOW + DAY)
    assert vetted(employer), "this one may be put right later"
    write_answers(employer, [Found("fees", "fail", "A worker's receipt", "", None)], by=cast["timur"], now=NOW + DAY)
    assert not vetted(employer)
    assert told(employer)[-1] == "Volga Remont has to be checked again"


def test_evidence_that_is_out_of_date(cast, employer):
    write_answers(employer, all_right(employer, register=NOW.date() - DAY), by=cast["timur"], now=NOW)
    with pytest.raises(NotVettable, match="out of date"):
        sign_check(employer, by=cast["timur"], now=NOW)


def test_an_answer_has_evidence(cast, employer):
    with pytest.raises(IntegrityError), transaction.atomic():
        write_answers(employer, [Found("fees", "pass", "", "", None)], by=cast["timur"], now=NOW)
    with pytest.raises(ValueError, match="licence"):
        write_answers(employer, [Found("licence", "pass", "Seen", "", None)], by=cast["timur"], now=NOW)


def test_the_same_answers_again_leave_signatures_and_authors_alone(cast, employer):
    vet_by_two(employer, cast, NOW)
    assert write_answers(employer, all_right(employer), by=cast["gulnora"], now=NOW + DAY) == 0
    employer.refresh_from_db()
    assert employer.is_signed_twice
    assert set(employer.answers.values_list("written_by", flat=True)) == {cast["timur"].pk}


def test_signed_is_what_was_read(cast, employer):
    write_answers(employer, all_right(employer), by=cast["timur"], now=NOW)
    sign_check(employer, by=cast["timur"], now=NOW)
    write_answers(employer, [Found("data", "fail", "Nothing in writing", "", None)], by=cast["timur"], now=NOW + DAY)
    sign_check(employer, by=cast["timur"], now=NOW + DAY)
    with pytest.raises(NotVettable, match="has changed"):
        vet(employer, by=cast["gulnora"], now=NOW + 2 * DAY, read_as=NOW)
    vet(employer, by=cast["gulnora"], now=NOW + 2 * DAY, read_as=NOW + DAY)
    assert vetted(employer)


def test_a_name_on_a_sanctions_list_is_decided_first(cast, employer):
    load("un", un("VOLGA REMONT"))
    write_answers(employer, all_right(employer), by=cast["timur"], now=NOW)
    assert SanctionHit.objects.get().organisation == employer
    later = NOW.replace(year=2031, month=4)  # the list's day
    with pytest.raises(NotVettable, match="sanctions list"):
        sign_check(employer, by=cast["timur"], now=later)


def test_who_may_vet_whom(cast, employer):
    """Operators all but their own; an authority's people employers; nobody of an agency, whatever else they are."""
    agency, authority = named("dushanbe"), named("khatlon")
    for operator in ("timur", "gulnora"):
        assert all(rules.can_vet(cast[operator], row) for row in (employer, agency, authority))
    assert rules.can_vet(cast["nigora"], employer)
    assert not rules.can_vet(cast["nigora"], agency) and not rules.can_vet(cast["nigora"], authority)
    for person in ("manizha", "ildar", "rustam", "elena", "farrukh"):
        assert not rules.can_vet(cast[person], employer)
    assert not rules.can_vet(AnonymousUser(), employer)
    Membership.objects.create(user=cast["timur"], organisation=employer)
    assert not rules.can_vet(cast["timur"], employer) and rules.can_vet(cast["timur"], agency)
    for person in ("gulnora", "nigora"):
        Membership.objects.create(user=cast[person], organisation=agency)
        assert not rules.can_vet(cast[person], employer)


def test_an_authority_that_is_not_vetted_vets_nobody(cast, employer):
    Organisation.objects.filter(pk=named("khatlon").pk).update(vetted_at=None, vetted_by=None)
    assert not rules.can_vet(cast["nigora"], employer)
    assert not to_check(cast["nigora"], NOW).exists()


def test_an_authority_and_an_operator_vet_together(cast, employer):
    write_answers(employer, all_right(employer), by=cast["nigora"], now=NOW)
    sign_check(employer, by=cast["nigora"], now=NOW)
    vet(employer, by=cast["timur"], now=NOW + DAY)
    assert vetted(employer)


def test_whoever_may_not_does_nothing(cast, employer):
    vet_by_two(employer, cast, NOW)
    before = Organisation.objects.values().get(pk=employer.pk)
    insider = employer.memberships.get().user
    for person in (insider, cast["manizha"], cast["ildar"], cast["elena"], cast["farrukh"]):
        for act in (
            lambda person=person: write_answers(employer, all_right(employer), by=person, now=NOW),
            lambda person=person: sign_check(employer, by=person, now=NOW),
            lambda person=person: vet(employer, by=person, now=NOW),
            lambda person=person: unvet(employer, by=person, now=NOW),
            lambda person=person: ask(employer, "Who are you?", by=person, now=NOW),
        ):
            with pytest.raises(PermissionDenied):
                act()
    assert Organisation.objects.values().get(pk=employer.pk) == before


def test_asking_and_replying(cast, employer):
    manager = employer.memberships.get().user
    ask(employer, " Whose is the mailbox? ", by=cast["timur"], now=NOW)
    employer.refresh_from_db()
    assert employer.asked == "Whose is the mailbox?" and told(employer) == ["Safar has a question about Volga Remont"]
    reply(employer, "Ours: example.org/contact", by=manager)
    with pytest.raises(PermissionDenied):
        reply(employer, "Mine", by=cast["ildar"])
    ask(employer, "And who owns it?", by=cast["gulnora"], now=NOW)
    employer.refresh_from_db()
    assert (employer.asked, employer.replied) == ("And who owns it?", "")
    for words in ("", "  "):
        with pytest.raises(ValueError, match="words"):
            ask(employer, words, by=cast["timur"], now=NOW)
        with pytest.raises(ValueError, match="words"):
            reply(employer, words, by=manager)


def test_operators_hear_of_evidence_thirty_days_before(cast, employer):
    vet_by_two(employer, cast, NOW, register=NOW.date() + 60 * DAY)
    ends = NOW + 60 * DAY
    assert remind_of_evidence(ends - REMINDED) == 0
    assert not to_check(cast["timur"], ends - REMINDED).exists()
    assert remind_of_evidence(ends - REMINDED + DAY) == 2, "Timur and Gulnora"
    assert remind_of_evidence(ends - REMINDED + 2 * DAY) == 0, "once"
    assert list(to_check(cast["timur"], ends - REMINDED + DAY)) == [employer]
    message = Message.objects.filter(to=cast["timur"], channel="app").latest("pk")
    assert "Volga Remont" in message.subject and "public register" in message.body
    assert message.link == f"organisations/vetting/{employer.uid}/"
    write_answers(employer, all_right(employer, register=ends.date() + DAY), by=cast["timur"], now=ends - 2 * DAY)
    assert remind_of_evidence(ends - DAY) == 2, "of the new day"


def test_a_vetting_lapses_thirty_days_after_its_evidence(cast, employer):
    vet_by_two(employer, cast, NOW, register=NOW.date() + 60 * DAY)
    ends = NOW + 60 * DAY
    assert take_lapsed_back(ends + GRACE) == 0 and vetted(employer)
    assert take_lapsed_back(ends + GRACE + DAY) == 1 and not vetted(employer)
    assert told(employer)[-1] == "Volga Remont has to be checked again"
    assert take_lapsed_back(ends + GRACE + 2 * DAY) == 0


def test_newer_evidence_has_to_be_signed_by_two(cast, employer):
    vet_by_two(employer, cast, NOW, register=NOW.date() + 10 * DAY)
    later = NOW + 9 * DAY
    write_answers(employer, all_right(employer, register=NOW.date() + 300 * DAY), by=cast["timur"], now=later)
    assert vetted(employer) and list(to_check(cast["gulnora"], later)) == [employer]
    sign_check(employer, by=cast["gulnora"], now=later)  # who was second last time is first now
    assert take_lapsed_back(later + GRACE) == 0
    assert list(to_check(cast["timur"], later)) == [employer]
    renewed = VettingAnswer.objects.filter(organisation=employer).values_list("pk")
    assert take_lapsed_back(later + GRACE + DAY) == 1, "signed by one only"
    assert renewed.exists()


def test_renewed_in_time(cast, employer):
    vet_by_two(employer, cast, NOW, register=NOW.date() + 10 * DAY)
    later = NOW + 9 * DAY
    vet_by_two(employer, cast, later, register=NOW.date() + 300 * DAY)
    assert employer.is_signed_twice and employer.vetted_at > later
    assert take_lapsed_back(later + 200 * DAY) == 0 and not to_check(cast["timur"], later).exists()


def test_those_vetted_before_there_was_a_checklist_stay(cast):
    assert take_lapsed_back(NOW + 1000 * DAY) == 0
    assert not to_check(cast["timur"], NOW + 1000 * DAY).exists()


def test_taking_back_says_why(cast, employer):
    vet_by_two(employer, cast, NOW)
    unvet(employer, by=cast["timur"], now=NOW + DAY, because="A worker paid 300 somoni.")
    employer.refresh_from_db()
    assert not vetted(employer) and employer.asked == "A worker paid 300 somoni." and employer.checked_by is None
    assert EmployerFile.objects.filter(employer=employer).exists()
