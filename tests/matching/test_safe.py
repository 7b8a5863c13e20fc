"""A suspension and a danger area work at once: for readers, for names, and for every move up to the departure."""

import pytest

from matching import answer, contract, journey, review, select
from matching.models import DangerArea, EmployerFile, State
from matching.move import NotPossible
from matching.open_person import may_open_person
from tests.matching.factories import a_candidate, a_match, a_member, a_user, a_vacancy, an_agency, an_offer
from tests.people import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gate_is_open")]
S = State


def suspend(vacancy):
    EmployerFile.objects.update_or_create(employer=vacancy.employer, defaults={"suspended_because": "Charged workers"})


def endanger(vacancy):
    # Signed by a person: a row signed "demo" holds in the demo only.
    DangerArea.objects.create(region=vacancy.region, reason="x", source_name="y", signed_as="Timur", signed_at=NOW)


@pytest.mark.parametrize("spoil", [suspend, endanger])
def test_nobody_is_moved_on_to_an_unsafe_job(spoil, client):
    agency = an_agency()
    vacancy = a_vacancy(openings=9)
    staff, employer = a_member(agency), a_member(vacancy.employer)

    def match(state):
        return a_match(vacancy, a_candidate(agency, a_user()), state, staff)

    matches = {state: match(state) for state in (S.SUGGESTED, S.APPROVED, S.ACCEPTED, S.SELECTED, S.OFFERED, S.AGREED)}
    assert client.get(f"/en/jobs/{vacancy.uid}/").status_code == 200
    spoil(vacancy)
    acts = {
        S.SUGGESTED: lambda m: review.approve(m, staff, NOW),
        S.APPROVED: lambda m: answer.accept(m, m.candidate.user, NOW),
        S.ACCEPTED: lambda m: select.select(m, employer, NOW),
        S.SELECTED: lambda m: contract.enter_offer(m, an_offer(vacancy), staff, NOW),
        S.OFFERED: lambda m: contract.agree(m, 1, m.candidate.user, NOW),
        S.AGREED: lambda m: journey.depart(m, staff, NOW),
    }
    for state, act in acts.items():
        with pytest.raises(NotPossible):
            act(matches[state])
        matches[state].refresh_from_db()
        assert matches[state].state == state
    journey.withdraw(matches[S.AGREED], staff, NOW, "other")  # ways out stay open
    assert client.get(f"/en/jobs/{vacancy.uid}/").status_code == 404
    assert str(vacancy.uid) not in client.get("/en/jobs/").content.decode()
    assert may_open_person(employer, matches[S.ACCEPTED].candidate) == (spoil is endanger)


def test_nobody_is_proposed_while_the_release_gate_is_closed(settings):
    agency = an_agency()
    match = a_match(a_vacancy(), a_candidate(agency, a_user()), S.SUGGESTED)
    settings.DEMO = False
    with pytest.raises(NotPossible, match="Trial"):
        review.approve(match, a_member(agency), NOW)
    match.refresh_from_db()
    assert match.state == S.SUGGESTED
