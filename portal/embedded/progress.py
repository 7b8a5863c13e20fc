"""Lines for the person who started the demo, each with the seconds since the start."""

import os
import time
from contextlib import suppress

# Handed to the processes that we start, so that all count from the same moment.
STARTED = float(os.environ.setdefault("SAFAR_STARTED", str(time.monotonic())))
CLEAR = "\x1b[K"


def say(text: str, *, passing: bool = False) -> None:
    """A line of its own; a `passing` one is written over by the next, which only a terminal can show."""
    line = f"{time.monotonic() - STARTED:5.1f} s  {text}"
    with suppress(OSError):  # the terminal may be gone already, and stopping must go on
        print(f"{line}{CLEAR}\r" if passing else line, end="" if passing else f"{CLEAR}\n" if os.isatty(1) else "\n", flush=True)
