"""What waits for people on a course and for training centres."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from matching.models import Candidate
from portal.organisations.models import Person
from portal.ui.waiting import Waiting
from training.models import SignUp, TrainingOffer, TrainingOfferQuerySet
from training.show_offer import days_of

Status = TrainingOffer.Status


def for_learner(candidate: Candidate | None, now: datetime) -> list[Waiting]:
    """The course that comes next, or begins today. One query where there is a profile."""
    if candidate is None:
        return []
    today = localdate(now)
    seated = SignUp.objects.filter(candidate=candidate, state=SignUp.State.SEATED, offer__status__in=TrainingOffer.GOING_ON)
    mine = seated.filter(offer__starts_on__gte=today).select_related("offer__centre").order_by("offer__starts_on", "pk").first()
    if mine is None:
        return []
    offer, days = mine.offer, (mine.offer.starts_on - today).days
    text = f"{offer} · {offer.centre} · {days_of(offer)} · {offer.address}"
    title = _("Days until your course begins") if days > 0 else _("Your course begins")
    return [Waiting("clock", title, text, _("Look"), reverse("training:offer", args=[offer.uid]), days if days > 0 else None, "leaf")]


def own_offers(user: Person) -> TrainingOfferQuerySet:
    return TrainingOffer.objects.of_member(user).with_all()


@dataclass(frozen=True, slots=True)
class CentreList:
    """`rows` is a condition on `own_offers()`."""

    title: str
    text: str
    rows: Q
    tone: str = ""


def lists_of_centre(now: datetime) -> dict[str, CentreList]:
    """Those of the page of own courses, by the word in its address."""
    unmarked = Exists(SignUp.objects.filter(offer=OuterRef("pk"), state=SignUp.State.SEATED))
    begun = Q(status__in=TrainingOffer.GOING_ON, starts_on__lte=localdate(now))
    return {
        "mark": CentreList(
            _("Say who came"),
            _("Whoever has completed the course has its skills verified at once, and is told."),
            begun & Q(unmarked),
            tone="apricot",
        ),
        "drafts": CentreList(_("Courses that nobody sees yet"), _("Open them, and people can sign up."), Q(status=Status.DRAFT)),
    }


def for_centre(user: Person, now: datetime) -> list[Waiting]:
    """Two queries. Courses are counted, not people."""
    found = []
    for word, each in lists_of_centre(now).items():
        count = TrainingOffer.objects.of_member(user).filter(each.rows).count()
        if count:
            url = reverse("training:own", query={"show": word})
            found.append(Waiting("file-check", each.title, each.text, _("Open the list"), url, count, each.tone))
    return found
