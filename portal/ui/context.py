"""What every page's shell needs: the language links, the tab, the person."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.http import urlencode
from django.utils.translation import get_language

from portal.ui.cyrillic_pages import LANG, LATIN, PREFIX

SHORT_NAMES = {"tg": "ТҶ", "ky": "КЫ", "uz": "OʻZ", "ru": "РУ", "en": "EN"}


@dataclass(frozen=True, slots=True)
class LanguageLink:
    code: str
    short: str
    name: str
    url: str
    current: bool


def language_links(request: HttpRequest) -> list[LanguageLink]:
    """This page, with what it was asked, in each language; pages outside the language prefix take `?lang=`."""
    current = get_language()
    first = request.path.split("/")[1]
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    prefixed = first in dict(settings.LANGUAGES)
    is_cyrillic = getattr(request, "is_cyrillic", False)
    links = [
        LanguageLink(
            code,
            SHORT_NAMES[code],
            name,
            translate_url(request.path, code) + query if prefixed else f"?{urlencode(request.GET.dict() | {'lang': code})}",
            code == current and not is_cyrillic,
        )
        for code, name in settings.LANGUAGES
    ]
    if prefixed and current == "uz":
        url = PREFIX + request.path.removeprefix(LATIN) + query
        links.insert([link.code for link in links].index("uz") + 1, LanguageLink(LANG, "ЎЗ", "Ўзбекча", url, is_cyrillic))
    return links


def page(request: HttpRequest) -> dict[str, object]:
    user = getattr(request, "user", None)
    return {
        "languages": language_links(request),
        "tab": "",
        "signed_in_user": user if user is not None and user.is_authenticated else None,
        "demo": settings.DEMO,
    }
