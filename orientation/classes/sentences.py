"""Why something is not possible: whole sentences that say what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class NotPossible(Exception):
    def __init__(self, why: Promise | str) -> None:
        super().__init__(str(why))
        self.why = why


FULL = _("All places are taken")
OVER = _("This class is over, so nobody can sign up any more. Look for another one.")
IS_CALLED_OFF = _("This class is called off. Look for another one.")
IS_CLOSED = _("This class is closed: nothing of it can be changed any more.")
HAS_BEGUN = _("This is not possible any more.")
NOT_TODAY = _("This works only on the day of the class, until midnight. Ask the trainer to tick your name.")
NOT_YET = _("The class has not begun yet. This works from its day on.")
NAME = _("Write your name with letters only, as in your passport.")
