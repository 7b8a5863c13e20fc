"""The demo's data folder: ours alone, one demo at a time."""

import fcntl
import os
import secrets
import shutil
import sys
import time
from pathlib import Path

from portal.embedded.postgres import elsewhere
from portal.embedded.processes import Refusal
from portal.embedded.progress import say

MARKER = "safar-demo.txt"
MARK = "Safar keeps the data of `make demo` here; `make demo-reset` deletes this folder.\n"
NEEDED_MB = 500
LAST_PROCESS_GONE = 15  # seconds after which nothing of a demo that was killed can be left


def chosen_folder() -> Path:
    return Path(os.environ.get("SAFAR_DATA") or ".demo").expanduser().resolve()


def check_disk(folder: Path, free_bytes: int) -> None:
    free = free_bytes // 2**20
    if free < NEEDED_MB:
        raise Refusal(f"Safar needs {NEEDED_MB} MB of free disk; {folder} has {free} MB.")


def is_ours(folder: Path) -> bool:
    return (folder / MARKER).is_file() or not any(folder.iterdir())


def lock(folder: Path) -> int:
    """An open file that is locked for as long as anybody holds it: the demo, and each service it hands it to."""
    handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    deadline, waited = time.monotonic() + LAST_PROCESS_GONE, False
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            owner = os.pread(handle, 20, 0).decode() or "?"
            if _is_alive(owner) or time.monotonic() > deadline:
                raise Refusal(
                    f"A demo is already running on {folder} (process {owner}): stop it, or set SAFAR_DATA to another folder."
                ) from None
            if not waited:
                say(f"Waiting for the last demo on {folder} to end")
            waited = True
            time.sleep(0.1)
        else:
            os.ftruncate(handle, 0)
            os.pwrite(handle, str(os.getpid()).encode(), 0)
            return handle


def disown(handle: int) -> None:
    """Called by a demo that is ending: the next one may wait for the lock instead of giving up."""
    os.ftruncate(handle, 0)


def _is_alive(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except PermissionError:
        return True
    except (ValueError, ProcessLookupError):
        return False
    return True


def take(folder: Path) -> int:
    """Make the folder if need be and lock it. Refuses one that is not ours, not writable or on a full disk."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not is_ours(folder):
            raise Refusal(f"{folder} holds files that are not Safar's: set SAFAR_DATA to a new or empty folder.")
        check_disk(folder, shutil.disk_usage(folder).free)
        (folder / MARKER).write_text(MARK)
        (folder / "logs").mkdir(exist_ok=True)
        return lock(folder)
    except OSError as error:
        raise Refusal(f"The data folder {folder} cannot be used: {error.strerror} ({error.filename}).") from error


def secret_key(folder: Path) -> str:
    """The key that signs this demo's cookies, made once, so that people stay signed in over a restart."""
    file = folder / "secret-key"
    if not file.exists():
        unfinished = folder / "secret-key.unfinished"
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as output:
            output.write(secrets.token_urlsafe(50))
        unfinished.rename(file)
    return file.read_text()


def reset() -> None:
    """`make demo-reset`: delete the data, unless it is in use or not ours."""
    folder = chosen_folder()
    if not folder.is_dir():
        print(f"{folder} does not exist; there is nothing to clear.")
        return
    if not (folder / MARKER).is_file():
        raise Refusal(f"{folder} does not look like Safar's data (it has no {MARKER}), so it stays as it is.")
    handle = lock(folder)
    for part in (elsewhere(folder), folder):
        shutil.rmtree(part, ignore_errors=part != folder)
    os.close(handle)
    print(f"Cleared {folder}.")


if __name__ == "__main__":
    try:
        reset()
    except (Refusal, OSError) as refusal:
        sys.exit(str(refusal))
