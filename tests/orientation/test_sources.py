"""A link can be dangerous to carry: no public page may hold a host that is unsafe in some country."""

import re

import pytest

from orientation.models import Fact, Source
from orientation.unsafe import unsafe_hosts, unsafe_in
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


def test_hosts_are_matched_with_their_subdomains_only():
    hosts = {"azattyk.org": ["RU"]}
    assert unsafe_in("https://www.azattyk.org/a", hosts) == ["RU"]
    assert unsafe_in("https://AZATTYK.ORG", hosts) == ["RU"]
    assert unsafe_in("https://notazattyk.org", hosts) == []
    assert unsafe_in("", hosts) == []


def test_starter_contacts_link_to_no_unsafe_host():
    hosts = unsafe_hosts()
    assert not [contact.slug for contact in Contact.objects.all() if any(unsafe_in(site, hosts) for site in contact.sites)]
