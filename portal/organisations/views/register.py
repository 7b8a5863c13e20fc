"""An organisation registers itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    return render(request, "organisations/register.html")
