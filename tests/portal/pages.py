"""The public pages, by name, in any language: what the tests of budgets, languages and accessibility walk through."""

LESSONS = (
    "papers",
    "patent",
    "border-kz",
    "on-the-street",
)  # one with pictures to say, one with most rules, one in Kazakh, one to leave quickly
COURSE = "learn/before-you-go/"
MONEY_LESSONS = ("compare", "second-route")
MONEY_COURSE = "learn/money-home/"


def public_pages(language: str) -> dict[str, str]:
    pages = {
        "home": "",
        "lessons": "learn/",
        "course": COURSE,
        "bus": f"{COURSE}bus/",
        "question": f"{COURSE}papers/1/",
        "money course": MONEY_COURSE,
        "money question": f"{MONEY_COURSE}compare/2/",
        "facts": "learn/facts/",
        "facts to read again": "learn/facts/again/",
        "fact": "learn/facts/RU-REG-UZ/",
        "news": "learn/news/",
        "days": "learn/days/",
        "roads": "learn/steps/",
        "steps": "learn/steps/TJ-RU/",
        "classes": "learn/classes/",
        "save": f"{MONEY_COURSE}save/",  # of the small one: the page renders every page of its course, to weigh it
        "help": "help/",
        "search": "learn/search/?q=patent",
        "jobs": "jobs/",
        "training": "training/",
        "employers": "jobs/employers/",
        "register": "organisations/register/",
        "money": "money/",
        "products": "money/products/",
        "sign-in": "sign-in/",
        "sign-in by mail": "sign-in/?by=mail",
        "agreement": "sign-in/agreement/",
        "calendar": "calendar/",
        "offline": "offline/",
        "not found": "no-such-page/",
    }
    pages |= {f"lesson {slug}": f"{COURSE}{slug}/" for slug in LESSONS}
    pages |= {f"lesson {slug}": f"{MONEY_COURSE}{slug}/" for slug in MONEY_LESSONS}
    return {name: f"/{language}/{path}" for name, path in pages.items()} | {"certificate check": f"/verify/?lang={language}"}
