"""Who is learning: a person with an account, a device without one, or somebody we know nothing of yet."""

import hashlib
import hmac
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest

from orientation.models import Certificate, LearningEvent
from orientation.models.events import CertificateQuerySet
from portal.accounts.device import device_of
from portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class Learner:
    """`course`: the slug of the only one that they have come for, at a classroom's shared tablet; "": all."""

    user: User | None
    device: UUID | None
    course: str = ""

    @property
    def is_known(self) -> bool:
        return self.user is not None or self.device is not None

    def owns(self) -> Q:
        """Rows with `user` and `device` columns that are this learner's; nobody's rows are an unknown learner's."""
        here = Q(edition__course__slug=self.course) if self.course else Q()
        if self.user is not None:
            return here & Q(user=self.user)
        return here & Q(device=self.device) if self.device is not None else Q(pk__in=[])

    def owner(self) -> dict[str, object]:
        return {"user": self.user, "device": None if self.user else self.device}

    def events(self, course_slug: str | None = None) -> list[LearningEvent]:
        """All events, or one course's, oldest first; no query for an unknown learner."""
        if not self.is_known:
            return []
        events = LearningEvent.objects.filter(self.owns()).select_related("edition__course")
        if course_slug is not None:
            events = events.filter(edition__course__slug=course_slug)
        return list(events)

    def own_certificates(self) -> CertificateQuerySet:
        return Certificate.objects.filter(self.owns()).select_related("edition__course")

    def certificates(self) -> list[Certificate]:
        return list(self.own_certificates()) if self.is_known else []

    def event_uid(self, *parts: object) -> UUID:
        """The key of an event sent by a plain form: the same learner, question and attempt give the same key, and nobody else can make it."""
        owner = self.user.uid if self.user else self.device
        message = "|".join(str(part) for part in (owner, *parts))
        return UUID(bytes=hmac.new(settings.SECRET_KEY.encode(), message.encode(), hashlib.sha256).digest()[:16], version=5)


def learner_of(request: HttpRequest) -> Learner:
    seated: Learner | None = getattr(request, "learner", None)  # at a classroom's shared tablet: orientation/classes/tablet.py
    if seated is not None:
        return seated
    if request.user.is_authenticated:
        return Learner(request.user, None)
    return Learner(None, device_of(request))
