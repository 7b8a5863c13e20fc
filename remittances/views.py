from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    return render(request, "remittances/compare.html", {"tab": "money"})
