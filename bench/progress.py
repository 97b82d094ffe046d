"""A bar that says what is being measured and how long the rest will take."""

import sys
import time

WIDTH = 30


class Progress:
    def __init__(self, steps: int) -> None:
        self.steps, self.done, self.began = steps, 0, time.monotonic()

    def __call__(self, what: str) -> None:
        """Say what step begins now."""
        full = WIDTH * self.done // self.steps
        bar = "█" * full + "░" * (WIDTH - full)
        print(f"\r\033[K{bar} {self.left()}  {what}", end="", file=sys.stderr, flush=True)
        self.done += 1

    def left(self) -> str:
        if not self.done:
            return ""
        seconds = (time.monotonic() - self.began) / self.done * (self.steps - self.done)
        return f"{seconds / 60:.0f} min left"

    def end(self) -> None:
        print("\r\033[K", end="", file=sys.stderr, flush=True)
