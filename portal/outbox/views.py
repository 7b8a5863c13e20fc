"""A person's own messages: what Safar has told them, and how news reaches them."""

from uuid import UUID

from django.contrib import messages as toasts
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from portal.outbox.choose_ways import choose_ways
from portal.outbox.forms import WaysForm
from portal.outbox.mark_read import mark_read
from portal.outbox.models import Message

PAGE = 20


@never_cache
@login_required
@require_safe
def messages(request: HttpRequest) -> HttpResponse:
    return _show(request, WaysForm(request.user))


@login_required
@require_POST
def read(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Note that one message is read, and go where it leads."""
    own = Message.objects.visible_to(request.user).in_app()
    message = get_object_or_404(own, uid=uid)
    mark_read(own.filter(pk=message.pk), timezone.now())
    return HttpResponseRedirect(f"/{get_language()}/{message.link}" if message.link else reverse("outbox:messages"))


@login_required
@require_POST
def read_until(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Note that a message and all before it are read; what came since the page was drawn stays new."""
    own = Message.objects.visible_to(request.user).in_app()
    newest = get_object_or_404(own, uid=uid)
    mark_read(own.filter(created_at__lte=newest.created_at), timezone.now())
    return HttpResponseRedirect(reverse("outbox:messages"))


@never_cache
@login_required
@require_POST
def ways(request: HttpRequest) -> HttpResponse:
    form = WaysForm(request.user, request.POST)
    if not form.is_valid():
        return _show(request, form)
    choose_ways(request.user, form.ways())
    toasts.success(request, _("Saved"))
    return HttpResponseRedirect(reverse("outbox:messages"))


def _show(request: HttpRequest, form: WaysForm) -> HttpResponse:
    page = Paginator(Message.objects.visible_to(request.user).in_app(), PAGE).get_page(request.GET.get("page"))
    newest_unread = next((message for message in page if message.read_at is None), None)
    context = {"page": page, "form": form, "newest_unread": newest_unread, "home": f"/{get_language()}/"}
    return render(request, "outbox/messages.html", context)
