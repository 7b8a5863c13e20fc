"""What `bench.load` gives to locust: each user is one reader, who opens one of their own pages every few seconds."""

import json
import os
from itertools import count
from pathlib import Path
from random import Random

from locust import FastHttpUser, between, task

TOLD = json.loads(Path(os.environ["SAFAR_BENCH_READERS"]).read_text())
READERS = TOLD["readers"]
numbers = count()


class Reader(FastHttpUser):
    wait_time = between(*TOLD["wait"])

    def on_start(self) -> None:
        number = next(numbers)
        self.reader, self.dice = READERS[number % len(READERS)], Random(number)

    @task
    def open_a_page(self) -> None:
        name, path = self.dice.choice(self.reader["pages"])
        headers = {"Accept-Encoding": "gzip", "Cookie": self.reader["cookie"]} if self.reader["cookie"] else {"Accept-Encoding": "gzip"}
        self.client.get(path, headers=headers, name=f"{self.reader['who']}: {name}")
