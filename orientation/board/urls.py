"""Stand before those of the admin of courses, under /admin/orientation/course/."""

from csp.constants import SELF, UNSAFE_EVAL
from csp.decorators import csp_replace, csp_update
from django.contrib import admin
from django.urls import URLPattern, path

from orientation.board import editions, preview, texts, typed, views

PAGES = [
    ("board/", views.board, "board"),
    ("<int:pk>/texts/", texts.texts, "texts"),
    ("<int:pk>/texts/file/", texts.take_in, "take_in"),
    ("<int:pk>/texts/<str:language>/review/", texts.review, "review"),
    ("<int:pk>/texts/<str:language>/sign/", texts.sign_starter, "sign"),
    ("<int:pk>/texts/<str:language>.<str:form>", texts.export, "export"),
    ("<int:pk>/editions/", editions.editions, "editions"),
    ("<int:pk>/editions/<int:number>/back/", editions.go_back, "go_back"),
    ("lesson/<int:pk>/preview/", preview.preview, "preview"),
    ("lesson/<int:pk>/preview/<str:language>/", preview.preview_page, "preview_page"),
    ("lesson/<int:pk>/typed/<str:language>/", typed.typed, "typed"),
]
# A page in a page: around `admin_view`, whose own rule would win over one inside.
LOOSER = {
    "preview": csp_update({"script-src": [UNSAFE_EVAL], "frame-src": [SELF]}),
    "preview_page": csp_replace({"frame-ancestors": [SELF]}),
}


def urls() -> list[URLPattern]:
    return [
        path(route, LOOSER.get(name, lambda view: view)(admin.site.admin_view(view)), name=f"learning_{name}")
        for route, view, name in PAGES
    ]
