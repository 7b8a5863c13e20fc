"""One tap under a lesson or a fact, and a page that thanks for it and takes a few words more."""

import hashlib
from uuid import UUID, uuid4

from allauth.account.adapter import get_adapter
from django import forms
from django.core.cache import cache
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST
from redis.exceptions import RedisError

from orientation.feedback import Tap, add_words, open_to_words, receive_tap
from orientation.models import Fact, Feedback, Lesson
from portal.accounts.often import is_too_often
from portal.places.choice import chosen_corridor
from portal.ui.errors import too_often
from portal.ui.origin import public_form

DOUBLE_TAP = 60  # seconds


class TapForm(forms.Form):
    """Written by our pages. `uid` is empty where no script has made one."""

    kind = forms.ChoiceField(choices=Feedback.Kind)
    fact = forms.SlugField(required=False)
    course = forms.SlugField(required=False)
    lesson = forms.SlugField(required=False)
    uid = forms.UUIDField(required=False)


class WordsForm(forms.Form):
    told = forms.CharField(
        label=_("What is wrong, or not clear?"),
        help_text=_("Write no names and no phone numbers. At most 500 characters."),
        max_length=500,
        widget=forms.Textarea({"rows": 4}),
        error_messages={
            "required": _("Write a few words, or go back."),
            "max_length": _("This is too long. Write at most 500 characters."),
        },
    )


@public_form
@require_POST
def tell(request: HttpRequest) -> HttpResponse:
    form = TapForm(request.POST)
    if not form.is_valid():
        raise BadRequest("No page of ours sends this.")
    if is_too_often(request, "feedback"):
        return too_often(request)
    told = form.cleaned_data
    if told["fact"]:
        about: Lesson | Fact | None = Fact.objects.filter(code=told["fact"]).first()
    else:
        about = Lesson.objects.filter(course__slug=told["course"], slug=told["lesson"]).first()
    if about is None:
        raise Http404("Nothing is there any more that this could be about.")
    uid = told["uid"] or uid_for(request, told["kind"], about)
    receive_tap(Tap(uid, told["kind"], about, get_language() or "en", chosen_corridor(request) or ""), timezone.now())
    return redirect("learn:told", uid)


def uid_for(request: HttpRequest, kind: str, about: Lesson | Fact) -> UUID:
    """One uid for taps from one address on one button within a minute: a page that is the same for all cannot hold one."""
    sender = get_adapter().get_client_ip(request), request.headers.get("User-Agent", "")
    said = "|".join([*sender, kind, about._meta.label, str(about.pk)])
    try:
        return UUID(str(cache.get_or_set(f"tap-{hashlib.sha256(said.encode()).hexdigest()}", lambda: str(uuid4()), DOUBLE_TAP)))
    except RedisError:  # without Valkey two taps are two
        return uuid4()


@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def told(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The uid is the key: nobody else knows it. What was written is not shown again."""
    now = timezone.now()
    feedback = Feedback.objects.select_related("lesson__course", "fact").filter(open_to_words(now), uid=uid).first()
    if feedback is None:
        raise Http404("Too old, closed, or never sent.")
    form = WordsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        add_words(uid, form.cleaned_data["told"], now)
        return redirect("learn:told", uid)
    if feedback.lesson:
        back = reverse("learn:lesson", args=[feedback.lesson.course.slug, feedback.lesson.slug])
    else:
        assert feedback.fact is not None  # a constraint of the table
        back = reverse("learn:fact", args=[feedback.fact.code])
    context = {"form": form, "back": back, "has_words": bool(feedback.told), "tab": "learn"}
    return render(request, "orientation/feedback_thanks.html", context, status=400 if form.errors else 200)
