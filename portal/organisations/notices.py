"""What the people of an organisation are told about its check."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.organisations.checklist import text_of
from portal.organisations.models import Organisation
from portal.outbox.models import Purpose
from portal.outbox.notice import Notice


@dataclass(frozen=True)
class AboutOrganisation(Notice):
    purpose = Purpose.ORGANISATION
    organisation: Organisation

    def link(self) -> str:
        return f"organisations/{self.organisation.uid}/"

    def _name(self) -> dict[str, str]:
        return {"organisation": self.organisation.name}


class Registered(AboutOrganisation):
    def subject(self) -> str:
        return _("%(organisation)s is registered") % self._name()

    def body(self) -> str:
        return _("People at Safar check %(organisation)s now. We tell you here what comes next and what we still need.") % self._name()


class Asked(AboutOrganisation):
    def subject(self) -> str:
        return _("Safar has a question about %(organisation)s") % self._name()

    def body(self) -> str:
        return _("Before the check of %(organisation)s can go on, we need this: %(asked)s") % (
            self._name() | {"asked": self.organisation.asked}
        )


class Vetted(AboutOrganisation):
    def subject(self) -> str:
        return _("%(organisation)s is checked") % self._name()

    def body(self) -> str:
        return _("Two people have checked %(organisation)s. You can work with Safar now.") % self._name()


class TakenBack(AboutOrganisation):
    def subject(self) -> str:
        return _("%(organisation)s has to be checked again") % self._name()

    def body(self) -> str:
        text = _("The check of %(organisation)s does not hold any more. Until it does, people do not see you in Safar. Read what to do.")
        return text % self._name()


class Invited(AboutOrganisation):
    def subject(self) -> str:
        return _("You now belong to %(organisation)s in Safar") % self._name()

    def body(self) -> str:
        return _("A manager of %(organisation)s has invited you. Sign in with this e-mail address: we send you a code.") % self._name()


class Removed(AboutOrganisation):
    def subject(self) -> str:
        return _("You no longer belong to %(organisation)s in Safar") % self._name()

    def body(self) -> str:
        return _("A manager of %(organisation)s has taken you off its list. Your own account stays.") % self._name()

    def link(self) -> str:
        return ""


@dataclass(frozen=True)
class EvidenceEnds(AboutOrganisation):
    """To the operators."""

    item: str
    valid_to: date

    def subject(self) -> str:
        return _("Evidence about %(organisation)s ends on %(day)s") % (self._name() | {"day": date_format(self.valid_to)})

    def body(self) -> str:
        text = _("%(item)s Ask for newer evidence about %(organisation)s. A month after the end it has to be checked anew.")
        return text % (self._name() | {"item": text_of(self.item)})

    def link(self) -> str:
        return f"organisations/vetting/{self.organisation.uid}/"
