"""Registering somebody who has come to the agency and has no account."""

from datetime import datetime

from django.db import transaction

from matching.care import choose_agency
from matching.intake.agencies import check_agency
from matching.intake.details import Details, fill_profile
from matching.intake.on_behalf import Act, Word, write_down
from matching.intake.phones import check_phone
from matching.models import Candidate
from matching.profile import score_again
from matching.register import check_age
from portal.accounts.models import User
from portal.organisations.models import Organisation


@transaction.atomic
def register_walk_in(
    agency: Organisation, phone: str, details: Details, by: User, word: Word, now: datetime, act: str = Act.REGISTERED
) -> Candidate:
    """A candidate in the agency's care, who makes the profile theirs by signing in with the phone.

    Raises `PermissionDenied`, `PhoneRefused`, `TooYoung`, and `NotOffered` where the agency is not one that the person could choose.
    """
    check_agency(agency, by, now)
    check_age(details.citizenship, details.born_in, now)
    check_phone(phone)
    candidate = Candidate.objects.create(phone=phone, citizenship=details.citizenship, born_in=details.born_in, registered_at=now)
    score_again(candidate, now)
    fill_profile(candidate, details, now)
    choose_agency(candidate, agency, now)
    write_down(candidate, agency, by, act, word, now)
    return candidate
