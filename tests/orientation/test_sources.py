"""A link can be dangerous to carry: no public page may hold a host that is unsafe in some country."""

import re
import zipfile
import zlib
from contextlib import suppress
from io import BytesIO

import pytest
from django.utils import timezone

from orientation.models import CourseEdition, Fact, News, Source
from portal.places.unsafe import unsafe_hosts, unsafe_in
from portal.support.models import Contact
from tests.portal.pages import public_pages

pytestmark = pytest.mark.django_db


def hosts_on(client, url: str) -> set[str]:
    return set(re.findall(r"https?://([^/\"'<\s]+)", client.get(url).content.decode()))


@pytest.mark.parametrize("language", ["tg", "ky", "uz", "ru", "en"])
def test_no_public_page_links_to_an_unsafe_host(client, language):
    hosts = unsafe_hosts()
    for url in [*public_pages(language).values(), f"/{language}/help/?all"]:
        assert not {host for host in hosts_on(client, url) if unsafe_in(f"https://{host}/", hosts)}


def test_the_test_finds_what_it_looks_for(client):
    """The same look on the same page sees the host once it is there."""
    fact = Fact.objects.get(code="RU-REG-TJ")
    page = "/tg/learn/russia-documents/registration/"
    Source.objects.filter(fact=fact).update(url="https://www.example.org/x", unsafe_in=[])
    assert "www.example.org" in hosts_on(client, page)
    Source.objects.filter(fact=fact).update(unsafe_in=["RU"])
    assert "www.example.org" not in hosts_on(client, page)
    Source.objects.filter(fact=fact).update(url="https://www.azattyk.org/x", unsafe_in=[])  # typed by an editor
    assert "www.azattyk.org" not in hosts_on(client, page)


def everything(client) -> dict[str, bytes]:
    """What goes out of Safar beside the pages above: by address, what it holds, unzipped."""
    edition = CourseEdition.objects.get(course__slug="russia-documents", is_current=True)
    scorm = zipfile.ZipFile(BytesIO(client.get(f"/tg/learn/exchange/{edition.uid}/scorm.zip").content))
    urls = [
        "/tg/",
        "/tg/learn/facts/?q=RU-REG-TJ",
        "/tg/learn/facts/RU-REG-TJ/",
        "/tg/learn/news/",
        "/tg/learn/russia-documents/registration/",
        "/api/v1/facts/RU-REG-TJ/",
        "/api/v1/lessons/russia-documents/registration/",
        f"/api/v1/courses/{edition.course.uid}/{edition.number}/tg/",
        f"/tg/learn/exchange/{edition.uid}/questions.gift",
    ]
    found = {url: client.get(url) for url in urls}
    assert {response.status_code for response in found.values()} == {200}
    return {url: response.content for url, response in found.items()} | {
        "scorm.zip": b"".join(scorm.read(name) for name in scorm.namelist()),
        "handout.pdf": opened(client.get("/tg/learn/russia-documents/registration/handout.pdf").content),
    }


def opened(pdf: bytes) -> bytes:
    """With its compressed parts unpacked: links may stand in them."""
    parts = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.S)
    unpacked = []
    for part in parts:
        with suppress(zlib.error):
            unpacked.append(zlib.decompress(part))
    return pdf + b"".join(unpacked)


def test_nothing_that_goes_out_holds_an_unsafe_host_whoever_typed_it(client):
    """A safe host is seen where it is shown; an unsafe one in the same place is seen nowhere."""
    today = timezone.localdate()
    news = {"title_en": "News", "text_en": "News", "publisher": "A", "published_at": timezone.now(), "until": today}
    for host, shown in (("www.example.org", True), ("www.azattyk.org", False)):
        Source.objects.filter(fact__code="RU-REG-TJ").update(url=f"https://{host}/x", unsafe_in=[], publisher="Radio <b>")
        News.objects.create(url=f"https://{host}/x", **news)
        found = everything(client)
        holding = {url for url, content in found.items() if host.encode() in content}
        assert bool(holding) is shown, holding
        if shown:
            assert {"/tg/", "/tg/learn/facts/RU-REG-TJ/", "/tg/learn/news/", "/api/v1/facts/RU-REG-TJ/"} <= holding
    assert all(
        "Radio &lt;b&gt;" in found[url].decode() for url in ("/tg/learn/facts/RU-REG-TJ/", "/tg/learn/russia-documents/registration/")
    )


def test_hosts_are_matched_with_their_subdomains_only():
    hosts = {"azattyk.org": ["RU"]}
    assert unsafe_in("https://www.azattyk.org/a", hosts) == ["RU"]
    assert unsafe_in("https://AZATTYK.ORG", hosts) == ["RU"]
    assert unsafe_in("https://notazattyk.org", hosts) == []
    assert unsafe_in("", hosts) == []


def test_starter_contacts_link_to_no_unsafe_host():
    hosts = unsafe_hosts()
    assert not [contact.slug for contact in Contact.objects.all() if any(unsafe_in(site, hosts) for site in contact.sites)]
