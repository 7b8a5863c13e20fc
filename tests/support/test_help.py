import pytest
from django.utils import timezone
from django.utils.translation import override

from portal.accounts.models import User
from portal.support.models import Contact, ContactCall, ContactPhone, Situation

pytestmark = pytest.mark.django_db
NUMBER = "+79250454744"


@pytest.fixture
def phone() -> ContactPhone:
    return ContactPhone.objects.get(contact__slug="uz-agency-rep-moscow")


def call(phone: ContactPhone, *, answered: bool) -> None:
    caller = User.objects.get_or_create(email="caller@example.org", defaults={"is_staff": True})[0]
    ContactCall.objects.create(phone=phone, called_at=timezone.now(), called_by=caller, answered=answered)


@pytest.mark.parametrize("language", ["tg", "ky", "uz", "ru", "en"])
def test_five_situations_say_what_to_do(client, language):
    html = client.get(f"/{language}/help/").content.decode()
    with override(language):
        situations = list(Situation.objects.all())
        assert [s.slug for s in situations] == ["documents-lost", "not-paid", "passport-taken", "hurt-or-ill", "police"]
        for situation in situations:
            assert f'id="{situation.slug}"' in html and len(situation.steps.splitlines()) >= 3 and situation.first


def test_the_page_needs_no_script_and_no_account(client):
    html = client.get("/tg/help/").content.decode()
    assert "<form" not in html and html.count("<script") == 1 and "defer" in html


def test_a_number_shows_only_after_a_call_that_was_answered(client, phone):
    assert phone.number == NUMBER
    shown = lambda: NUMBER in client.get("/uz/help/").content.decode()  # noqa: E731
    assert not shown()
    call(phone, answered=False)
    assert not shown()
    call(phone, answered=True)
    assert shown()
    call(phone, answered=False)
    assert not shown()


def test_no_starter_number_is_shown(client):
    assert not ContactPhone.objects.answered().exists()
    for language in ("tg", "ky", "uz", "ru", "en"):
        assert "tel:" not in client.get(f"/{language}/help/?all").content.decode()


def test_a_language_lists_its_countrys_contacts_and_all_on_request(client):
    kyrgyz = Contact.objects.get(slug="kg-missions-ru")
    with override("tg"):
        name = kyrgyz.name
        kyrgyz.refresh_from_db()
    assert name not in client.get("/tg/help/").content.decode()
    assert name in client.get("/tg/help/?all").content.decode()


def test_html_in_a_text_is_shown_as_letters(client):
    Situation.objects.filter(slug="police").update(title_en="<script>alert(1)</script>", steps_en="{{ 7|add:7 }}")
    html = client.get("/en/help/").content.decode()
    assert "<script>alert" not in html and "{{ 7|add:7 }}" in html


def test_a_chosen_corridor_says_whose_contacts_to_list(client):
    with override("ru"):
        kyrgyz, tajik = (Contact.objects.get(slug=slug).name for slug in ("kg-missions-ru", "tj-embassy-moscow"))
    html = client.get("/ru/help/").content.decode()
    assert kyrgyz in html and tajik in html
    client.cookies["safar_corridor"] = "KG-RU"
    html = client.get("/ru/help/").content.decode()
    assert kyrgyz in html and tajik not in html


def test_an_unsafe_site_that_an_editor_typed_is_named_without_a_link(client):
    sites = ["https://www.azattyk.org/x", "https://www.example.org/y"]
    Contact.objects.filter(slug="kg-missions-ru").update(sites=sites)
    html = client.get("/en/help/?all").content.decode()
    assert "<span>www.azattyk.org</span>" in html and "azattyk.org/x" not in html
    assert '<a href="https://www.example.org/y" rel="noopener nofollow">https://www.example.org/y</a>' in html
