"""What the second reader says of a match that another agency has declined."""

from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from matching.models import SecondLook, State, Vacancy
from matching.move import NotAllowed, NotPossible
from matching.review import look_again
from portal.accounts.models import User


@transaction.atomic
def give_verdict(look: SecondLook, by: User, verdict: str, note: str, now: datetime) -> SecondLook:
    """Where the reader would approve, the match waits for review once more at its own agency, if the vacancy still takes somebody."""
    Vacancy.objects.select_for_update(no_key=True).only("pk").get(pk=look.match.vacancy_id)  # first, as people's moves lock
    standing = SecondLook.objects.visible_to(by).filter(pk=look.pk).select_related("match").first()
    if standing is None:
        raise NotAllowed
    if standing.decided_at is not None:
        raise NotPossible(_("A colleague was faster: %(what)s.") % {"what": standing.get_verdict_display()})
    if verdict == SecondLook.Verdict.DIFFERS and standing.match.state == State.DECLINED:
        with suppress(NotPossible):  # too late for this one; what was said is kept all the same
            look_again(standing.match, by, now)
    standing.verdict, standing.note, standing.decided_by, standing.decided_at = verdict, note, by, now
    standing.save(update_fields=["verdict", "note", "decided_by", "decided_at"])
    return standing
