"""Start the local emulator with the stack deployed, print its outputs, and stay until SIGTERM or Ctrl-C; leave nothing."""

from __future__ import annotations

import json
import signal
import sys
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from screening.aws.local.stack import running_stack  # noqa: E402
from screening.errors import ScreeningError  # noqa: E402


def main() -> int:
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    try:
        with running_stack(ROOT, say=lambda line: print(line, file=sys.stderr)) as stack:
            ways_in = {"BaseUrl": stack.base_url, "SignedUrl": stack.signed_url, "Endpoint": stack.session.endpoint}
            print(json.dumps({**stack.outputs, **ways_in}, indent=1))
            sys.stdout.flush()
            stopped.wait()
    except ScreeningError as error:
        print(f"local stack: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
