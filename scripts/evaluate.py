"""`make evaluate`: score the evaluation data and the constructed pairs, print what was found, good or bad, and draw a page."""

from __future__ import annotations

import sys

from screening.training.evaluation.command import main

if __name__ == "__main__":
    sys.exit(main())
