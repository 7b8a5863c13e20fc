"""Pay promised and received, for operators and authorities: counts only."""

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from placements.count_pay import count_pay, countable_by, may_count
from placements.models import CheckIn
from portal.accounts.second_factor import ask_second_factor, has_second_factor


@require_safe
def pay(request: HttpRequest) -> HttpResponse:
    """Staff show their second factor. Members of an authority need none: nobody's data stands here."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if not may_count(request.user):
        raise Http404
    if request.user.is_staff and not has_second_factor(request):
        return ask_second_factor(request.get_full_path())
    context = {"months": count_pay(countable_by(request.user)), "pays": CheckIn.Pay.labels, "tab": "jobs"}
    return render(request, "placements/pay.html", context)
