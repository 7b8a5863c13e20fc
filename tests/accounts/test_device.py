"""The cookie of a phone that has no account yet."""

from uuid import UUID, uuid4

import pytest
from django.http import HttpResponse

from portal.accounts.device import AGE, COOKIE, device_of, ensure_device, forget_device, remember_device


@pytest.fixture
def browser_with(rf):
    def make(value: str | None):
        request = rf.get("/")
        if value is not None:
            request.COOKIES[COOKIE] = value
        return request

    return make


def cookie_for(device: UUID):
    response = HttpResponse()
    remember_device(response, device)
    return response.cookies[COOKIE]


def test_it_comes_back(browser_with):
    device = uuid4()
    cookie = cookie_for(device)
    assert device_of(browser_with(cookie.value)) == device == ensure_device(browser_with(cookie.value))
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", AGE)


def test_tampered_with_it_is_nobodys(browser_with):
    value = cookie_for(uuid4()).value
    other = cookie_for(uuid4()).value
    forged = [value[:-1], f"{uuid4()}{value[36:]}", value.partition(":")[0], f"{other.partition(':')[0]}:{value.partition(':')[2]}"]
    for bad in [None, "", "x", "<script>", "{{ 7 }}", "\x00", *forged]:
        assert device_of(browser_with(bad)) is None
        assert isinstance(ensure_device(browser_with(bad)), UUID)


def test_signed_by_us_but_no_uuid(browser_with):
    from django.core.signing import get_cookie_signer

    assert device_of(browser_with(get_cookie_signer(salt=f"{COOKIE}safar.device").sign("not-a-uuid"))) is None


def test_forgetting():
    response = HttpResponse()
    forget_device(response)
    assert response.cookies[COOKIE]["max-age"] == 0
