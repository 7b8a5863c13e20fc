"""What learners with an account are told of their class."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _

from orientation.classes.show import when_of
from orientation.models import ClassSession
from portal.outbox.models import Purpose
from portal.outbox.notice import Notice


@dataclass(frozen=True)
class ClassCalledOff(Notice):
    purpose: ClassVar[Purpose] = Purpose.COURSE
    session: ClassSession

    def link(self) -> str:
        return f"learn/classes/{self.session.code}/"

    def subject(self) -> str:
        return _("Your class is called off")

    def body(self) -> str:
        told = {"who": self.session.organisation, "when": when_of(self.session)}
        return (
            _("%(who)s does not hold the class of %(when)s. You can learn the same lessons on your phone, or look for another class.")
            % told
        )
