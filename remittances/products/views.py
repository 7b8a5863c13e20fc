"""Products that everybody may read, without an account; trying one comes after signing in."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from orientation.reading import country_names
from portal.accounts.once import and_go, once
from portal.ui.never_stale import never_stale
from remittances.models import PilotSignUp, Product
from remittances.products import sign_up as trials
from remittances.products.answer import answer as keep_answer
from remittances.products.choose import Wanted
from remittances.products.show import ShownProduct

PER_PAGE = 12
Answer = PilotSignUp.Answer


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(label=gettext_lazy("Which is true?"), choices=Answer.choices, widget=forms.RadioSelect)


@require_safe
@never_stale
def products(request: HttpRequest) -> HttpResponse:
    """Two queries: how many, and the page's."""
    wanted = Wanted.of(request.GET)
    page = Paginator(wanted.among(Product.objects.listed(timezone.localdate())), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [ShownProduct(product) for product in page],
        "total": page.paginator.count,
        "wanted": wanted,
        "countries": country_names(),
        "kinds": Product.Kind.choices,
        "tab": "money",
    }
    return render(request, "remittances/products/products.html", context)


@require_safe
@never_stale
def product(request: HttpRequest, slug: str) -> HttpResponse:
    return _page(request, listed_product(slug))


def listed_product(slug: str) -> Product:
    return get_object_or_404(Product.objects.listed(timezone.localdate()), slug=slug)


def _page(request: HttpRequest, found: Product, refusal: str = "") -> HttpResponse:
    mine = PilotSignUp.objects.filter(product=found, user=request.user).first() if request.user.is_authenticated else None
    context: dict[str, Any] = {
        "shown": ShownProduct(found),
        "product": found,
        "mine": mine if mine and mine.left_at is None else None,
        "refusal": refusal,
        "tab": "money",
    }
    return render(request, "remittances/products/product.html", context, status=409 if refusal else 200)


@login_required
@require_POST
def sign_up(request: HttpRequest, slug: str) -> HttpResponse:
    found = listed_product(slug)
    try:
        return once(request, and_go(lambda: trials.sign_up(found, request.user, timezone.now()), page_of(found)))
    except trials.TrialOver:
        return _page(request, listed_product(slug), _("This trial is over. Nobody can join it any more."))


@login_required
@require_POST
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    mine = own_sign_up(request, slug)
    return once(request, and_go(lambda: trials.leave(mine, timezone.now()), page_of(mine.product)))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, slug: str) -> HttpResponse:
    """There once Safar has asked, also when the product is not listed any more. What was said can be changed."""
    mine = own_sign_up(request, slug, asked_at__isnull=False)
    form = AnswerForm(request.POST if request.method == "POST" else None, initial={"answer": mine.answer})
    if form.is_valid():
        said = Answer(form.cleaned_data["answer"])
        return once(request, and_go(lambda: keep_answer(mine, said, timezone.now()), reverse("remittances:answer", args=[slug])))
    context = {"form": form, "mine": mine, "shown": ShownProduct(mine.product), "tab": "money"}
    return render(request, "remittances/products/answer.html", context, status=400 if form.errors else 200)


def own_sign_up(request: HttpRequest, slug: str, **where: Any) -> PilotSignUp:
    """A stranger has none."""
    return get_object_or_404(PilotSignUp.objects.select_related("product"), product__slug=slug, user=request.user, **where)


def page_of(found: Product) -> str:
    return reverse("remittances:product", args=[found.slug])
