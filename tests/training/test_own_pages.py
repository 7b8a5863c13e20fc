"""A centre's pages: its own courses and nobody else's, what was typed is kept, names only as agreed."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from matching.models import AccessLog
from portal.accounts.phones import show_phone
from tests.matching.factories import a_candidate, a_member, a_user
from tests.portal.home import counts_of, items_of
from tests.training.courses import AHEAD, a_centre, a_course, post, signed_up, typed
from tests.training.test_mark import over, was_there
from training.models import SignUp, TrainingOffer

pytestmark = pytest.mark.django_db
OWN = "/en/training/own/"
State = SignUp.State


@pytest.fixture
def rustam(cast):
    return cast["rustam"]


@pytest.fixture
def first():
    return timezone.localdate() + AHEAD


def page_of(offer: TrainingOffer) -> str:
    return f"{OWN}{offer.uid}/"


def text(response) -> str:
    return response.content.decode()


def test_written_opened_changed_and_called_off(one_click, first):
    client, key = one_click("rustam"), {"submission_key": "0b0c1a7e-0000-4000-8000-000000000002"}
    data = typed(first, price="250,50", payer="learner", skill_2="lay concrete AND foam blocks", level_2="1")
    urls = {post(client, f"{OWN}new/", data | key).url for _ in range(2)}
    offer = TrainingOffer.objects.get()
    assert urls == {page_of(offer)} and offer.status == "draft" and offer.price == Decimal("250.50")
    assert dict(offer.skills.values_list("skill__slug", "level")) == {"bricklaying": 2, "blocklaying": 1}
    public = f"/en/training/{offer.uid}/"
    assert one_click("farrukh").get(public).status_code == 404
    assert post(client, f"{page_of(offer)}open/").url == page_of(offer)
    assert "250.50\N{NO-BREAK SPACE}TJS" in text(one_click("farrukh").get(public)) and "Nobody may make you pay" in text(client.get(public))
    post(client, f"{page_of(offer)}edit/", typed(first, title="Higher walls"))
    offer.refresh_from_db()
    assert (offer.title, offer.price, offer.skills.count()) == ("Higher walls", 0, 1)
    signed_up(offer)
    refused = post(client, f"{page_of(offer)}edit/", typed(first, price="9", payer="learner", about="Bring boots"))
    assert refused.status_code == 400 and "skills and price stay as they are" in text(refused) and "Bring boots" in text(refused)
    assert post(client, f"{page_of(offer)}finish/").status_code == 409
    post(client, f"{page_of(offer)}call-off/")
    offer.refresh_from_db()
    assert offer.status == "called_off" and "called off" in text(client.get(OWN))
    assert f'{page_of(offer)}edit/"' not in text(client.get(page_of(offer)))


def test_what_is_wrong_is_said_and_what_was_typed_stays(one_click, first):
    client = one_click("rustam")
    for wrong, said in [
        ({"skill_1": ""}, "Name at least one skill"),
        ({"skill_1": "lay brigs"}, "Do you mean: Lay bricks"),
        ({"skill_1": "!!!"}, "Try a shorter word"),
        ({"price": "lots"}, "Write the price as a number"),
        ({"price": "5"}, "Say who pays"),
        ({"payer": "learner"}, "Say who pays"),
        ({"seats": "501"}, "from 1 to 500"),
        ({"seats": "many"}, "from 1 to 500"),
        ({"starts_on": "soon"}, "Write the day like this"),
        ({"starts_on": "2020-01-01"}, "lies in the past"),
        ({"starts_on": "2920-01-01"}, "too far away"),
        ({"starts_on": "9999-12-31", "ends_on": "9999-12-31"}, "too far away"),
        ({"ends_on": "2020-01-01"}, "The last day comes after"),
        ({"region": "TJ-XX"}, "Select a valid choice"),
        ({"title": "w" * 101}, "at most 100 characters"),
        ({"title": ""}, "Write the name"),
    ]:
        answer = post(client, f"{OWN}new/", typed(first, address="Ayni 14 <b>", **wrong))
        assert answer.status_code == 400 and said in text(answer) and "Ayni 14 &lt;b&gt;" in text(answer), said
    assert not TrainingOffer.objects.exists()


def test_an_unchecked_centre_writes_but_does_not_open(one_click, cast, rustam, first):
    rustam.memberships.get().organisation.__class__.objects.update(vetted_at=None, vetted_by=None)
    client = one_click("rustam")
    post(client, f"{OWN}new/", typed(first))
    offer = TrainingOffer.objects.get()
    refused = post(client, f"{page_of(offer)}open/")
    assert refused.status_code == 409 and "people see them after the check" in text(refused)
    assert "has not checked your centre" in text(client.get(OWN))


def test_right_role_wrong_centre(one_click, cast, rustam):
    """Somebody else's draft is not there; what everybody reads may not be acted on; others have no such pages at all."""
    stranger = a_centre()[1]
    open_one = a_course(stranger)
    draft = a_course(stranger)
    TrainingOffer.objects.filter(pk=draft.pk).update(status="draft")
    row = signed_up(open_one)
    client = one_click("rustam")
    for offer, status in ((draft, 404), (open_one, 403)):
        for path in ("", "edit/"):
            assert client.get(f"{page_of(offer)}{path}").status_code == status
        for path in ("names", "mark", "open", "close", "finish", "call-off", "take-back"):
            assert post(client, f"{page_of(offer)}{path}/", {"who": str(row.uid), "reason": "x"}).status_code == status, path
    for key in ("farrukh", "ildar", "manizha", "timur"):
        assert one_click(key).get(OWN).status_code == 403
        assert one_click(key).get(page_of(open_one)).status_code == 403
    assert not AccessLog.objects.exists()


def test_people_need_a_second_factor(signed_in, rustam):
    assert "second-factor" in signed_in("rustam").get(page_of(a_course(rustam))).url


def test_names_as_agreed_and_written_down(one_click, cast, rustam):
    offer = a_course(rustam)
    known = a_candidate(user=cast["farrukh"], given_name="Farrukh", family_name="Sattorov")
    signed_up(offer, candidate=known)
    shy = signed_up(offer, candidate=a_candidate(user=a_user(), given_name="Nilufar", family_name="Sharipova"), shows_name=False)
    client = one_click("rustam")
    page = text(client.get(page_of(offer)))
    assert "F. S." in page and "N. S." in page and "Sattorov" not in page and not AccessLog.objects.exists()
    page = text(post(client, f"{page_of(offer)}names/"))
    assert (
        "Farrukh Sattorov" in page and show_phone(cast["farrukh"].phone) in page and "Sharipova" not in page and "shows you no name" in page
    )
    assert AccessLog.objects.get().candidate == known
    assert "Bokhtar Training Centre" in text(one_click("farrukh").get("/en/jobs/profile/looks/"))
    TrainingOffer.objects.filter(pk=offer.pk).update(status="done")
    assert "Sattorov" not in text(post(client, f"{page_of(offer)}names/")) and AccessLog.objects.count() == 1
    type(offer.centre).objects.filter(pk=offer.centre_id).update(vetted_at=None, vetted_by=None)
    assert post(client, f"{page_of(offer)}names/").status_code == 409
    assert shy.candidate_id not in AccessLog.objects.values_list("candidate", flat=True)


def test_marked_on_the_page(one_click, rustam):
    offer = over(rustam, seats=5)
    rows = [was_there(offer) for _ in range(3)]
    client, url = one_click("rustam"), page_of(offer)
    marks = {f"mark-{rows[0].uid}": "completed", f"mark-{rows[1].uid}": "absent", f"mark-{rows[2].uid}": "king"}
    assert post(client, f"{url}mark/", marks).url == url
    assert list(offer.sign_ups.order_by("asked_at").values_list("state", flat=True)) == ["completed", "absent", "seated"]
    refused = post(client, f"{url}take-back/", {"who": str(rows[0].uid), "reason": " "})
    assert refused.status_code == 400 and "Write why" in text(refused)
    assert post(client, f"{url}take-back/", {"who": "nobody", "reason": "x"}).status_code == 400
    assert post(client, f"{url}take-back/", {"who": str(rows[0].uid), "reason": "He was ill."}).url == url
    assert SignUp.objects.get(pk=rows[0].pk).taken_back_because == "He was ill."
    assert post(client, f"{url}finish/").status_code == 409  # somebody is not marked yet


def test_another_day_is_told(one_click, rustam, first):
    offer = a_course(rustam)
    row = signed_up(offer)
    client = one_click("rustam")
    post(client, f"{page_of(offer)}edit/", typed(first, about="Bring boots"))
    assert not row.candidate.user.messages.exists()
    later = first + timedelta(days=7)
    post(client, f"{page_of(offer)}edit/", typed(later, about="Bring boots"))
    assert row.candidate.user.messages.get(channel="app").subject == "Your course has changed"
    offer.refresh_from_db()
    assert offer.starts_on == later
    type(offer.centre).objects.filter(pk=offer.centre_id).update(vetted_at=None, vetted_by=None)
    refused = post(client, f"{page_of(offer)}edit/", typed(first, about="Bring money"))
    assert refused.status_code == 400 and "has not checked your centre" in text(refused)
    assert row.candidate.user.messages.filter(channel="app").count() == 1


def test_home_says_what_waits(one_click, rustam, cast):
    over(rustam)
    marked = over(rustam, seats=5)
    was_there(marked)
    draft = a_course(rustam)
    TrainingOffer.objects.filter(pk=draft.pk).update(status="draft")
    client = one_click("rustam")
    counts, items = counts_of(client, "training centre"), items_of(client, "training centre")
    assert (counts["Say who came"], counts["Courses that nobody sees yet"]) == (1, 1)
    assert str(marked.uid) in text(client.get(items["Say who came"].url)) and str(draft.uid) not in text(
        client.get(items["Say who came"].url)
    )
    farrukh = one_click("farrukh")
    assert "Days until your course begins" not in counts_of(farrukh)
    signed_up(a_course(a_member_of(cast)), candidate=a_candidate(user=cast["farrukh"]))
    assert counts_of(farrukh)["Days until your course begins"] == AHEAD.days


def a_member_of(cast):
    return a_member(cast["rustam"].memberships.get().organisation)
