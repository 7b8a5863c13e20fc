"""Which agency looks after a candidate, who may read the profile, and who may open the name."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import connection

from matching.care import CONSENT_VERSION, NotOffered, agencies_for, choose_agency, leave_agency
from matching.models import AccessLog, Candidate, Care, ScoringMark
from matching.open_person import initials, may_open_person, open_person
from matching.profile import change
from portal.organisations.models import Membership
from tests.matching.profiles import post, problems
from tests.people import NOW

pytestmark = pytest.mark.django_db


def names(candidate: Candidate) -> list[str]:
    return [offer.agency.name for offer in agencies_for(candidate, NOW)]


def test_licensed_agencies_of_the_country_the_public_one_first(farrukh, agencies):
    assert names(farrukh) == ["Dushanbe Labour Agency", "Ark of Work"]
    change(farrukh, NOW, wanted_countries=["KZ"])
    assert names(Candidate.objects.get()) == []
    change(farrukh, NOW, wanted_countries=[], excluded_countries=["RU"])
    assert names(Candidate.objects.get()) == []
    change(farrukh, NOW, accepted_countries=["RU"], excluded_countries=[])
    agencies["private"].vetted_at = agencies["private"].vetted_by = None
    agencies["private"].save()
    assert names(Candidate.objects.get()) == ["Dushanbe Labour Agency"]


def test_choose_change_leave(signed_in, farrukh, agencies):
    client = signed_in("farrukh")
    page = client.get("/en/jobs/profile/agency/").content.decode()
    assert page.index("Dushanbe Labour Agency") < page.index("Ark of Work") and "public service" in page and CONSENT_VERSION in page
    assert "Without your yes" in problems(post(client, "agency", agency=agencies["public"].uid))
    for wrong in (agencies["foreign"].uid, agencies["lapsed"].uid, uuid4(), "abc", ""):
        assert problems(post(client, "agency", agency=wrong, consent="on"))
    assert not Care.objects.exists()

    post(client, "agency", agency=agencies["public"].uid, consent="on")
    post(client, "agency", agency=agencies["public"].uid, consent="on")
    care = Care.objects.get()
    assert (care.agency, care.consent_version, care.until) == (agencies["public"], CONSENT_VERSION, None)
    assert ScoringMark.objects.filter(candidate=farrukh).exists()
    post(client, "agency", agency=agencies["private"].uid, consent="on")
    assert Care.objects.open().get().agency == agencies["private"] and Care.objects.count() == 2
    before = Candidate.objects.get().revision
    key = uuid4()
    for _ in range(2):
        assert post(client, "agency", key=key, leave="1")["Location"] == "/en/jobs/profile/agency/"
    assert not Care.objects.open().exists() and Candidate.objects.get().revision == before + 1


def test_only_what_is_offered(farrukh, agencies):
    with pytest.raises(NotOffered):
        choose_agency(farrukh, agencies["foreign"], NOW)
    leave_agency(farrukh, NOW)
    assert Candidate.objects.get().revision == farrukh.revision


def test_who_reads_the_profile(signed_in, one_click, cast, farrukh, agencies):
    change(farrukh, NOW, given_name="Farrukh", family_name="Rahimov", wage_floor=54321, wage_wish=65432)
    url = f"/en/jobs/people/{farrukh.uid}/"
    manizha = one_click("manizha")  # with a second factor
    Membership.objects.create(user=cast["rustam"], organisation=agencies["private"])
    strangers = [signed_in(key) for key in ("aigul", "ildar", "dana", "rustam", "nigora")] + [one_click("timur")]
    assert manizha.get(url).status_code == 404, "no care yet"

    choose_agency(farrukh, agencies["public"], NOW)
    page = manizha.get(url).content.decode()
    assert "Farrukh Rahimov" in page and cast["farrukh"].phone[-4:] in page.replace(" ", "").replace("\xa0", "")
    for secret in ("54321", "54,321", "65,432", "65432"):
        assert secret not in page
    assert [(row.user, row.candidate) for row in AccessLog.objects.all()] == [(cast["manizha"], farrukh)]
    for client in strangers:
        assert client.get(url).status_code == 404
    assert AccessLog.objects.count() == 1

    assert signed_in("farrukh").get(url).status_code == 200
    assert AccessLog.objects.count() == 1, "a look at oneself is nobody's business"
    leave_agency(farrukh, NOW)
    assert manizha.get(url).status_code == 404
    assert signed_in("manizha").get(f"/en/jobs/people/{uuid4()}/").status_code == 404
    assert manizha.post(url).status_code == 405


def test_open_person_asks_the_right_again(cast, farrukh, agencies):
    for person in (AnonymousUser(), cast["manizha"], cast["ildar"], cast["aigul"], cast["timur"]):
        assert not may_open_person(person, farrukh)
        with pytest.raises(PermissionDenied):
            open_person(person, farrukh, NOW)
    choose_agency(farrukh, agencies["public"], NOW)
    assert open_person(cast["manizha"], farrukh, NOW).full_name == ""
    assert AccessLog.objects.get().at == NOW


def test_initials():
    assert initials(Candidate(given_name="farrukh ", family_name="Раҳимов", born_in=date(1998, 3, 1))) == "F. Р."
    assert initials(Candidate(born_in=date(1998, 3, 1))) == "–"


@pytest.mark.django_db(transaction=True)
def test_two_phones_choose_at_once(cast, farrukh, agencies):
    """One open care at most, and nobody sees an error: the second waits for the first and changes the agency."""

    def choose(agency):
        try:
            choose_agency(farrukh, agency, NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        for chosen in [pool.submit(choose, agencies[key]) for key in ("public", "private")]:
            chosen.result()
    assert Care.objects.open().count() == 1 and Care.objects.count() == 2
