"""A suspended employer vanishes from every public page at once, and is back as soon as an operator lifts it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from matching.models import EmployerFile, SavedSearch, Vacancy
from matching.search.tell_new import new_for
from matching.search.texts import keep_texts
from matching.suspend import lift, suspend
from portal.accounts.models import User
from portal.organisations.models import Membership, Organisation
from portal.organisations.vet import unvet
from portal.outbox.models import Message
from tests.matching.vacancies import draft, published  # noqa: F401
from tests.people import NOW

pytestmark = pytest.mark.django_db


def seen(vacancy) -> dict[str, bool]:
    """Where somebody without an account, or with a saved search, meets the vacancy."""
    client, uid = Client(), str(vacancy.uid)
    search = SavedSearch.objects.get()
    return {
        "list": uid in client.get("/en/jobs/").content.decode(),
        "search": uid in client.get("/en/jobs/?q=bricklayer").content.decode(),
        "filter": uid in client.get("/en/jobs/?place=RU").content.decode(),
        "page": client.get(f"/en/jobs/{uid}/").status_code == 200,
        "posting": "JobPosting" in client.get(f"/en/jobs/{uid}/").content.decode(),
        "api list": uid in client.get("/api/v1/vacancies/").content.decode(),
        "api": client.get(f"/api/v1/vacancies/{uid}/").status_code == 200,
        "saved search": new_for(search, timezone.now()).filter(pk=vacancy.pk).exists(),
    }


@pytest.fixture
def shown(cast, published):  # noqa: F811
    keep_texts(Vacancy.objects.all())
    User.objects.filter(pk=cast["ildar"].pk).update(language="en")
    Vacancy.objects.update(published_at=timezone.now() - timedelta(hours=1))
    SavedSearch.objects.create(user=cast["farrukh"], query="place=RU", saved_at=NOW, told_until=timezone.now() - timedelta(days=1))
    assert [where for where, is_there in seen(published).items() if not is_there] == []
    return published


def test_gone_at_once_and_back_again(cast, shown):
    suspend(shown.employer, "Charged workers", by=cast["timur"], now=NOW)
    assert [where for where, is_there in seen(shown).items() if is_there] == []
    lift(shown.employer, "Paid the money back", by=cast["gulnora"], now=NOW)
    assert [where for where, is_there in seen(shown).items() if not is_there] == []


def test_a_vetting_taken_back_hides_as_much(cast, shown):
    unvet(shown.employer, by=cast["timur"], now=NOW)
    assert [where for where, is_there in seen(shown).items() if is_there] == []


def test_its_people_are_told_without_the_reason_which_stays_on_record(one_click, cast, shown):
    client, url = one_click("timur"), f"/en/jobs/suspension/{shown.employer.uid}/"
    form = {"because": "Took 300 somoni from a worker", "act": "suspend", "submission_key": str(uuid4())}
    assert [client.post(url, form)["Location"] for _twice in range(2)] == [url, url]
    page = client.get(url).content.decode()
    assert "Took 300 somoni" in page and "Lift the suspension" in page
    told = Message.objects.filter(to=cast["ildar"], channel="app", purpose="job_stopped")
    assert [message.subject for message in told] == ["StroyKazan is suspended"] and "somoni" not in told[0].body
    client.post(url, {"because": "Paid back", "act": "lift", "submission_key": str(uuid4())})
    assert {message.subject for message in told.all()} == {"StroyKazan is suspended", "StroyKazan is not suspended any more"}
    words = [entry.change_message for entry in LogEntry.objects.order_by("pk")]
    assert words == ["Suspended: Took 300 somoni from a worker", "Suspension lifted: Paid back"]
    assert "Paid back" in client.get(url).content.decode()


def test_a_reason_is_needed(one_click, cast, shown):
    page = one_click("timur").post(f"/en/jobs/suspension/{shown.employer.uid}/", {"because": " ", "act": "suspend"})
    assert page.status_code == 400 and "Write the reason" in page.content.decode()
    for act in (suspend, lift):
        with pytest.raises(ValueError, match="reason"):
            act(shown.employer, " ", by=cast["timur"], now=NOW)


def test_again_tells_nobody_again(cast, shown):
    lift(shown.employer, "It never was", by=cast["timur"], now=NOW)
    for reason in ("Charged workers", "Kept passports"):
        suspend(shown.employer, reason, by=cast["timur"], now=NOW)
    assert EmployerFile.objects.get(employer=shown.employer).suspended_because == "Kept passports"
    assert Message.objects.filter(to=cast["ildar"], channel="app", purpose="job_stopped").count() == 1


def test_operators_alone_and_not_their_own(one_click, cast, shown):
    url = f"/en/jobs/suspension/{shown.employer.uid}/"
    for key in ("nigora", "manizha", "dana", "elena", "farrukh"):
        assert one_click(key).get(url).status_code == 404
    assert one_click("ildar").get(url).status_code == 403
    agency = Organisation.objects.get(name="Dushanbe Labour Agency")
    assert one_click("timur").get(f"/en/jobs/suspension/{agency.uid}/").status_code == 404
    Membership.objects.create(user=cast["timur"], organisation=shown.employer)
    assert one_click("timur").post(url, {"because": "x", "act": "suspend", "submission_key": str(uuid4())}).status_code == 403
    for key in ("timur", "nigora", "ildar", "manizha"):
        with pytest.raises(PermissionDenied):
            suspend(shown.employer, "x", by=cast[key], now=NOW)
    assert not EmployerFile.objects.exclude(suspended_because="").exists()


def test_the_console_shows_it_and_leads_to_its_page(one_click, cast, shown):
    suspend(shown.employer, "Charged workers", by=cast["timur"], now=NOW)
    file = EmployerFile.objects.get(employer=shown.employer)
    page = one_click("timur").get(f"/admin/matching/employerfile/{file.pk}/change/").content.decode()
    assert "Charged workers" in page and f"/jobs/suspension/{shown.employer.uid}/" in page
    assert 'name="suspended_because"' not in page
