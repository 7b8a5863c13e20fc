"""What a learner says of their way, kept beside the corridor in a cookie of its own: a taste of this phone, not an account."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from orientation.models import Lesson

COOKIE = "safar_path"
Path = Lesson.Path
WORK = (Path.NO_JOB, Path.HOUSEHOLD, Path.APP)
TOLD = (*WORK, Path.FIRST, Path.CHILDREN)


def chosen_path(request: HttpRequest) -> list[str]:
    """Values of `Lesson.Path`; nonsense in the cookie is left out."""
    told = request.COOKIES.get(COOKIE, "").split(".")
    return [path.value for path in TOLD if path in told]


def path_in_form(post: QueryDict) -> list[str]:
    """One kind of work at most, and what is ticked."""
    told = [post.get("work", ""), *post.getlist("path")]
    return [path.value for path in TOLD if path in told]


def remember_path(response: HttpResponse, path: list[str]) -> None:
    response.set_cookie(COOKIE, ".".join(path), max_age=365 * 24 * 3600, secure=settings.HTTPS, httponly=True, samesite="Lax")


def work_choices() -> list[tuple[str, str]]:
    return [
        ("", _("On a site, in a factory, on a farm, in a shop or a kitchen")),
        (Path.HOUSEHOLD.value, _("In a private home: cleaning, care, garden")),
        (Path.APP.value, _("Courier, taxi or other work through an app")),
        (Path.NO_JOB.value, _("I have not found work yet")),
    ]


def way_choices() -> list[tuple[str, str]]:
    return [
        (Path.FIRST.value, _("I am going for the first time")),
        (Path.CHILDREN.value, _("I have children, at home or with me")),
    ]
