"""Why something is not possible: whole sentences that say what to do."""

from django.utils.translation import gettext_lazy as _

NOT_TRUSTED = _("Safar has not checked your centre yet, or has stopped it. You can write courses; people see them after the check.")
HAS_BEGUN = _("The course has begun: nobody can come in any more. Look for the next one.")
NOT_OPEN = _("Nobody can sign up for this course now. Look for another one.")
OVER = _("This course is over or called off.")
