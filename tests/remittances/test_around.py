"""What stands around a comparison, and what the page costs."""

import gzip
from datetime import timedelta

import pytest

from orientation.models import CourseEdition, EditionPage, Fact
from portal.accounts.models import User
from tests.remittances.page import cards, get

pytestmark = pytest.mark.django_db
LANGUAGES = ("tg", "ky", "uz", "ru", "en")


class TestAroundTheComparison:
    def test_a_published_money_course_is_offered(self, client):
        link = '<a href="/en/learn/money-home/" lang="en">'
        html = get(client)[0].content.decode()
        assert link in html and "/learn/russia-documents/" not in html
        CourseEdition.objects.filter(course__slug="money-home").update(is_current=False)
        assert link not in get(client)[0].content.decode()

    def test_with_the_learners_progress(self, client):
        client.force_login(User.objects.create_user(phone="+992900000078"))
        assert "0 / 5" in get(client)[1]
        page = EditionPage.objects.current().get(edition__course__slug="money-home", slug="compare", language="en")
        for number, question in enumerate(page.questions, 1):
            right = next(choice["uid"] for choice in question["choices"] if choice["is_right"])
            answer = {"choice": right, "attempt": 1}
            client.post(f"/en/learn/money-home/compare/{number}/", answer, headers={"Sec-Fetch-Site": "same-origin"})
        assert "1 / 5" in get(client)[1]

    @pytest.mark.parametrize(("ends", "is_shown"), [(None, True), (0, True), (-1, False)])
    def test_the_limit_of_the_law_while_it_is_in_force(self, client, today, ends, is_shown):
        Fact.objects.update_or_create(
            code="RU-TRANSFER-LIMIT",
            defaults={
                "corridors": ["TJ-RU"],
                "title": "How much one may send a month",
                "number": 10000,
                "unit": "USD",
                "confidence": Fact.Confidence.PRESS,
                "valid_from": None,
                "valid_to": None if ends is None else today + timedelta(days=ends),
                "review_by": today + timedelta(days=30),
            },
        )
        assert ("How much one may send a month" in get(client, **{"from": "RU"})[1]) is is_shown
        assert "How much one may send a month" not in get(client, **{"from": "KZ"})[1], "a rule of Russia"


class TestBudgets:
    @pytest.mark.usefixtures("demo_prices")
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("direction", ["pay", "receive"])
    def test_bytes_of_a_full_page(self, client, language, direction):
        response, _text = get(client, language, direction=direction)
        assert len(cards(response)) == 9
        assert len(gzip.compress(response.content, 6)) <= 14 * 1024

    @pytest.mark.usefixtures("demo_prices")
    def test_five_queries_for_a_visitor(self, client, django_assert_num_queries):
        with django_assert_num_queries(5):
            get(client, "tg")

    @pytest.mark.usefixtures("demo_prices")
    def test_eight_for_somebody_signed_in(self, client, django_assert_max_num_queries):
        client.force_login(User.objects.create_user(phone="+992900000077"))
        with django_assert_max_num_queries(8):
            assert get(client, "tg")[0].status_code == 200
