from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from portal.support.models import ContactPhone, Situation, SituationContact

HOME_OF = {"tg": "TJ", "ky": "KG", "uz": "UZ"}


@require_GET
def help_page(request: HttpRequest) -> HttpResponse:
    """One page for everything, so that one saved page helps without a network. A language's page lists its country's contacts, `?all` everybody's."""
    country = "" if "all" in request.GET else HOME_OF.get(get_language() or "", "")
    links = SituationContact.objects.select_related("contact").prefetch_related(
        Prefetch("contact__phones", ContactPhone.objects.answered(), to_attr="answered_phones")
    )
    if country:
        links = links.filter(contact__serves__contains=[country])
    situations = Situation.objects.prefetch_related(Prefetch("situationcontact_set", links, to_attr="links"))
    return render(request, "support/help.html", {"situations": situations, "country": country, "tab": "help"})
