"""The comparison's page as a reader sees it."""

import html as entities
import re
from urllib.parse import urlencode

from django.test import Client


def text_of(html: str) -> str:
    """What is read, with plain spaces."""
    text = re.sub(r"<(br|p|li|h\d|div|span|td|dt|dd|summary)\b[^>]*>", " ", re.sub(r"<svg.*?</svg>", " ", html, flags=re.DOTALL))
    return " ".join(entities.unescape(re.sub(r"<[^>]+>", "", text)).split())


def get(client: Client, language: str = "en", **asked: str):
    response = client.get(f"/{language}/money/" + (f"?{urlencode(asked)}" if asked else ""))
    return response, text_of(response.content.decode())


def cards(response) -> list[str]:
    return [text_of(card) for card in re.findall(r'<tr class="quote.*?</tr>', response.content.decode(), re.DOTALL)]
