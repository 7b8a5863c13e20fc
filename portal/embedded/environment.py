"""Makes .venv hold exactly what a hashed lock file says: `python3 portal/embedded/environment.py requirements.txt`.

Runs on the bare machine's own python3, before anything is installed: standard library only, and old enough syntax
for an old python3 to read as far as the sentence about its age.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "installed-lock"
UV = ROOT / ".cache" / "uv"
PYTHON = getattr(sys, "_base_executable", sys.executable)  # not a virtual environment's: ours may be the active one
LARGER = ["requirements.txt", "requirements-dev.txt", "requirements-bench.txt"]  # each holds all of the one before
NEWER = ["python3.14", "python3.13", "python3.12", "python3.11"]
NEEDED_MB = 1500


def need_python() -> None:
    """Go on under Python 3.11 or newer, or say that there is none."""
    if sys.version_info >= (3, 11):  # noqa: UP036  # an older one reads this file too
        return
    newer = next(filter(None, map(shutil.which, NEWER)), None)
    if newer is None:
        sys.exit(f"Safar needs Python 3.11 or newer; this one is {sys.version.split()[0]}.")
    os.execv(newer, [newer, *sys.argv])


def need_disk() -> None:
    free = shutil.disk_usage(str(ROOT)).free // 2**20
    if free < NEEDED_MB:
        sys.exit(f"Safar needs {NEEDED_MB} MB of free disk; {ROOT} has {free} MB.")


def uv(*arguments: str) -> None:
    """Run uv, which is installed into a folder of ours first: a bare machine has pip only."""
    binary = UV / "bin" / "uv"
    if not binary.exists():
        pip = [PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--root-user-action=ignore"]
        locked = ["--require-hashes", "--requirement", str(ROOT / "portal" / "embedded" / "uv.txt")]
        if subprocess.call([*pip, *locked, "--target", str(UV), "--upgrade"]) != 0:
            sys.exit("Safar could not install uv with pip; the lines above say why (on Debian, pip is the package python3-pip).")
    environment = dict(os.environ, UV_PYTHON_DOWNLOADS="never", UV_SYSTEM_CERTS="1")
    environment.pop("VIRTUAL_ENV", None)
    if subprocess.call([str(binary), "--quiet", *arguments], cwd=str(ROOT), env=environment) != 0:
        sys.exit("Safar's environment was not made; the lines above say why.")


def ensure(name: str) -> None:
    """Install the lock file, unless it is installed already. Where a larger one was, it stays the chosen one."""
    python = VENV / "bin" / "python"
    installed = STAMP.read_text() if python.exists() and STAMP.exists() else ""
    name = max(name, installed.partition(" ")[0], key=lambda each: LARGER.index(each) if each in LARGER else -1)
    wanted = f"{name} {hashlib.sha256((ROOT / name).read_bytes()).hexdigest()}\n"
    if installed == wanted:
        return
    need_disk()
    print(f"Installing {name} into .venv (half a minute the first time)", flush=True)
    if not python.exists():
        uv("venv", "--clear", "--python", PYTHON, str(VENV))
    uv("pip", "sync", "--require-hashes", "--python", str(python), name)
    STAMP.write_text(wanted)


def main() -> None:
    need_python()
    (ROOT / ".cache").mkdir(exist_ok=True)
    with (ROOT / ".cache" / "environment.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # `make -j` may ask twice at once
        if sys.argv[1] == "uv":
            uv(*sys.argv[2:])
        else:
            ensure(sys.argv[1])


if __name__ == "__main__":
    main()
