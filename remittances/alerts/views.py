from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from orientation.reading import country_names
from portal.accounts.once import and_go, once
from portal.money.formats import format_number, format_percent
from remittances.alerts.forms import AlertForm
from remittances.alerts.set_alert import set_alert
from remittances.alerts.tell_cheap import cheapest
from remittances.ask import Ask
from remittances.models import PriceAlert


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def alerts(request: HttpRequest) -> HttpResponse:
    """The prices that somebody waits for, and the form for one more or for another per cent."""
    form = AlertForm(request.POST or None, initial=_begun(request))
    if request.method == "POST" and form.is_valid():
        answer = once(request, and_go(lambda: set_alert(request.user, **form.cleaned_data, now=timezone.now()), request.path))
        messages.success(request, _("Kept. Safar tells you when it costs less."))
        return answer
    ask, names, own = Ask.of(request), country_names(), PriceAlert.objects.filter(user=request.user)
    cost = cheapest(ask.sends_from, ask.sends_to, timezone.localdate())
    context = {
        "form": form,
        "way": (names[ask.sends_from], names[ask.sends_to]),
        "cheapest": format_percent(cost) if cost is not None else "",
        "alerts": [(alert, names[alert.sends_from_id], names[alert.sends_to_id], format_percent(alert.below)) for alert in own],
        "tab": "money",
    }
    return render(request, "remittances/alerts.html", context, status=400 if form.is_bound else 200)


@login_required
@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """A second tap finds nothing left to do; somebody else's alert is not there."""
    if PriceAlert.objects.filter(pk=pk).exists():
        get_object_or_404(PriceAlert, pk=pk, user=request.user).delete()
    messages.success(request, _("Deleted. No more messages about this way home."))
    return redirect("remittances:alerts")


def _begun(request: HttpRequest) -> dict[str, str]:
    """The way in the address, and the per cent that was named for it before."""
    ask = Ask.of(request)
    before = PriceAlert.objects.filter(user=request.user, sends_from=ask.sends_from, sends_to=ask.sends_to).first()
    return {"sends_from": ask.sends_from, "sends_to": ask.sends_to, "below": format_number(before.below) if before else ""}
