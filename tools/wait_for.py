"""Waits until an address answers, or until the process that should serve it has died: wait_for.py URL PID."""

import os
import sys
import time
import urllib.error
import urllib.request

SECONDS = 60


def main(url: str, pid: int) -> int:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return 1
        try:
            with urllib.request.urlopen(url, timeout=10):  # noqa: S310  our own server
                return 0
        except urllib.error.HTTPError:
            return 0
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.2)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
