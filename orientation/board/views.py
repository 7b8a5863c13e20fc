"""The console's pages of learning that no model has: in English, like the whole console."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from orientation.board import owed
from orientation.board.sections import SECTIONS


def page(request: HttpRequest, template: str, title: str, *, status: int = 200, **context: Any) -> HttpResponse:
    shown = {**admin.site.each_context(request), "title": title, **context}
    return render(request, f"orientation/board/{template}.html", shown, status=status)


def must(request: HttpRequest, right: str) -> None:
    """`view_course` is everybody's who opens the console, `change_translation` the reviewers', `change_course` the editors'."""
    if not request.user.has_perm(f"orientation.{right}"):
        raise PermissionDenied


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    must(request, "view_course")
    today = timezone.localdate()
    rows = owed.matrix()
    sections = [*owed.sections(rows), owed.misses(), *(section(request.user, today) for section in SECTIONS)]
    return page(request, "board", "Editors' board", rows=rows, sections=sections)
