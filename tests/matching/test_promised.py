"""What a candidate has said yes to is not edited away: the contract would show no difference in red."""

import pytest

from matching.edit import TermsArePromised, change_vacancy
from matching.models import State
from tests.matching.factories import a_candidate, a_match, a_member, a_user, a_vacancy, an_agency
from tests.people import NOW

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("values", [{"wage_amount": 50_000}, {"address": "Elsewhere"}, {"conditions": []}])
def test_terms_stand_from_the_first_yes_on(values):
    vacancy = a_vacancy()
    employer = a_member(vacancy.employer)
    a_match(vacancy, a_candidate(an_agency(), a_user()), State.ACCEPTED)
    with pytest.raises(TermsArePromised):
        change_vacancy(vacancy, values, employer, NOW)
    vacancy.refresh_from_db()
    assert (vacancy.wage_amount, vacancy.address, vacancy.conditions) == (80_000, "1 Baumana street, Kazan", ["housing"])
    change_vacancy(vacancy, {"openings": 3, "title": "Masons"}, employer, NOW)


def test_before_anybody_has_said_yes_everything_may_change():
    vacancy = a_vacancy()
    a_match(vacancy, a_candidate(an_agency(), a_user()), State.APPROVED)
    change_vacancy(vacancy, {"wage_amount": 50_000}, a_member(vacancy.employer), NOW)
