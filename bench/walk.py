"""The pages that pictures and measurements are taken of, on a running demo: who opens what, and how the demo lets them in."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

LANGUAGES = ("tg", "ky", "uz", "ru", "en")
COURSE = "learn/before-you-go/"


@dataclass(frozen=True, slots=True)
class Stop:
    """A page below /<language>/, or at a path of its own. `clicks` (CSS selectors) lead on from there: to pages whose address has a key."""

    name: str
    path: str
    clicks: tuple[str, ...] = ()


def _own(step: str) -> Stop:
    return Stop(f"own-{step}", "jobs/own/", ('main a[href*="/check/"]', f'main a[href$="/{step}/"]'))


_PROFILE = ("start", "name", "place", "languages", "occupations", "work", "skills", "papers", "where", "agency", "statistics")
_PEOPLE = 'main a[href$="/people/"]'
STOPS: dict[str, list[Stop]] = {
    "visitor": [
        Stop("home", ""),
        Stop("lessons", "learn/"),
        Stop("facts", "learn/facts/"),
        Stop("course", COURSE),
        Stop("lesson", f"{COURSE}registration/"),
        Stop("question", f"{COURSE}papers/1/"),
        Stop("check", f"{COURSE}check/"),
        Stop("help", "help/"),
        Stop("jobs", "jobs/"),
        Stop("jobs-nothing", "jobs/?place=RU-TA&occupation=nurse"),
        Stop("vacancy", "jobs/", ("article h2 a",)),
        Stop("money", "money/"),
        Stop("money-receive", "money/?from=KZ&to=UZ&direction=receive&amount=2000000"),
        Stop("money-problem", "money/?from=RU&to=RU&amount=-5"),
        Stop("sign-in", "sign-in/"),
        Stop("agreement", "sign-in/agreement/"),
        Stop("verify", "/verify/?lang="),
        Stop("offline", "offline/"),
        Stop("not-found", "no-such-page/"),
        Stop("demo", "demo/"),
    ],
    "farrukh": [
        Stop("home", ""),
        Stop("me", "me/"),
        Stop("known", "me/known/"),
        Stop("erase", "me/erase/"),
        Stop("profile", "jobs/profile/"),
        *(Stop(f"profile-{step}", f"jobs/profile/{step}/") for step in _PROFILE),
        Stop("matches", "jobs/mine/"),
        Stop("match", "jobs/mine/", ('main a[href*="/jobs/mine/"]',)),
        Stop("outbox", "demo/outbox/"),
    ],
    "ildar": [
        Stop("home", ""),
        Stop("own", "jobs/own/"),
        Stop("own-new", "jobs/own/new/"),
        Stop("own-check", "jobs/own/", ('main a[href*="/check/"]',)),
        *map(_own, ("place", "skills", "requirements", "pay")),
        Stop("applicants", "jobs/own/", (_PEOPLE,)),
        Stop("applicant", "jobs/own/", (_PEOPLE, 'main .card a[href*="/people/"]')),
    ],
    "manizha": [
        Stop("home", ""),
        Stop("desk", "jobs/desk/"),
        Stop("desk-work", "jobs/desk/", ("td a",)),
        Stop("people", "jobs/people/"),
        Stop("candidate", "jobs/people/", ('main a[href*="/people/"]',)),
        Stop("waiting", "", ('main a[href*="/desk/waiting/"]',)),
        Stop("me", "me/"),
    ],
    "rustam": [Stop("home", "")],
    "nigora": [Stop("home", "")],
    "timur": [
        Stop("home", ""),
        Stop("ready", "jobs/ready/"),
        Stop("me", "me/"),
        Stop("runs", "jobs/runs/"),
        Stop("run", "jobs/runs/", ('main a[href*="/jobs/runs/"]',)),
    ],
}


def sign_in(page: Any, who: str) -> None:
    """By the demo's one click; "visitor" is nobody."""
    page.context.clear_cookies()
    if who != "visitor":
        page.goto("/en/demo/")
        page.click(f'form[action$="/{who}/"] button')
        page.wait_for_url(lambda url: "/demo/" not in url)


def addresses(page: Any, who: str, names: set[str] | None = None) -> Iterator[tuple[str, str]]:
    """(name, address with "{language}" in it) of each page of `who`, who has signed in. What has no such link now is left out, and said."""
    for stop in STOPS[who]:
        if names and stop.name not in names:
            continue
        path = stop.path if stop.path.startswith("/") else f"/{{language}}/{stop.path}"
        if stop.path.startswith("/"):
            yield stop.name, path + "{language}"
        elif not stop.clicks:
            yield stop.name, path
        elif found := _follow(page, path, stop.clicks):
            yield stop.name, found
        else:
            print(f"{who} {stop.name}: left out, nothing on {path} leads there now")


def _follow(page: Any, path: str, clicks: tuple[str, ...]) -> str:
    page.goto(path.format(language="en"))
    for selector in clicks:
        link = page.locator(selector).first
        if not link.count():
            return ""
        page.goto(link.evaluate("link => link.href"))
    return page.evaluate("location.pathname + location.search").replace("/en/", "/{language}/", 1)
