"""Lines for the person who started the demo, each with the seconds since the start."""

import os
import time
from contextlib import suppress

# Handed to the processes that we start, so that all count from the same moment.
STARTED = float(os.environ.setdefault("SAFAR_STARTED", str(time.monotonic())))


def say(text: str) -> None:
    with suppress(OSError):  # the terminal may be gone already, and stopping must go on
        print(f"{time.monotonic() - STARTED:5.1f} s  {text}", flush=True)
