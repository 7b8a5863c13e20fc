"""What waits for a person: each app's waiting.py makes these, and the home page shows them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

FEWEST = 10  # a smaller count could point at somebody


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing to do, with the one page to do it on. Texts are in the reader's language; `lang` says where `text` is in another one."""

    icon: str
    title: str
    text: str
    action: str
    url: str
    count: int | None = None  # as many as that page shows; None where nothing is counted
    tone: str = ""  # of the icon: "danger" and "apricot" cannot wait
    steps: tuple[int, int] | None = None  # done, of how many
    lang: str = ""


def shown_count(count: int) -> str:
    """A count that anybody may read."""
    return str(count) if count >= FEWEST else _("fewer than %(few)d") % {"few": FEWEST}
