"""Where “leave this page quickly” leads: a month's calendar that says nothing of us. It is light, and works without a network."""

from calendar import MONDAY, Calendar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe


@require_safe
def calendar_page(request: HttpRequest) -> HttpResponse:
    today = localdate()
    weeks = Calendar(MONDAY).monthdatescalendar(today.year, today.month)
    return render(request, "calendar.html", {"today": today, "weeks": weeks})
