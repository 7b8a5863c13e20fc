from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.places.choice import likely_origin
from portal.support.models import ContactPhone, Situation, SituationContact


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """One page for everything, so that one saved page helps without a network. Contacts are those of the reader's country, with `?all` everybody's."""
    country = "" if "all" in request.GET else likely_origin(request)
    links = SituationContact.objects.select_related("contact").prefetch_related(
        Prefetch("contact__phones", ContactPhone.objects.answered(), to_attr="answered_phones")
    )
    if country:
        links = links.filter(contact__serves__contains=[country])
    situations = Situation.objects.prefetch_related(Prefetch("situationcontact_set", links, to_attr="links"))
    return render(request, "support/help.html", {"situations": situations, "country": country, "tab": "help"})
