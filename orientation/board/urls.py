"""Stand before those of the admin of courses, under /admin/orientation/course/."""

from django.contrib import admin
from django.urls import URLPattern, path

from orientation.board import views

PAGES = [("board/", views.board, "learning_board")]


def urls() -> list[URLPattern]:
    return [path(route, admin.site.admin_view(view), name=name) for route, view, name in PAGES]
