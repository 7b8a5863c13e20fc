"""A small gateway on this machine that speaks smsc's format, remembers what it sent, and misbehaves on request."""

import json
import time
from collections import deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs

LOGIN, PASSWORD = "safar", "s3cr3t"
SILENCE = 0.6  # seconds: longer than the tests' patience


class Gateway(ThreadingHTTPServer):
    """`plan` holds what to do with the next requests: a code to refuse with, or one of the words in `Handler.do_POST`."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.sent: list[dict[str, str]] = []
        self.asked: list[str] = []
        self.plan: deque[int | str] = deque()
        self.money = 100
        self.status = 1
        Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/sys"

    def answer(self, page: str, form: dict[str, str]) -> dict[str, object]:
        if (form.get("login"), form.get("psw")) != (LOGIN, PASSWORD):
            return {"error": "authorise error", "error_code": 2}
        if form.get("fmt") != "3" or form.get("charset") != "utf-8":
            return {"error": "parameters error", "error_code": 1}
        if page == "status.php":
            known = [sms for sms in self.sent if (sms["phones"], sms["id"]) == (form["phone"], form["id"])]
            return {"status": self.status, "last_date": "14.03.2031 10:05:31"} if known else {"status": -3}
        if not form["phones"].isdecimal():
            return {"error": "invalid number", "error_code": 7, "id": form["id"]}
        if not self.money:
            return {"error": "no money", "error_code": 3}
        self.money -= 1
        self.sent.append(form)
        return {"id": form["id"], "cnt": 1, "cost": "4.10", "balance": f"{self.money}.00", "echo": form["mes"]}

    def handle_error(self, request: object, address: object) -> None:
        """Somebody who did not wait for the answer is part of the plan."""


class Handler(BaseHTTPRequestHandler):
    server: Gateway

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {key: values[0] for key, values in parse_qs(body, strict_parsing=True).items()}
        page = self.path.removeprefix("/sys/")
        self.server.asked.append(page)
        step = self.server.plan.popleft() if self.server.plan else "answer"
        if isinstance(step, int):
            return self.say(json.dumps({"error": f"no: {form.get('mes')}", "error_code": step}))
        if step == "500":
            return self.say("Internal Server Error", 500)
        if step == "nothing":
            return None
        answer = json.dumps(self.server.answer(page, form))  # from here on it is sent, whatever the asker learns
        if step == "hang up":
            return None
        if step == "stay silent":
            time.sleep(SILENCE)
        return self.say({"talk nonsense": "<html>мы обновляем сайт</html>", "list": "[1]", "forget": "{}"}.get(step, answer))

    def say(self, text: str, status: int = 200) -> None:
        content = text.encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        pass
