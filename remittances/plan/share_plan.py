"""One member of the family may look: a code to give them, and an end to it at any time."""

import secrets
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orientation.certificates.code import ALPHABET, plain_code
from portal.accounts.models import User
from remittances.models import Plan, PlanShare
from remittances.plan.hold import NotPossible, hold

ONE = gettext_lazy("One plan is for one other person, and each looks at one. End that first.")
LENGTH = 8  # 40 bits, good for a week, and guesses are few


def digest_of(code: str) -> str:
    """What is kept of a code: keyed, because 40 bits are soon tried out by whoever has a copy of the table."""
    return salted_hmac("remittances.plan", plain_code(code), algorithm="sha256").hexdigest()


@transaction.atomic
def share_plan(plan: Plan, by: User, now: datetime) -> str:
    """A new code, which is told this once; one that nobody has used yet ends. Raises `NotPossible` while somebody looks."""
    hold(plan.pk, by)
    share = PlanShare.objects.select_for_update().filter(plan=plan).first()
    if share is not None:
        if share.member_id is not None:
            raise NotPossible(str(ONE))
        share.delete()
    code = "".join(secrets.choice(ALPHABET) for _place in range(LENGTH))
    PlanShare.objects.create(plan=plan, code_digest=digest_of(code), made_at=now)
    return code


@transaction.atomic
def join_plan(code: str, by: User, now: datetime) -> Plan:
    """Raises `NotPossible`. To whoever guesses, a used code, an old one and none are the same."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # two codes at once are one plan
    usable = PlanShare.objects.filter(member=None, made_at__gt=now - PlanShare.LASTS)
    share = usable.select_for_update(of=("self",)).select_related("plan").filter(code_digest=digest_of(code)).first()
    if share is None:
        raise NotPossible(_("No plan has this code now. A code is good once and for a week. Look at it again, or ask for a new one."))
    if share.plan.user_id == by.pk:
        raise NotPossible(_("This is the code of your own plan. Give it to somebody of your family."))
    if PlanShare.objects.going_on().filter(member=by).exists():
        raise NotPossible(str(ONE))
    share.member, share.joined_at = by, now
    share.save(update_fields=["member", "joined_at"])
    return share.plan


@transaction.atomic
def end_share(plan: Plan, by: User) -> None:
    """By either, at once, and nobody is told; the owner's code that nobody has used ends too. Twice is once."""
    share = PlanShare.objects.select_for_update().filter(plan=plan).first()
    if by.pk not in (plan.user_id, share.member_id if share else None):
        raise PermissionDenied
    if share is not None:
        share.delete()
