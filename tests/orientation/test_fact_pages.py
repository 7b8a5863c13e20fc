"""All facts for everybody: found by road, topic and word, each with a page of its own."""

import gzip

import pytest

from orientation.facts_views import PER_PAGE, topic_names
from orientation.models import Fact
from portal.places.corridors import Corridor

pytestmark = pytest.mark.django_db
URL = "/en/learn/facts/"


def codes(response) -> list[str]:
    return [box.code for _topic, boxes in response.context["groups"] for box in boxes]


@pytest.mark.parametrize("language", ["tg", "ky", "uz", "ru", "en"])
def test_each_page_of_the_list_is_small_and_one_query(client, django_assert_num_queries, language):
    seen = []
    for number in range(1, -(-Fact.objects.count() // PER_PAGE) + 1):
        with django_assert_num_queries(1):
            page = client.get(f"/{language}/learn/facts/?page={number}")
        assert len(gzip.compress(page.content, 6)) <= 12 * 1024 and "Set-Cookie" not in page.headers
        seen += codes(page)
    assert sorted(seen) == sorted(Fact.objects.values_list("code", flat=True))


def test_by_road_topic_and_word_in_any_letters(client):
    road = codes(client.get(f"{URL}?corridor=KG-KZ"))
    assert set(road) <= set(Fact.objects.filter(corridors__contains=["KG-KZ"]).values_list("code", flat=True)) and road
    assert codes(client.get(f"{URL}?corridor=TJ-RU&topic=registration&q=reg-tj")) == ["RU-REG-TJ"]
    found = client.get("/tg/learn/facts/?q=КАЙДИ+мухожират")
    assert "RU-REG-TJ" in codes(found) and "RU-SIM" not in codes(found)
    client.cookies["safar_corridor"] = "KG-KZ"
    assert codes(client.get(URL)) == road and len(codes(client.get(f"{URL}?corridor="))) == PER_PAGE


@pytest.mark.parametrize("query", ["corridor=XX-YY&topic=magic&page=x", "page=999", "corridor=%00&topic=%00&q=", "q=" + "a" * 3000])
def test_strange_questions_get_a_page(client, query):
    assert client.get(f"{URL}?{query}").status_code == 200


def test_nothing_found_says_what_to_do(client):
    html = client.get(f"{URL}?q=%00vwvwvw<b>").content.decode()
    assert "Nothing fits this search" in html and "<b>" not in html.split("<main")[1].split("ico")[0]


def test_a_fact_has_a_page_with_all_its_sources_and_a_way_to_object(client, django_assert_num_queries):
    fact = Fact.objects.get(code="RU-RUID")
    with django_assert_num_queries(2):
        html = client.get(f"{URL}RU-RUID/").content.decode()
    assert fact.sources.count() == 6 and all(source.publisher in html for source in fact.sources.all())
    assert "From an official page" in html and 'name="fact" value="RU-RUID"' in html and "30 June 2025" in html
    assert 'id="RU-RUID"' in client.get(f"{URL}?q=ruid").content.decode()
    assert f'href="{URL}RU-REG-TJ/"' in client.get("/en/learn/russia-documents/registration/").content.decode()
    assert client.get(f"{URL}NO-SUCH/").status_code == 404 and client.get(f"{URL}a%00b/").status_code == 404


def test_a_text_in_another_language_says_which(client):
    Fact.objects.filter(code="RU-REG-TJ").update(title_ky="", text_ky="")
    for url in ("/ky/learn/facts/RU-REG-TJ/", "/ky/learn/facts/?topic=registration"):
        assert '<h1 lang="ru">' in (html := client.get(url).content.decode()) or '<h3 lang="ru">' in html


def test_a_fact_without_a_source_says_so(client):
    Fact.objects.get(code="RU-REG-TJ").sources.all().delete()
    assert "No source has been found yet" in client.get(f"{URL}RU-REG-TJ/").content.decode()


def test_every_starter_fact_is_complete():
    """In five languages, with a topic, a road and a day of review; what has no number has no unit."""
    for fact in Fact.objects.all():
        texts = [getattr(fact, f"{field}_{language}") for field in ("title", "text") for language in ("tg", "ky", "uz", "ru", "en")]
        assert all(texts) and fact.corridors and fact.review_by, fact.code
    assert set(Fact.objects.values_list("topic", flat=True)) == set(topic_names()) == set(Fact.Topic.values)
    assert all(Fact.objects.filter(corridors__contains=[corridor]).exists() for corridor in Corridor.values)
