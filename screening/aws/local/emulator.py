"""The local AWS emulator (MiniStack) as a child process: on loopback, with IAM enforced, leaving nothing behind."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from screening.errors import ScreeningError

_PASSED_ON = ("PATH", "LANG", "LC_ALL", "HOME", "SYSTEMROOT", "LD_LIBRARY_PATH")
LOCAL_ACCOUNT = "111111111111"
LOCAL_REGION = "eu-central-1"
SCRATCH_BYTES = 8 << 30
START_SECONDS = 30.0
STOP_SECONDS = 15.0


class EmulatorError(ScreeningError):
    """The emulator isn't installed or doesn't start; says what to do."""


def emulator_program(root: Path) -> Path:
    """Raises EmulatorError where `make setup` hasn't installed it."""
    program = Path(os.environ.get("SCREENING_EMULATOR", root / ".venv-emulator" / "bin" / "ministack"))
    if not program.exists():
        raise EmulatorError(
            f"{program} is missing: run 'make setup', or set SCREENING_EMULATOR to the ministack program"
        )
    return program


class Emulator:
    """Runs between `start` and `stop`, or inside `with`. Its files live in a folder of their own, removed at the end.

    Functions inherit the emulator's environment, so that it gets a small one: no credentials, proxies or endpoints of
    the person who runs it.
    """

    def __init__(self, root: Path, *, region: str = LOCAL_REGION, environment: Mapping[str, str] | None = None) -> None:
        self._program = emulator_program(root)
        self._environment = dict(environment or {})
        self._process: subprocess.Popen[bytes] | None = None
        self._home: Path | None = None
        self.region = region
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def process_id(self) -> int | None:
        return self._process.pid if self._process else None

    @property
    def log(self) -> str:
        """What the emulator wrote about itself, for the message of a failure."""
        path = self._home / "emulator.log" if self._home else None
        return path.read_text("utf-8", "replace") if path and path.exists() else ""

    def start(self) -> Self:
        self._home = Path(tempfile.mkdtemp(prefix="screening-emulator-", dir=_scratch()))
        (self._home / "tmp").mkdir()
        self.port = _free_port()
        environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ} | {
            "BIND_HOST": "127.0.0.1", "GATEWAY_PORT": str(self.port), "MINISTACK_REGION": self.region,
            "TMPDIR": str(self._home / "tmp"), "STATE_DIR": str(self._home / "state"), "AUTH": "true",
            "MINISTACK_ACCOUNT_ID": LOCAL_ACCOUNT,  # unsigned requests (both APIs, the key set) belong to this account
            "LOG_LEVEL": "WARNING", "PYTHONUNBUFFERED": "1",
            "OAUTHLIB_INSECURE_TRANSPORT": "1",  # functions inherit it: the sign-in page on loopback speaks HTTP
        }  # fmt: skip
        with (self._home / "emulator.log").open("wb") as log:
            self._process = subprocess.Popen(  # noqa: S603 - the program that make setup installed
                [str(self._program)], env=environment | self._environment, cwd=self._home, stdout=log, stderr=log,
                start_new_session=True,  # Ctrl-C reaches us alone, and we stop it in order
            )  # fmt: skip
        self._wait_until_ready()
        return self

    def stop(self) -> None:
        """Ask it to end, wait, and remove its files. Safe to call twice."""
        process, self._process = self._process, None
        if process is not None:
            process.terminate()
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        if self._home is not None:
            shutil.rmtree(self._home, ignore_errors=True)
            self._home = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self._process is None or self._process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"{self.url}/_ministack/ready", timeout=1):  # noqa: S310 - loopback
                    return
            except OSError:
                time.sleep(0.05)
        said = self.log[-1500:]
        self.stop()
        raise EmulatorError(f"the local emulator did not start on port {self.port}: {said or 'it said nothing'}")


def _scratch() -> str | None:
    """Memory where there is plenty: every worker unpacks its bundle, and gigabytes of small files are slow to remove."""
    memory = "/dev/shm"  # noqa: S108 - mkdtemp makes a folder of its own in it
    try:
        found = os.statvfs(memory)
    except (OSError, AttributeError):
        return None
    roomy = found.f_bavail * found.f_frsize > SCRATCH_BYTES
    return memory if roomy and not found.f_flag & getattr(os, "ST_NOEXEC", 8) else None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
