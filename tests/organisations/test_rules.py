"""Who sees and does what with an organisation: the right role on the wrong object gets nothing."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from portal.accounts.cast import ORGANISATIONS
from portal.accounts.models import User
from portal.organisations import rules
from portal.organisations.models import Membership, Organisation
from portal.organisations.vet import unvet, vet
from tests.organisations.vetting import vet_by_two
from tests.people import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation(cast):
    def find(key: str) -> Organisation:
        return Organisation.objects.get(name=ORGANISATIONS[key].name)

    return find


def seen_by(user) -> set[str]:
    return {organisation.name for organisation in Organisation.objects.visible_to(user)}


def test_members_see_their_own(cast):
    assert seen_by(cast["ildar"]) == {"StroyKazan"}
    assert seen_by(cast["dana"]) == {"AlmatyFood"}
    assert seen_by(cast["manizha"]) == {"Dushanbe Labour Agency"}


def test_others_see_none(cast):
    for person in (cast["farrukh"], cast["elena"], AnonymousUser()):
        assert seen_by(person) == set()
        assert not Membership.objects.visible_to(person).exists()


def test_whose_organisations_they_are(cast):
    def own(key, kind=None):
        return [row.name for row in Organisation.objects.of_member(cast[key], kind)]

    assert own("ildar") == own("ildar", "employer") == ["StroyKazan"] and own("ildar", "agency") == []
    assert own("timur") == [], "an operator's right to read is no membership"
    assert not Organisation.objects.of_member(AnonymousUser()).exists()
    Membership.objects.create(user=cast["ildar"], organisation=Organisation.objects.get(name="AlmatyFood"))
    assert own("ildar") == ["AlmatyFood", "StroyKazan"]


def test_operators_see_all(cast):
    assert len(seen_by(cast["timur"])) == len(ORGANISATIONS)
    assert Membership.objects.visible_to(cast["timur"]).count() == Membership.objects.count()


def test_colleagues_see_each_other_and_nobody_elses(cast, organisation):
    colleague = User.objects.create_user(email="second@stroykazan.example.org")
    Membership.objects.create(user=colleague, organisation=organisation("stroykazan"))
    assert {membership.user for membership in Membership.objects.visible_to(cast["ildar"])} == {cast["ildar"], colleague}
    assert {membership.user for membership in Membership.objects.visible_to(cast["dana"])} == {cast["dana"]}


def test_managers_manage_their_own_only(cast, organisation):
    own, other = organisation("stroykazan"), organisation("almatyfood")
    assert rules.is_manager(cast["ildar"], own)
    assert not rules.is_manager(cast["ildar"], other)
    assert not rules.is_manager(cast["manizha"], organisation("dushanbe"))  # a member, no manager
    assert rules.is_member(cast["manizha"], organisation("dushanbe"))
    assert not rules.is_member(cast["manizha"], own)
    for person in (cast["timur"], cast["elena"], cast["farrukh"], AnonymousUser()):
        assert not rules.is_manager(person, own)


def test_nobody_vets_their_own(cast, organisation):
    own = organisation("stroykazan")
    Membership.objects.create(user=cast["timur"], organisation=own)
    for person in (cast["timur"], cast["ildar"], cast["dana"], cast["elena"]):
        with pytest.raises(PermissionDenied):
            vet(own, by=person, now=NOW)
        with pytest.raises(PermissionDenied):
            unvet(own, by=person, now=NOW)


def test_vetting_and_taking_it_back(cast, organisation):
    employer = organisation("stroykazan")
    unvet(employer, by=cast["timur"], now=NOW)
    assert employer not in Organisation.objects.vetted()
    vet_by_two(employer, cast, NOW)
    assert Organisation.objects.vetted().get(pk=employer.pk).vetted_by == cast["gulnora"]


def test_registered_once_and_joined_once(cast, organisation):
    employer = organisation("stroykazan")
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.create(name=employer.name, kind=employer.kind, country=employer.country)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(user=cast["ildar"], organisation=employer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.filter(pk=employer.pk).update(vetted_by=None)
