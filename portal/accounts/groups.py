"""The groups of staff and volunteers, and what each may do. Declared here, written to the database by `manage.py sync_groups`."""

from django.contrib.auth.models import Group, Permission

EDIT = ("view", "add", "change")

# of orientation, by editors; the rest are records
WRITTEN = (
    *("course", "module", "lesson", "lessonvariant", "phrase", "question", "choice", "fact", "source", "news", "lessonaudio"),
    *("translation", "rereading", "feedback", "searchmiss"),
)

# group -> app or app.model -> what they may do with it
GROUPS: dict[str, dict[str, tuple[str, ...]]] = {
    "editors": {
        "orientation": ("view",),
        **{f"orientation.{model}": EDIT for model in WRITTEN},
        "orientation.certificate": ("view", "change"),  # to take one back
        "support": EDIT,
        **{f"matching.{model}": EDIT for model in ("skillgroup", "skill", "occupation", "ladder")},
        **{f"matching.{model}": (*EDIT, "delete") for model in ("occupationskill", "skillcourse")},
    },
    "operators": {
        "accounts.user": ("view", "change"),
        "accounts.consent": ("view",),
        "admin.logentry": ("view",),
        "organisations": (*EDIT, "delete"),
        "outbox.message": ("view",),
        "places": ("view", "change"),
        "money": EDIT,
        "remittances": EDIT,
        "matching.scoringrun": ("view", "add"),
        "matching.scoringweights": EDIT,
        "matching.scoringaudit": ("view",),
        "matching.feeanswer": ("view",),
        "placements.checkin": ("view",),
        "placements.calltask": ("view", "change"),
        **{f"matching.{model}": EDIT for model in ("legalroute", "licencerecognition", "dangerarea", "employerfile", "signoff")},
        "orientation": ("view",),
        "orientation.centreimport": ("view", "add"),
        "orientation.translation": ("change",),  # reads what an editor has written
        "support": ("view",),
        "matching.vacancy": ("view",),
    },
    "price collectors": {"remittances.quote": ("add",)},  # volunteers too, on a page of their own
}


def sync_groups() -> None:
    """Make the database say what this file says: no more and no fewer permissions."""
    for name, rights in GROUPS.items():
        group, _created = Group.objects.get_or_create(name=name)
        group.permissions.set(permission for scope, actions in rights.items() for permission in permissions(scope, actions))


def permissions(scope: str, actions: tuple[str, ...]) -> list[Permission]:
    app, _dot, model = scope.partition(".")
    found = Permission.objects.filter(content_type__app_label=app)
    if model:
        found = found.filter(content_type__model=model)
    return [permission for permission in found if permission.codename.split("_")[0] in actions]
