"""Fill build/{function}/ with what `sam deploy` ships. `make build` calls it; the demo builds for this machine by itself."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from screening.aws.local.build import build  # noqa: E402
from screening.aws.local.wheels import Target, this_machine  # noqa: E402
from screening.errors import ScreeningError  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--architecture", choices=("arm64", "x86_64", "here"), default="arm64")
    parser.add_argument("--python", default="3.13", help="as in the template's parameter Runtime (default 3.13)")
    parser.add_argument("--function", action="append", help="only this one; may be given more than once")
    arguments = parser.parse_args()
    here = arguments.architecture == "here"
    target = this_machine() if here else Target(arguments.architecture, arguments.python)
    started = time.perf_counter()
    out = ROOT / "build" / "local" if here else ROOT / "build"
    try:
        build(ROOT, out=out, target=target, names=arguments.function, say=print)
    except ScreeningError as error:
        print(f"build failed: {error}", file=sys.stderr)
        return 2
    print(
        f"{out.relative_to(ROOT)}/ for {target.architecture}, Python {target.python}: {time.perf_counter() - started:.1f} s"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
