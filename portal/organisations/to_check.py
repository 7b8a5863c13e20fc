"""Which organisations wait to be checked, and whose check has run out."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _

from portal.organisations.checklist import GRACE, REMINDED
from portal.organisations.models import Organisation, OrganisationQuerySet, Person, VettingAnswer
from portal.organisations.notices import EvidenceEnds
from portal.organisations.tell_members import operators
from portal.organisations.vet import take_back
from portal.outbox.tell import tell

_answers = VettingAnswer.objects.filter(organisation=OuterRef("pk")).order_by()
_evidence = _answers.filter(result=VettingAnswer.Result.PASS)
# Vetted, with a checklist that has changed since and lacks a signature.
UNSIGNED = Q(vetted_at__isnull=False) & Q(Exists(_answers)) & (Q(checked_at=None) | Q(checked_at__gt=F("vetted_at")))


def to_check(user: Person, now: datetime) -> OrganisationQuerySet:
    """What somebody has to look at: the new, those whose evidence ends soon or has ended, those that lack a signature again."""
    ends = Exists(_evidence.filter(valid_to__lt=now.date() + REMINDED))
    return Organisation.objects.to_vet(user).annotate(evidence_ends=ends).filter(Q(vetted_at=None) | UNSIGNED | Q(evidence_ends=True))


def remind_of_evidence(now: datetime) -> int:
    """Each operator once for each piece of evidence and its end, thirty days before. Returns how many were told."""
    ending = VettingAnswer.objects.filter(result=VettingAnswer.Result.PASS, valid_to__lt=now.date() + REMINDED)
    told = 0
    for answer in ending.filter(organisation__vetted_at__isnull=False).select_related("organisation").order_by("pk"):
        assert answer.valid_to is not None
        notice = EvidenceEnds(answer.organisation, answer.item, answer.valid_to)
        key = f"evidence-{answer.pk}-{answer.valid_to}"
        told += sum(tell(operator, notice, now, key) is not None for operator in operators())
    return told


def take_lapsed_back(now: datetime) -> int:
    """The vetting ends thirty days after its evidence did, and thirty days after a change that nobody has signed since.

    So every page that asks "vetted?" hides what is not looked after, and nothing else has to know of evidence.
    """
    ended = Q(Exists(_evidence.filter(valid_to__lt=now.date() - GRACE)))
    unsigned = UNSIGNED & ~Exists(_answers.filter(written_at__gte=now - GRACE))
    lapsed = Organisation.objects.vetted().filter(ended | unsigned)
    taken = 0
    for pk in lapsed.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            locked = Organisation.objects.select_for_update().get(pk=pk)
            if lapsed.filter(pk=pk).exists():  # not renewed meanwhile
                take_back(locked, now)
                taken += 1
    return taken


def may_check(user: Person) -> bool:
    """Operators and the people of vetted authorities, but nobody of an agency."""
    own = Organisation.objects.of_member(user)
    if not user.is_authenticated or own.filter(kind=Organisation.Kind.AGENCY).exists():
        return False
    return user.has_perm("organisations.change_organisation") or own.vetted().filter(kind=Organisation.Kind.AUTHORITY).exists()


def state_of(organisation: Organisation) -> tuple[str, str]:
    """(tone of the chip, words) for whoever checks it; of `to_check()` it also knows whose evidence ends."""
    if organisation.checked_at is not None and not organisation.is_signed_twice:
        return "warn", _("signed once")
    if organisation.vetted_at is not None:
        if organisation.is_signed_twice:
            return ("warn", _("evidence ends")) if getattr(organisation, "evidence_ends", False) else ("", _("checked"))
        return "warn", _("to check again")
    if organisation.asked:
        return ("warn", _("has answered")) if organisation.replied else ("neutral", _("has to answer"))
    return "warn", _("new")
