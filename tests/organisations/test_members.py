"""A manager's colleagues: invited, told, removed; never the last manager."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from portal.accounts.models import User
from portal.organisations.invite import MOST, invite, remove
from portal.organisations.models import Membership, Organisation
from portal.outbox.models import Message
from tests.people import NOW, sign_in_by_code

pytestmark = pytest.mark.django_db
NEW = "second@stroykazan.example.org"


@pytest.fixture
def own(cast) -> Organisation:
    return Organisation.objects.get(name="StroyKazan")


def url(organisation: Organisation, *rest: object) -> str:
    return "/".join(["/en/organisations", str(organisation.uid), *map(str, rest), ""])


def test_a_colleague_is_invited_and_signs_in(one_click, cast, own):
    client = one_click("ildar")
    form = {"email": NEW.upper(), "role": "member", "submission_key": str(uuid4())}
    assert client.post(url(own, "invite"), form)["Location"] == url(own)
    assert client.post(url(own, "invite"), form)["Location"] == url(own)
    colleague = User.objects.get(email=NEW)
    assert colleague.memberships.get().role == "member" and colleague.language == cast["ildar"].language
    assert Message.objects.filter(to=colleague, channel="mail").count() == 1
    assert NEW in client.get(url(own)).content.decode()
    theirs = sign_in_by_code(Client(), NEW)
    assert theirs.get(url(own)).status_code == 200
    assert NEW not in theirs.get(url(own)).content.decode(), "names of colleagues stand behind the second factor"


def test_inviting_again_changes_nothing(cast, own):
    invite(own, NEW, "member", by=cast["ildar"], now=NOW)
    invite(own, NEW, "manager", by=cast["ildar"], now=NOW)
    assert Membership.objects.get(user__email=NEW).role == "member"
    assert Message.objects.filter(to__email=NEW, channel="app").count() == 1


@pytest.mark.parametrize("email", ["someone@gmail.com", "someone@stroykazan.example.org.evil.example", "dana@almatyfood.example.org"])
def test_only_mailboxes_of_the_own_domain(one_click, own, email):
    page = one_click("ildar").post(url(own, "invite"), {"email": email, "role": "member", "submission_key": str(uuid4())})
    assert page.status_code == 400 and "@stroykazan.example.org" in page.content.decode() and email in page.content.decode()
    assert own.memberships.count() == 1


def test_not_before_the_check(cast, own):
    Organisation.objects.filter(pk=own.pk).update(vetted_at=None, vetted_by=None)
    with pytest.raises(ValidationError, match="after the check"):
        invite(own, NEW, "member", by=cast["ildar"], now=NOW)


def test_not_without_end(cast, own):
    people = User.objects.bulk_create(User(email=f"p{number}@stroykazan.example.org") for number in range(MOST - 1))
    Membership.objects.bulk_create(Membership(user=user, organisation=own) for user in people)
    with pytest.raises(ValidationError, match="at most"):
        invite(own, NEW, "member", by=cast["ildar"], now=NOW)


def test_somebody_leaves(one_click, cast, own):
    membership = invite(own, NEW, "member", by=cast["ildar"], now=NOW)
    User.objects.filter(email=NEW).update(language="en")
    client, form = one_click("ildar"), {"submission_key": str(uuid4())}
    for _again in range(2):
        assert client.post(url(own, "people", membership.user.uid, "remove"), form)["Location"] == url(own)
    assert not Membership.objects.filter(user__email=NEW).exists() and User.objects.filter(email=NEW).exists()
    assert Message.objects.filter(to__email=NEW, channel="app", subject__contains="no longer belong").count() == 1


def test_the_last_manager_stays(one_click, cast, own):
    invite(own, NEW, "member", by=cast["ildar"], now=NOW)
    page = one_click("ildar").post(url(own, "people", cast["ildar"].uid, "remove"), {"submission_key": str(uuid4())})
    assert page.status_code == 400 and "last manager" in page.content.decode()
    second = invite(own, "third@stroykazan.example.org", "manager", by=cast["ildar"], now=NOW)
    gone = one_click("ildar").post(url(own, "people", cast["ildar"].uid, "remove"), {"submission_key": str(uuid4())})
    assert gone["Location"] == "/en/" and not own.memberships.filter(user=cast["ildar"]).exists()
    with pytest.raises(ValidationError):
        remove(second, by=second.user, now=NOW)


def test_others_do_neither(one_click, cast, own):
    """A member reads; people of elsewhere find nothing; operators read in the console."""
    colleague = invite(own, NEW, "member", by=cast["ildar"], now=NOW)
    for person in (colleague.user, cast["dana"], cast["timur"]):
        with pytest.raises(PermissionDenied):
            invite(own, "x@stroykazan.example.org", "member", by=person, now=NOW)
        with pytest.raises(PermissionDenied):
            remove(colleague, by=person, now=NOW)
    for key, status in [("dana", 404), ("manizha", 404), ("farrukh", 404), ("timur", 403), ("ildar", 200)]:
        assert one_click(key).get(url(own)).status_code == status
    for key, status in [("dana", 404), ("timur", 403)]:
        for path in (url(own, "invite"), url(own, "reply"), url(own, "people", colleague.user.uid, "remove")):
            assert one_click(key).post(path, {"submission_key": str(uuid4())}).status_code == status
    assert own.memberships.count() == 2


def test_anothers_colleague_is_not_removed(one_click, cast, own):
    one_click("ildar").post(url(own, "people", cast["dana"].uid, "remove"), {"submission_key": str(uuid4())})
    assert Membership.objects.filter(user=cast["dana"]).exists()


def test_a_member_does_not_act_on_the_page(one_click, cast, own):
    Membership.objects.filter(user=cast["ildar"]).update(role="member")
    client = one_click("ildar")
    assert "Invite a colleague" not in client.get(url(own)).content.decode()
    for path in (url(own, "invite"), url(own, "reply")):
        assert client.post(path, {"submission_key": str(uuid4())}).status_code == 403


def test_without_the_second_factor_nobody_is_invited(signed_in, own):
    client = signed_in("ildar")
    assert "second-factor" in client.post(url(own, "invite"), {"email": NEW})["Location"]
    assert own.memberships.count() == 1
