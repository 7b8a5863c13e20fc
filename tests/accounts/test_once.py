"""A form sent twice does its work once."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import BadRequest
from django.db import IntegrityError

from portal.accounts.models import Consent, Submission, User
from portal.accounts.once import once

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(rf):
    def make(key: object, user: User | AnonymousUser | None = None):
        request = rf.post("/", {"submission_key": str(key)})
        request.user = user or AnonymousUser()
        return request

    return make


def test_the_second_gets_the_answer_of_the_first(post):
    runs = []

    def run() -> str:
        runs.append(1)
        return f"/result/{len(runs)}/"

    key = uuid4()
    answers = [once(post(key), run)["Location"], once(post(key), run)["Location"], once(post(uuid4()), run)["Location"]]
    assert answers == ["/result/1/", "/result/1/", "/result/2/"]


def test_what_failed_may_be_tried_again(post):
    key = uuid4()
    user = User.objects.create_user(phone="+992900000009")

    def fail() -> str:
        User.objects.filter(pk=user.pk).update(language="ky")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        once(post(key, user), fail)
    user.refresh_from_db()
    assert user.language == "en" and not Submission.objects.exists()
    assert once(post(key, user), lambda: "/done/")["Location"] == "/done/"


def test_a_clash_of_something_else_is_not_swallowed(post, now):
    user = User.objects.create_user(phone="+992900000009")

    def clash() -> str:
        for _ in range(2):
            Consent.objects.create(user=user, purpose="account", version="1", given_at=now)
        return "/never/"

    with pytest.raises(IntegrityError):
        once(post(uuid4(), user), clash)


def test_another_persons_key_answers_nothing(post):
    key = uuid4()
    once(post(key, User.objects.create_user(phone="+992900000009")), lambda: "/secret/")
    for other in (AnonymousUser(), User.objects.create_user(phone="+992900000008")):
        with pytest.raises(BadRequest):
            once(post(key, other), lambda: "/mine/")


@pytest.mark.parametrize("key", ["", "1", "<script>"])
def test_no_key_is_a_bad_request(post, key):
    with pytest.raises(BadRequest):
        once(post(key), lambda: "/never/")


def test_two_at_once(fresh_db, post):
    """The second waits for the first and then goes where it went."""
    from threading import Barrier, Thread

    from django.db import connection

    key, runs, answers, both = uuid4(), [], [], Barrier(2)

    def run() -> str:
        runs.append(1)
        return "/done/"

    def send() -> None:
        both.wait()
        answers.append(once(post(key), run)["Location"])
        connection.close()

    threads = [Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (answers, runs) == (["/done/", "/done/"], [1])
