"""The pages on which organisations are vetted, and what each sees of its own check."""

from uuid import uuid4

import pytest
from django.utils import timezone

from portal.accounts.cast import ORGANISATIONS
from portal.accounts.models import User
from portal.organisations.ask import ask
from portal.organisations.checklist import items_for
from portal.organisations.demo import load_demo_vetting
from portal.organisations.models import Membership, Organisation, VettingAnswer
from portal.organisations.sign_check import sign_check
from portal.organisations.write_answers import Found, write_answers
from tests.organisations.vetting import all_right, vet_by_two
from tests.people import NOW

pytestmark = pytest.mark.django_db
LIST = "/en/organisations/vetting/"


@pytest.fixture
def employer(cast) -> Organisation:
    row = Organisation.objects.create(kind="employer", name="Volga Remont", country_id="RU", number="9900000017", activities=["43.31"])
    Membership.objects.create(user=User.objects.create_user(email="office@gmail.com"), organisation=row, role="manager")
    return row


def of(organisation: Organisation, act: str = "") -> str:
    return f"{LIST}{organisation.uid}/{f'{act}/' if act else ''}"


def sent(**form: object) -> dict[str, object]:
    return {"submission_key": str(uuid4())} | form


def answered(**changes: str) -> dict[str, object]:
    form = {f"result_{item.code}": "pass" for item in items_for("employer")}
    form |= {f"evidence_{item.code}": "Seen" for item in items_for("employer")}
    return sent(**form | changes)


def test_from_new_to_checked(one_click, cast, employer):
    first, second = one_click("timur"), one_click("gulnora")
    page = first.get(LIST).content.decode()
    assert "Volga Remont" in page and "new" in page
    page = first.get(of(employer)).content.decode()
    assert "9900000017" in page and "43.31" in page and "@gmail.com" in page and "free mailbox" in page
    assert "Sign as the first" not in page and "14 things are missing" in page
    assert first.post(of(employer, "answers"), answered(link_register="egrul.example.org/9900000017"))["Location"] == of(employer)
    assert VettingAnswer.objects.get(item="register").link == "https://egrul.example.org/9900000017"
    assert "Sign as the first person" in first.get(of(employer)).content.decode()
    first.post(of(employer, "sign"), sent())
    assert "Another person has to sign second" in first.get(of(employer)).content.decode()
    page = second.get(of(employer))
    assert "Sign as the second person" in page.content.decode()
    read_as = page.context["organisation"].checked_at.isoformat()
    form = sent(read_as=read_as)
    assert [second.post(of(employer, "sign"), form)["Location"] for _twice in range(2)] == [LIST, LIST]
    assert Organisation.objects.vetted().filter(pk=employer.pk).exists()
    page = second.get(LIST).content.decode()
    assert "Volga Remont is checked" in page and of(employer) not in page
    page = second.get(of(employer)).content.decode()
    assert "timur@safar.example.org" in page and "gulnora@safar.example.org" in page


def test_a_second_signature_under_what_has_changed(one_click, cast, employer):
    write_answers(employer, all_right(employer), by=cast["timur"], now=NOW)
    sign_check(employer, by=cast["timur"], now=NOW)
    Organisation.objects.filter(pk=employer.pk).update(checked_at=timezone.now())  # written and signed anew meanwhile
    page = one_click("gulnora").post(of(employer, "sign"), sent(read_as=NOW.isoformat()))
    assert page.status_code == 409 and "has changed since you read it" in page.content.decode()
    for nonsense in ("x", "2026-13-45T00:00:00"):
        assert one_click("timur").post(of(employer, "sign"), sent(read_as=nonsense)).status_code == 302, "who has signed first stays first"
    employer.refresh_from_db()
    assert employer.vetted_at is None


def test_a_first_signature_under_what_has_changed(one_click, cast, employer):
    """Else who changed the answers could sign second, and only one person would have read them."""
    write_answers(employer, all_right(employer), by=cast["timur"], now=NOW)
    client = one_click("gulnora")
    page = client.get(of(employer))
    read = page.context["written_at"].isoformat()
    assert f'name="written_at" value="{read}"' in page.content.decode()
    write_answers(employer, [Found("register", "pass", "Seen elsewhere", "", None)], by=cast["timur"], now=timezone.now())
    page = client.post(of(employer, "sign"), sent(written_at=read))
    assert page.status_code == 409 and "has changed since you read it" in page.content.decode()
    employer.refresh_from_db()
    assert employer.checked_at is None
    read = page.context["written_at"].isoformat()
    assert client.post(of(employer, "sign"), sent(written_at=read)).status_code == 302
    employer.refresh_from_db()
    assert employer.checked_by == cast["gulnora"]


def test_what_cannot_be_saved_is_said_and_kept(one_click, employer):
    client = one_click("timur")
    bad = {
        "evidence_register": "",
        "valid_mailbox": "2001-01-01",
        "link_law": "not a link",
        "result_fees": "none",
        "evidence_data": "x" * 501,
    }
    page = client.post(of(employer, "answers"), answered(**bad, result_adults=""))
    assert page.status_code == 400 and not employer.answers.exists()
    assert set(page.context["form"].errors) == {*bad, "result_adults"}
    assert "not a link" in page.content.decode()
    for act, form in (("ask", {"what": " "}), ("take-back", {"because": ""})):
        assert client.post(of(employer, act), sent(**form)).status_code == 400


def test_part_of_a_checklist_is_kept(one_click, employer):
    some = {f"{part}_fees": "" for part in ("result", "evidence")}
    one_click("timur").post(of(employer, "answers"), answered(**some))
    assert employer.answers.count() == len(items_for("employer")) - 1


def test_signing_what_is_not_there(one_click, employer):
    page = one_click("timur").post(of(employer, "sign"), sent())
    assert page.status_code == 409 and "Not answered yet" in page.content.decode()


def test_asking_answering_and_taking_back(one_click, client, cast, employer):
    one_click("timur").post(of(employer, "ask"), sent(what="Whose is the mailbox?"))
    manager = employer.memberships.get().user
    client.force_login(manager)
    page = client.get(f"/en/organisations/{employer.uid}/").content.decode()
    assert "Whose is the mailbox?" in page and "second code" in page
    assert "Safar needs something from you" in client.get("/en/").content.decode()
    Organisation.objects.filter(pk=employer.pk).update(replied="Ours, see example.org")
    assert "Ours, see example.org" in one_click("timur").get(of(employer)).content.decode()
    assert "has answered" in one_click("timur").get(LIST).content.decode()
    vet_by_two(employer, cast, NOW)
    assert "Whose is the mailbox?" not in client.get(f"/en/organisations/{employer.uid}/").content.decode()
    one_click("timur").post(of(employer, "take-back"), sent(because="A worker paid for the job."))
    page = client.get(f"/en/organisations/{employer.uid}/").content.decode()
    assert "A worker paid for the job." in page and "being checked" in page


def test_a_manager_answers(one_click, cast):
    own = Organisation.objects.get(name=ORGANISATIONS["stroykazan"].name)
    Organisation.objects.filter(pk=own.pk).update(vetted_at=None, vetted_by=None)
    ask(own, "Who owns it?", by=cast["timur"], now=NOW)
    client, url = one_click("ildar"), f"/en/organisations/{own.uid}/"
    assert client.post(f"{url}reply/", sent(reply=" ")).status_code == 400
    assert client.post(f"{url}reply/", sent(reply="It stands on example.org"))["Location"] == url
    page = client.get(url).content.decode()
    assert "It stands on example.org" in page and "Your answer has come" in page


def test_what_waits_on_each_home(one_click, cast, employer):
    for key in ("timur", "nigora"):
        page = one_click(key).get("/en/")
        items = {item.title: item for section in page.context["own"].sections for item in section.items}
        item = items["Organisations to check"]
        assert (item.count, item.url) == (1, LIST)
        assert one_click(key).get(item.url).context["page"].paginator.count == 1


def test_evidence_that_has_ended_is_told_to_its_people(client, cast, employer):
    vet_by_two(employer, cast, NOW, register=NOW.date())
    VettingAnswer.objects.filter(item="register").update(valid_to=timezone.now().date() - timezone.timedelta(days=1))
    client.force_login(employer.memberships.get().user)
    page = client.get(f"/en/organisations/{employer.uid}/").content.decode()
    assert "Out of date" in page and "public register shows this name" in page


def test_an_authority_sees_employers_alone(one_click, cast, employer):
    agency = Organisation.objects.create(kind="agency", name="New agency", country_id="TJ", number="020012345")
    client = one_click("nigora")
    page = client.get(LIST).content.decode()
    assert "Volga Remont" in page and "New agency" not in page
    assert client.get(of(employer)).status_code == 200 and client.get(of(agency)).status_code == 404
    assert client.post(of(agency, "sign"), sent()).status_code == 404


@pytest.mark.parametrize("act", ["", "answers", "sign", "ask", "take-back"])
def test_others_do_not_come_in(one_click, client, cast, employer, act):
    def status(key: str) -> int:
        other = one_click(key)
        return (other.post(of(employer, act), sent()) if act else other.get(of(employer))).status_code

    assert [status(key) for key in ("manizha", "ildar", "rustam", "elena", "farrukh")] == [404] * 5
    Membership.objects.create(user=cast["timur"], organisation=employer)
    Membership.objects.create(user=cast["gulnora"], organisation=Organisation.objects.get(name=ORGANISATIONS["dushanbe"].name))
    Membership.objects.create(user=cast["ildar"], organisation=employer)
    assert [status(key) for key in ("timur", "gulnora", "ildar")] == [403] * 3, "they may read it elsewhere, and not act"
    assert not employer.answers.exists()
    answer = client.post(of(employer, act), sent()) if act else client.get(of(employer))
    assert "/sign-in/" in answer["Location"]


def test_nobody_of_an_agency_reads_the_list(one_click):
    assert [one_click(key).get(LIST).status_code for key in ("manizha", "ildar", "elena", "farrukh")] == [404] * 4


def test_without_the_second_factor_there_is_no_list(signed_in):
    assert "second-factor" in signed_in("timur").get(LIST)["Location"]


def test_the_list_takes_few_queries(one_click, cast, django_assert_max_num_queries):
    Organisation.objects.bulk_create(Organisation(kind="employer", name=f"Employer {number}", country_id="RU") for number in range(30))
    client = one_click("timur")
    with django_assert_max_num_queries(16):
        page = client.get(LIST)
    assert page.context["page"].paginator.count == 30


def test_the_demo_shows_each_stage(one_click, cast):
    for _twice in range(2):
        load_demo_vetting(timezone.now())
    rows = one_click("timur").get(LIST).context["rows"]
    assert {organisation.name: words for organisation, _tone, words in rows} == {
        "Volga Remont": "new",
        "Almaty Nan": "has to answer",
        "Kama Teplo": "signed once",
        "Shymkent Bau": "evidence ends",
    }
    assert Organisation.objects.vetted().filter(name="Shymkent Bau").exists()
