"""The next part made while this one is used: reading a file and writing a database each leave the other time."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from typing import TypeVar

T = TypeVar("T")
_END = object()


def one_ahead(parts: Iterator[T], *, most: int = 1) -> Iterator[T]:
    """The items of `parts`, made in a thread of their own, at most `most` ahead; what it raises is raised here."""
    waiting: queue.Queue[object] = queue.Queue(maxsize=most)
    stopped = threading.Event()

    def put(item: object) -> bool:
        while not stopped.is_set():
            try:
                waiting.put(item, timeout=0.1)
            except queue.Full:
                continue
            return True
        return False

    def work() -> None:
        try:
            for part in parts:
                if not put(part):
                    return
            put(_END)
        except BaseException as error:  # raised again where the parts are used
            put(error)

    thread = threading.Thread(target=work, name="one ahead", daemon=True)
    thread.start()
    try:
        while True:
            item = waiting.get()
            if item is _END:
                return
            if isinstance(item, BaseException):
                raise item
            yield item  # type: ignore[misc]
    finally:
        stopped.set()
        thread.join()
