"""What the profile's pages cost a prepaid phone and the database, with everything answered."""

import pytest

from matching.demo.candidates import load_cast_candidates
from matching.steps import BY_SLUG
from tests.people import NOW
from tests.portal.test_budgets import KB, zipped

pytestmark = pytest.mark.django_db
QUERIES = {"": 19, "skills": 13, "work": 9, "papers": 12, "agency": 11}  # one of each finds that matching is a trial


@pytest.mark.parametrize("language", ["tg", "ru"])
@pytest.mark.parametrize("slug", ["", *BY_SLUG, "statistics"])
def test_bytes_and_queries(client, cast, django_assert_max_num_queries, language, slug):
    load_cast_candidates(NOW)
    client.force_login(cast["farrukh"])
    with django_assert_max_num_queries(QUERIES.get(slug, 8)):
        response = client.get(f"/{language}/jobs/profile/{slug + '/' if slug else ''}")
    assert response.status_code == 200 and zipped(response.content) <= 14 * KB
