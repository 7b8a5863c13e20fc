"""The console of editors and operators: closed without a second factor, and the only place with a looser content policy."""

from collections.abc import Callable
from typing import Any

from csp.constants import SELF, UNSAFE_EVAL, UNSAFE_INLINE
from csp.decorators import csp_replace, csp_update
from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, reverse
from unfold.sites import UnfoldAdminSite

from portal.accounts.second_factor import ask_second_factor, has_second_factor
from portal.accounts.views.sign_in import sign_out

AdminView = Callable[..., HttpResponse]


class Site(UnfoldAdminSite):
    def has_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and request.user.is_staff and has_second_factor(request))

    def get_urls(self) -> list[URLPattern]:
        return [pattern for pattern in super().get_urls() if not str(getattr(pattern, "name", "")).startswith("password_")]

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Where `admin_view` sends everybody whom `has_permission` refused."""
        wanted = request.GET.get("next", reverse("admin:index"))
        if not request.user.is_authenticated:
            return redirect_to_login(wanted)
        if not request.user.is_staff:
            raise PermissionDenied
        return ask_second_factor(wanted)

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return sign_out(request)

    def admin_view(self, view: AdminView, cacheable: bool = False) -> AdminView:
        # Unfold's Alpine compiles expressions, and its colours stand in a style element.
        looser_script, looser_style = csp_update({"script-src": [UNSAFE_EVAL]}), csp_replace({"style-src": [SELF, UNSAFE_INLINE]})
        return looser_script(looser_style(super().admin_view(view, cacheable)))


site = admin.site
