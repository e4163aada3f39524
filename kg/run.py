"""A command within limits: what cannot be interrupted from inside is watched by a thread that can end the process.

The SPARQL engine hears neither a signal nor an exception while it works, but it lets other threads run. So a watcher
waits beside it: for the deadline, for memory, and for Ctrl-C, which arrives through a descriptor because the main
thread is not there to see it. It says what happened and ends the process with the documented status.
"""

from __future__ import annotations

import os
import select
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from kg.errors import LimitError

INTERRUPTED = 130
SECONDS = 60.0  # how long a query may take where nobody says otherwise
_STEP = 0.05  # how often memory is looked at: a runaway result was seen to grow by 300 MB a second


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a command may take and how much memory it may hold; None for no limit."""

    seconds: float | None = None
    megabytes: float | None = None


@contextmanager
def limited(limits: Limits) -> Iterator[None]:
    """Run a block within limits; the process ends with status 6 where one is reached, 130 on Ctrl-C."""
    near, far = socket.socketpair()
    far.settimeout(0)
    finished = threading.Event()
    before = _wakeup(far.fileno())
    threading.Thread(target=_watch, args=(near, finished, limits), daemon=True).start()
    try:
        yield
    finally:
        finished.set()
        _wakeup(before)
        far.close()


def _wakeup(descriptor: int) -> int:
    """Let signals be written to a descriptor; only the main thread may ask for that."""
    if threading.current_thread() is not threading.main_thread():
        return -1
    return signal.set_wakeup_fd(descriptor, warn_on_full_buffer=False)


def _watch(near: socket.socket, finished: threading.Event, limits: Limits) -> None:
    start = time.monotonic()
    with near:
        while not finished.is_set():
            ready, _, _ = select.select([near], [], [], _STEP)
            if ready:
                heard = near.recv(16)
                if not heard or finished.is_set():
                    return
                if signal.SIGINT in heard:
                    _end("interrupted", INTERRUPTED)
            reason = _exceeded(limits, time.monotonic() - start)
            if reason and not finished.is_set():
                _end(reason, LimitError.exit_status)


def _exceeded(limits: Limits, seconds: float) -> str:
    if limits.seconds is not None and seconds > limits.seconds:
        return f"the limit of {limits.seconds:g} seconds was reached: ask for less, or raise it with --timeout"
    if limits.megabytes is not None and memory() > limits.megabytes:
        return f"the limit of {limits.megabytes:g} MB was reached: ask for less, or raise it with --max-memory"
    return ""


def memory() -> float:
    """Return the memory that this process holds in MB, 0 where the system does not tell."""
    try:
        with open("/proc/self/statm", encoding="ascii") as found:
            return int(found.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    except (OSError, ValueError):
        return _peak()


def _peak() -> float:
    """Return the most that this process ever held: what systems without /proc tell."""
    try:
        import resource
    except ImportError:  # Windows has no such module
        return 0.0
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / 1e6 if sys.platform == "darwin" else used / 1e3


def _end(reason: str, status: int) -> None:
    os.write(2, f"kg: {reason}\n".encode())
    os._exit(status)  # the engine would not let the interpreter shut down
