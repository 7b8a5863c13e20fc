"""Why something is not possible: whole sentences that say what to do."""

from django.utils.translation import gettext_lazy as _

NOT_TRUSTED = _("Safar has not checked your centre yet, or has stopped it. You can write courses; people see them after the check.")
NOT_OPEN = _("Nobody can sign up for this course now. Look for another one.")
OVER = _("This course is over or called off.")
STAYS = _("The course has begun: it stays as it is. Mark who came, and end it on its last day.")
FROM_LAST_DAY = _("This is possible from the last day of the course on.")
TOO_EARLY = _("The first day lies in the past, or is today. Choose a later one.")
NOT_ANY_MORE = _("This is not possible any more.")
