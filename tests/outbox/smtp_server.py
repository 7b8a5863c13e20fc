"""A small mail server on this machine: takes mail, remembers it, refuses or hangs up on request."""

from base64 import b64decode
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread

LOGIN, PASSWORD = "safar", "s3cr3t"


class MailServer(ThreadingTCPServer):
    """`refuse` says how a command is answered, once: {"RCPT": "550 no such mailbox"}. `hang_up` names a command to hang up after."""

    daemon_threads = allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.taken: list[EmailMessage] = []
        self.refuse: dict[str, str] = {}
        self.hang_up = ""
        Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()


class Handler(StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self.say("220 mail.example.org")
        while line := self.rfile.readline().decode().strip():
            command = line.split()[0].upper()
            if answer := self.server.refuse.pop(command, ""):
                self.say(answer)
            elif command == "DATA":
                self.say("354 go on")
                lines = iter(self.rfile.readline, b".\r\n")
                self.server.taken.append(message_from_bytes(b"".join(lines), policy=default))
                if self.hangs_up("DATA"):
                    return
                self.say("250 taken")
            elif self.hangs_up(command):
                return
            else:
                self.say(self.usual(command, line))

    def usual(self, command: str, line: str) -> str:
        if command == "EHLO":
            return "250-mail.example.org\r\n250 AUTH PLAIN"
        if command == "AUTH":
            right = b64decode(line.split()[2]) == f"\0{LOGIN}\0{PASSWORD}".encode()
            return "235 welcome" if right else "535 wrong name or password"
        return "250 fine"

    def hangs_up(self, command: str) -> bool:
        planned = self.server.hang_up == command
        if planned:
            self.server.hang_up = ""
        return planned

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())
