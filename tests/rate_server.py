"""Five central banks on this machine, each in its own format and encoding. They misbehave on request."""

import json
import ssl
import time
from collections import deque
from datetime import date, timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, urlsplit

SILENCE = 0.3  # seconds: longer than the tests' patience
BOMB = """<?xml version="1.0"?>
<!DOCTYPE bomb [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>
<ValCurs Date="14.03.2031" name="Foreign Currency Market">&c;</ValCurs>"""
PAGE = "<!DOCTYPE html><html><head><title>Технические работы</title></head><body>Зайдите позже.<br></body></html>"

# What each says of a dollar and of two monies of the region: code, nominal, price as it is written there.
SAID = {
    "cbr": [("USD", "1", "88,1234"), ("TJS", "10", "83,4100"), ("KGS", "100", "101,5500"), ("UZS", "10000", "71,2040")],
    "nbk": [("USD", "1", "471.3"), ("RUB", "1", "5.36"), ("UZS", "100", "3.91")],
    "daily": [("USD", "1", "86,9100"), ("RUB", "1", "0,9865"), ("KZT", "1", "0,1842"), ("JPY", "10", "5,7013")],
    "weekly": [("TJS", "1", "9,2401"), ("UZS", "1", "0,0072")],
    "cbu": [("USD", "1", "12104.33"), ("RUB", "1", "137.36"), ("IDR", "10", "7.02")],
    "nbt": [("USD", "1", "9.4120"), ("RUB", "1", "0.1068"), ("UZS", "1000", "0.7776")],
}


def cbr(day: date, rows: list[tuple[str, str, str]], name: str = "Foreign Currency Market") -> bytes:
    valutes = "".join(
        f'<Valute ID="R0"><NumCode>036</NumCode><CharCode>{code}</CharCode><Nominal>{nominal}</Nominal>'
        f"<Name>Единица валюты</Name><Value>{value}</Value><VunitRate>{value}</VunitRate></Valute>\n"
        for code, nominal, value in rows
    )
    text = f'<?xml version="1.0" encoding="windows-1251"?>\n<ValCurs Date="{day:%d.%m.%Y}" name="{name}">{valutes}</ValCurs>'
    return text.encode("windows-1251")


def nbk(day: date, rows: list[tuple[str, str, str]]) -> bytes:
    items = "".join(
        f"<item><fullname>ДОЛЛАР</fullname><title>{code}</title><description>{value}</description><quant>{nominal}</quant>"
        "<index>UP</index><change>+0.42</change></item>\n"
        for code, nominal, value in rows
    )
    head = f"<generator>Alternate RSS Builder</generator><title>Rates</title><link>www.nationalbank.kz</link><date>{day:%d.%m.%Y}</date>"
    return f'<?xml version="1.0" encoding="utf-8"?>\n<rates>{head if rows else ""}{items}</rates>'.encode()


def nbk_newest(day: date, rows: list[tuple[str, str, str]]) -> bytes:
    items = "".join(
        f"<item><title>{code}</title><pubDate>{day:%d.%m.%Y}</pubDate><description>{value}</description><quant>{nominal}</quant>"
        "<index>DOWN</index><change>-0.03</change><link></link></item>\n"
        for code, nominal, value in rows
    )
    return f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel><title>x</title>{items}</channel></rss>'.encode()


def nbkr(day: date, rows: list[tuple[str, str, str]]) -> bytes:
    currencies = "".join(
        f'<Currency ISOCode="{code}">\n<Nominal>{nominal}</Nominal><ValidFor>7</ValidFor><Value>{value}</Value></Currency>\n'
        for code, nominal, value in rows
    )
    head = f'<?xml version="1.0" encoding="windows-1251" ?>\n<!-- Курсы -->\n<CurrencyRates Name="Daily" Date="{day:%d.%m.%Y}">'
    return f"{head}{currencies}</CurrencyRates>".encode("windows-1251")


def cbu(day: date, rows: list[tuple[str, str, str]]) -> bytes:
    found = [
        {"id": 69, "Code": "036", "Ccy": code, "CcyNm_RU": "Доллар США", "Nominal": nominal, "Rate": value, "Diff": "-8.15"}
        | {"Date": f"{day:%d.%m.%Y}"}
        for code, nominal, value in rows
    ]
    return json.dumps(found, ensure_ascii=False).encode()


def nbt(day: date, rows: list[tuple[str, str, str]], encoding: str = "utf-8") -> bytes:
    """`encoding` is what it is written in; the declaration says UTF-8 always, as some have seen it."""
    valutes = "".join(
        f'<Valute ID="840"><CharCode>{code} </CharCode><Nominal> {nominal}</Nominal><Name>Доллари ИМА</Name><Value>{value} </Value></Valute>\n'
        for code, nominal, value in rows
    )
    head = f'<?xml version="1.0" encoding="utf-8"?>\n<ValCurs Date="{day}" name="Official exchange rate">'
    return f"{head}{valutes}</ValCurs>".encode(encoding, "replace")


class RateServer(ThreadingHTTPServer):
    """`plan` holds how to misbehave with the next requests, `asked` the requests' paths, `today` is the newest day with rates."""

    daemon_threads = True

    def __init__(self, today: date) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.today = today
        self.said = {name: list(rows) for name, rows in SAID.items()}
        self.holidays: set[date] = set()
        self.plan: deque[str] = deque()
        self.asked: list[str] = []
        self.agents: set[str] = set()
        Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    def encrypt(self, certificate: Path) -> None:
        """HTTPS from here on."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self.socket = context.wrap_socket(self.socket, server_side=True)

    @property
    def addresses(self) -> dict[str, list[str]]:
        base = f"http://127.0.0.1:{self.server_port}"
        return {
            "cbr": [f"{base}/cbr?date_req={{day:%d/%m/%Y}}"],
            "nbk": [f"{base}/nbk?fdate={{day:%d.%m.%Y}}"],
            "nbkr": [f"{base}/daily.xml", f"{base}/weekly.xml"],
            "cbu": [f"{base}/cbu/{{day:%Y-%m-%d}}/"],
            "nbt": [f"{base}/nbt?date={{day:%Y-%m-%d}}&export=xmlout"],
        }

    def answer(self, path: str) -> bytes:
        """As the real ones do: of a day without rates the last ones, nothing at all, or silently today's."""
        where = urlsplit(path)
        asked = {key: values[0] for key, values in parse_qs(where.query).items()}
        said = self.said
        if where.path == "/cbr":
            return cbr(self.last_before(_day(asked["date_req"], "/")), said["cbr"])
        if where.path == "/nbk":
            day = _day(asked["fdate"], ".")
            return nbk(day, said["nbk"] if self.last_before(day) == day else [])
        if where.path == "/rates_all.xml":
            return nbk_newest(self.today, said["nbk"])
        if where.path == "/nbt":
            day = date.fromisoformat(asked["date"])
            return nbt(day if self.last_before(day) == day else self.today, said["nbt"])
        if where.path.startswith("/cbu/"):
            return cbu(self.last_before(date.fromisoformat(where.path.split("/")[2])), said["cbu"])
        return nbkr(self.today, said[where.path.removeprefix("/").removesuffix(".xml")])

    def last_before(self, day: date) -> date:
        day = min(day, self.today)
        while day in self.holidays:
            day -= timedelta(days=1)
        return day

    def handle_error(self, request: object, address: object) -> None:
        """Somebody who did not wait for the answer is part of the plan."""


def _day(text: str, mark: str) -> date:
    return date(*map(int, reversed(text.split(mark))))


class Handler(BaseHTTPRequestHandler):
    server: RateServer

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        self.server.agents.add(self.headers["User-Agent"])
        step = self.server.plan.popleft() if self.server.plan else "answer"
        content = self.server.answer(self.path)
        if step == "hang up":
            return None
        if step == "speak another protocol":
            self.wfile.write(b"\x15\x03\x01\x00\x02\x02\x16\r\n")
            return None
        if step == "stay silent":
            time.sleep(SILENCE)
        if step in ("500", "403"):
            return self.say(PAGE.encode(), int(step))
        if step.startswith("wait"):
            return self.say(b"", 503, {"Retry-After": step.removeprefix("wait ")})
        if step == "send away":
            return self.say(b"", 302, {"Location": f"http://localhost:{self.server.server_port}{self.path}"})
        if step == "send on":
            return self.say(b"half of a page", 301, {"Location": self.path}, promised=10**9)
        if step == "cut":
            return self.say(content[: len(content) // 2])
        if step == "cut the line":
            return self.say(content[:-40], promised=len(content))
        if step == "drip":
            return self.drip(content)
        mark = f'"{sha256(content).hexdigest()[:16]}"'
        if step == "answer" and self.headers["If-None-Match"] == mark:
            return self.say(b"", 304)
        wrong = {"page": PAGE.encode(), "bomb": BOMB.encode(), "huge": content + b" " * 10_000_000, "nothing": b""}
        return self.say(
            wrong.get(step, content), 304 if step == "304" else 200, {"ETag": mark, "Last-Modified": "Fri, 14 Mar 2031 07:00:00 GMT"}
        )

    def drip(self, content: bytes) -> None:
        self.send_response(200)
        self.end_headers()
        for place in range(len(content)):
            self.wfile.write(content[place : place + 1])
            time.sleep(0.02)

    def say(self, content: bytes, status: int = 200, headers: dict[str, str] | None = None, promised: int | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(content) if promised is None else promised))
        self.end_headers()
        if status != 304:
            self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        pass
