from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from orientation.news import stories
from orientation.reading import corridor_name
from portal.places.choice import chosen_corridor
from portal.places.corridors import Corridor


@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """Of the corridor asked for, else the one chosen on this phone, else of all."""
    corridor = request.GET.get("corridor", chosen_corridor(request) or "")
    corridor = corridor if corridor in Corridor.values else ""
    context = {
        "stories": stories(corridor, timezone.localdate()),
        "corridor": corridor,
        "corridors": [(code, corridor_name(code)) for code in Corridor.values],
        "tab": "learn",
    }
    return render(request, "orientation/news.html", context)
