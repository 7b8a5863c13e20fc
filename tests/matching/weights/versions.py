"""Versions of the weights and the operators who propose and approve them, for the tests in this folder."""

from datetime import datetime
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone

from matching.models import ScoringWeights, WeightsTrial
from matching.propose_weights import propose
from matching.score_vacancies import current_weights
from matching.try_weights import ask_trial, try_weights
from portal.accounts.cast import PEOPLE
from portal.accounts.groups import sync_groups
from portal.accounts.models import User

PLACE_FIRST = {"W": 10, "G": 50, "D": 20, "A": 10, "K": 10}


def an_operator(name: str) -> User:
    sync_groups()
    user = User.objects.create_user(email=f"{name}@tests.example.org")
    user.groups.add(Group.objects.get(name="operators"))
    return user


def timur() -> User:
    return User.objects.get(email=PEOPLE["timur"].email)


def signed_in_as(user: User) -> Client:
    """With a second factor, as the session of somebody who typed a code of the app."""
    client, request = Client(), HttpRequest()
    client.force_login(user)
    request.session = client.session
    record_authentication(request, user, "mfa")
    request.session.save()
    return client


def numbers(**changed: Any) -> dict[str, Any]:
    """Those in force, with changes."""
    return current_weights(timezone.now()).numbers | changed


def a_proposal(by: User, now: datetime | None = None, **changed: Any) -> ScoringWeights:
    return propose(numbers(**(changed or {"suits": PLACE_FIRST})), by=by, note="People asked for it.", now=now or timezone.now())


def tried(row: ScoringWeights, by: User, now: datetime | None = None) -> WeightsTrial:
    trial = ask_trial(row, by=by, now=now or timezone.now())
    try_weights(timezone.now)
    trial.refresh_from_db()
    return trial
