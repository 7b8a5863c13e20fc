"""Whose a mailbox is, as far as its domain says."""

_FREE = """
aol.com autorambler.ru bk.ru gmail.com gmx.com gmx.de gmx.net googlemail.com hotmail.com i.ua icloud.com inbox.ru
internet.ru lenta.ru list.ru live.com live.ru mail.com mail.kz mail.ru me.com msn.com myrambler.ru outlook.com
outlook.kz proton.me protonmail.com rambler.ru ro.ru tuta.com tutanota.com ukr.net umail.uz vk.com web.de ya.ru
yahoo.com yandex.com yandex.kz yandex.ru yandex.uz ymail.com zoho.com
"""
FREE = frozenset(_FREE.split())


def domain_of(email: str | None) -> str:
    return (email or "").rpartition("@")[2].lower()


def is_free(domain: str) -> bool:
    """Anybody can have a mailbox there: it proves nothing about an organisation."""
    return domain in FREE
