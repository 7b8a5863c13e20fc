"""A form sent twice does its work once: a double tap, a reload, a phone that tries again when the network returns."""

from collections.abc import Callable
from uuid import UUID

from django.core.exceptions import BadRequest
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponseRedirect

from portal.accounts.models import Submission, User


def once(request: HttpRequest, run: Callable[[], str]) -> HttpResponseRedirect:
    """Run `run` in a transaction and go to the URL that it returns.

    The form carries `{% submission_key %}`. A second POST with that key waits for the first and goes where it went; when
    the first one failed, nothing was kept and the second runs.
    """
    actor = request.user if isinstance(request.user, User) else None
    key = submission_key(request)
    try:
        with transaction.atomic():
            submission = Submission.objects.create(key=key, actor=actor)
            submission.result_url = run()
            submission.save(update_fields=["result_url"])
            return HttpResponseRedirect(submission.result_url)
    except IntegrityError:
        first = Submission.objects.filter(key=key).first()
        if first is None:  # the clash was over something else that `run` wrote
            raise
        if first.actor is not None and first.actor != actor:  # none: sent before signing in, or by somebody who is erased now
            raise BadRequest("A form came with another person's submission key.") from None
        return HttpResponseRedirect(first.result_url)


def and_go(run: Callable[[], object], url: str) -> Callable[[], str]:
    """For `once`, where it is known beforehand where to go."""

    def work() -> str:
        run()
        return url

    return work


def submission_key(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("submission_key", ""))
    except ValueError:
        raise BadRequest("A form came without its submission key.") from None
