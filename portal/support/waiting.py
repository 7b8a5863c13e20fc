"""What waits for editors and operators about help."""

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.ui.waiting import Waiting


def to_call(count: int) -> list[Waiting]:
    """`count` contacts are `never_reached()`."""
    if not count:
        return []
    text = _("A number is shown only after one of us has called it and somebody answered. Call, then log the call.")
    url = reverse("admin:support_contact_changelist", query={"reached": "never"})
    return [Waiting("phone", _("Help numbers to call"), text, _("Open the list"), url, count)]
