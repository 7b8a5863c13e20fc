"""Names and phones of others open only behind a second factor, whichever page shows them; a HEAD asks what a GET asks."""

import pytest

from matching.models import AccessLog
from tests.matching.factories import a_candidate, a_member, a_user, an_agency

pytestmark = pytest.mark.django_db


def test_the_agencys_page_of_a_candidate_asks_for_the_second_factor(client):
    agency = an_agency()
    candidate = a_candidate(agency, a_user())
    url = f"/en/jobs/people/{candidate.uid}/"
    client.force_login(a_member(agency))
    response = client.get(url)
    assert (response.status_code, AccessLog.objects.count()) == (302, 0)
    client.force_login(candidate.user)
    assert client.get(url).status_code == 200


@pytest.mark.parametrize("path", ["start/", "name/", "work/", "skills/"])
def test_a_profile_step_answers_head(client, path):
    client.force_login(a_candidate(None, a_user()).user)
    assert client.head(f"/en/jobs/profile/{path}").status_code == 200
