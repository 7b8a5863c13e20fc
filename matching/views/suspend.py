"""Suspending an employer, and lifting that."""

from django import forms
from django.contrib import messages
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from matching.models import EmployerFile
from matching.suspend import lift, may_suspend, suspend
from portal.accounts.once import once
from portal.accounts.second_factor import second_factor_required
from portal.organisations.models import Organisation


class ReasonForm(forms.Form):
    because = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=200,
        help_text=gettext_lazy("It stays on record. The employer does not read it."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Write the reason.")},
    )


@second_factor_required
@require_http_methods(["GET", "HEAD", "POST"])
def suspension(request: HttpRequest, uid: str) -> HttpResponse:
    employer = get_object_or_404(Organisation.objects.visible_to(request.user).filter(kind=Organisation.Kind.EMPLOYER), uid=uid)
    if not may_suspend(request.user, employer):
        raise PermissionDenied
    file = EmployerFile.objects.filter(employer=employer).first()
    form = ReasonForm(request.POST if request.method == "POST" else None)

    def run() -> str:
        is_lifting = request.POST.get("act") == "lift"
        (lift if is_lifting else suspend)(employer, form.cleaned_data["because"], by=request.user, now=timezone.now())
        messages.success(request, _("Lifted. Its people are told.") if is_lifting else _("Suspended. Its people are told."))
        return reverse("matching:suspension", args=[employer.uid])

    if request.method == "POST" and form.is_valid():
        return once(request, run)
    entries = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(EmployerFile), object_id=str(file.pk if file else ""))
    context = {
        "employer": employer,
        "because": file.suspended_because if file else "",
        "history": entries.select_related("user").order_by("-action_time")[:20],
        "form": form,
        "tab": "jobs",
    }
    return render(request, "matching/suspension.html", context, status=400 if form.is_bound else 200)
