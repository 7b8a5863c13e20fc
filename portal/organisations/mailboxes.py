"""Whose a mailbox is, as far as its domain says."""

FREE = frozenset(
    "gmail.com googlemail.com mail.ru bk.ru list.ru inbox.ru internet.ru vk.com yandex.ru yandex.com yandex.kz yandex.uz ya.ru rambler.ru "
    "lenta.ru ro.ru autorambler.ru myrambler.ru mail.kz umail.uz outlook.com outlook.kz hotmail.com "
    "live.com live.ru msn.com yahoo.com ymail.com icloud.com me.com proton.me protonmail.com gmx.com gmx.net gmx.de web.de aol.com zoho.com "
    "tutanota.com tuta.com mail.com ukr.net i.ua".split()
)


def domain_of(email: str | None) -> str:
    return (email or "").rpartition("@")[2].lower()


def is_free(domain: str) -> bool:
    """Anybody can have a mailbox there: it proves nothing about an organisation."""
    return domain in FREE
