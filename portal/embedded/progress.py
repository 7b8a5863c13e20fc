"""Lines for the person who started the demo, each with the seconds since the start."""

import os
import time
from contextlib import suppress

START = "SAFAR_STARTED"  # handed to the processes that we start, so that all count from the same moment


def say(text: str) -> None:
    started = float(os.environ.setdefault(START, str(time.monotonic())))
    with suppress(OSError):  # the terminal may be gone already, and stopping must go on
        print(f"{time.monotonic() - started:5.1f} s  {text}", flush=True)
