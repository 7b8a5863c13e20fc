"""Help on the phone without a network, once any page has been opened."""

from django.core.management import call_command

from tests.browser.learning import COURSE

KEPT = """async (path) => {
  for (const name of await caches.keys()) {
    const found = await (await caches.open(name)).match(path, { ignoreVary: true });
    if (found) return found.text();
  }
  return null;
}"""


def kept(page, path: str) -> str | None:
    return page.evaluate(KEPT, path)


def wait_until_kept(page, path: str) -> str:
    for _ in range(300):
        if copy := kept(page, path):
            return copy
        page.wait_for_timeout(100)
    raise AssertionError(f"{path} was not kept within 30 s")


def test_help_is_there_without_a_network(page):
    page.goto("/tg/")
    wait_until_kept(page, "/tg/help/")
    page.context.set_offline(True)
    page.goto("/tg/help/")
    assert page.locator("section#not-paid").is_visible()
    page.goto("/tg/learn/")
    assert page.locator("main").inner_text().strip()
    page.context.set_offline(False)


def test_a_page_that_is_its_readers_alone_is_not_kept(page, settings):
    settings.DEMO = True
    call_command("load_demo")
    page.goto("/tg/")
    wait_until_kept(page, "/tg/help/")
    page.goto("/tg/jobs/")
    wait_until_kept(page, "/tg/jobs/")
    page.goto("/tg/demo/")
    page.click('form[action$="/farrukh/"] button')
    private = ["/tg/demo/", "/tg/me/", "/tg/me/known/", "/tg/demo/outbox/", f"/tg/{COURSE}", "/tg/money/"]
    for path in private:
        page.goto(path)
    assert [kept(page, path) for path in private] == [None] * len(private)
