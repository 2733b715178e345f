"""Work away from the user interface: one function in a QGIS task, its result handed back on the main thread."""

from __future__ import annotations

from typing import Any, Callable, Optional

from qgis.core import QgsApplication, QgsTask

from ..core.errors import Cancelled, ImpactAreaError
from .translated import translated


class Work(QgsTask):  # type: ignore[misc]
    """Runs ``job(tell)`` on a worker thread; then ``done(result)`` or ``failed(sentence)`` on the main one.

    `tell` takes the share done and raises when the user has cancelled. A bug is no sentence of ours: its traceback goes
    with it.
    """

    def __init__(
        self, title: str, job: Callable[[Any], Any], done: Callable[[Any], None], failed: Callable[[str, str], None]
    ) -> None:
        super().__init__(title, QgsTask.Flag.CanCancel)
        self._job, self._done, self._failed = job, done, failed
        self._result: Any = None
        self._error: Optional[tuple[str, str]] = None
        self.dropped = False

    def run(self) -> bool:
        try:
            self._result = self._job(self._tell)
        except Cancelled:
            return False
        except ImpactAreaError as error:
            self._error = (translated(error.sentence), "")
            return False
        except Exception as error:
            import traceback

            self._error = (f"{type(error).__name__}: {error}", traceback.format_exc())
            return False
        return True

    def finished(self, result: bool) -> None:
        if self.dropped:
            return
        if result:
            self._done(self._result)
        else:  # without an error somebody ended it in QGIS's own list of tasks
            self._failed(*(self._error or (self.tr("Stopped before the end: ask again to have it."), "")))

    def drop(self) -> None:
        """Nobody waits for the result any more."""
        self.dropped = True
        self._done, self._failed = (lambda _result: None), (lambda _sentence, _more: None)
        if self.status() in (QgsTask.TaskStatus.Queued, QgsTask.TaskStatus.OnHold, QgsTask.TaskStatus.Running):
            self.cancel()

    def _tell(self, share: float) -> None:
        if self.isCanceled():
            raise Cancelled
        self.setProgress(100 * min(max(share, 0.0), 1.0))


class Worker:
    """Work by name: what is begun under a name again replaces what still ran under it."""

    def __init__(self, failed: Callable[[str, str], None]) -> None:
        self._failed = failed
        self._running: dict[str, Work] = {}

    def begin(
        self,
        name: str,
        title: str,
        job: Callable[[Any], Any],
        done: Callable[[Any], None],
        failed: Optional[Callable[[str, str], None]] = None,
    ) -> Work:
        """Start a job; the one of that name before is stopped, and its result thrown away. `failed` hears of it in the worker's place."""
        self.drop(name)

        def ended(result: Any) -> None:
            self._running.pop(name, None)
            done(result)

        def went_wrong(sentence: str, more: str) -> None:
            self._running.pop(name, None)
            (failed or self._failed)(sentence, more)

        work = Work(title, job, ended, went_wrong)
        self._running[name] = work
        QgsApplication.taskManager().addTask(work)
        return work

    def drop(self, name: str) -> None:
        work = self._running.pop(name, None)
        if work is not None:
            work.drop()

    def drop_all(self) -> None:
        for name in list(self._running):
            self.drop(name)

    @property
    def busy(self) -> bool:
        return bool(self._running)
