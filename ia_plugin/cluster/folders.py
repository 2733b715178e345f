"""Folders that a run reads and writes: on a disk, or wherever the cluster's Hadoop reaches (HDFS, S3A).

A run depends on two promises, and on nothing else of a file system: :meth:`write_new` fails where the file is there, and :meth:`move`
puts a whole file in its place at once or fails where something is there.
"""

from __future__ import annotations

import os
import shutil
import uuid
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Optional, Protocol

from ..core.errors import FileError
from ..core.imports.file_state import first_bytes
from ..core.write_file import write_file


@dataclass(frozen=True)
class FoundFile:
    """A file below a folder: its name from there, its size in bytes, and when it changed (ms since 1970)."""

    name: str
    size: int
    changed_ms: int


class Folder(Protocol):
    """What a run asks of a folder; names are relative to it, with slashes."""

    def path(self, name: str = "") -> str:
        """What Spark is given to read or write there."""
        ...

    def files(self, name: str = "") -> list[FoundFile]:
        """All files below, by name; those whose name or folder begins with a dot or an underscore are nobody's data."""
        ...

    def children(self, name: str) -> list[str]:
        """Names of the files and folders right below one; none where it is not there."""
        ...

    def read_text(self, name: str) -> Optional[str]:
        """What a file says; None where there is none."""
        ...

    def head(self, name: str, size: int) -> bytes:
        """The first bytes of a file; FileError where it cannot be opened."""
        ...

    def write_new(self, name: str, text: str) -> None:
        """Write a file that is not there yet; FileExistsError where it is."""
        ...

    def touch(self, name: str) -> None:
        """Say that a file is still being seen to."""
        ...

    def changed_ms(self, name: str) -> Optional[int]:
        """When a file was written or touched last (ms since 1970); None where there is none."""
        ...

    def move(self, name: str, to: str) -> None:
        """Give a file or a folder its name; FileExistsError where something has that name."""
        ...

    def remove(self, name: str) -> None:
        """Take a file or a folder away, where it is there."""
        ...

    def bring(self, name: str, to: Path) -> bool:
        """Copy a file to this machine; whether there was one."""
        ...

    def put(self, source: Path, name: str) -> None:
        """Copy a file of this machine there."""
        ...


def hidden(name: str) -> bool:
    """Whether a file is one that a program left for itself.

    >>> hidden("day=2024-06-03/_SUCCESS"), hidden("2024-06-03.parquet")
    (True, False)
    """
    return any(part.startswith((".", "_")) for part in name.split("/"))


class DiskFolder:
    """A folder of a disk that all machines see, or the only one there is."""

    def __init__(self, root: str) -> None:
        self._root = Path(root[len("file://") :] if root.startswith("file://") else root).absolute()

    def path(self, name: str = "") -> str:
        return f"file://{self._at(name).as_posix()}"

    def files(self, name: str = "") -> list[FoundFile]:
        found = []
        for path in sorted(self._at(name).rglob("*")):
            relative = path.relative_to(self._root).as_posix()
            if path.is_file() and not hidden(path.relative_to(self._at(name)).as_posix()):
                facts = path.stat()
                found.append(FoundFile(relative, facts.st_size, facts.st_mtime_ns // 1_000_000))
        return found

    def children(self, name: str) -> list[str]:
        return sorted(p.name for p in self._at(name).iterdir()) if self._at(name).is_dir() else []

    def read_text(self, name: str) -> Optional[str]:
        try:
            return self._at(name).read_text(encoding="utf-8")
        except FileNotFoundError:
            return None

    def head(self, name: str, size: int) -> bytes:
        return first_bytes(self._at(name), size)

    def write_new(self, name: str, text: str) -> None:
        path = self._at(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        whole = write_file(path.with_name(f"_{uuid.uuid4().hex[:12]}.tmp"), text)
        try:
            os.link(whole, path)  # unlike a rename this fails where the name is taken
        finally:
            whole.unlink()

    def touch(self, name: str) -> None:
        with suppress(FileNotFoundError):
            os.utime(self._at(name))

    def changed_ms(self, name: str) -> Optional[int]:
        with suppress(FileNotFoundError):
            return self._at(name).stat().st_mtime_ns // 1_000_000
        return None

    def move(self, name: str, to: str) -> None:
        target = self._at(to)
        target.parent.mkdir(parents=True, exist_ok=True)
        if self._at(name).is_dir():
            if target.exists():
                raise FileExistsError(to)
            os.rename(self._at(name), target)
            return
        os.link(self._at(name), target)  # unlike a rename this fails where the name is taken
        self._at(name).unlink()

    def remove(self, name: str) -> None:
        path = self._at(name)
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)

    def bring(self, name: str, to: Path) -> bool:
        if not self._at(name).is_file():
            return False
        shutil.copyfile(self._at(name), to)
        return True

    def put(self, source: Path, name: str) -> None:
        path = self._at(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, path)

    def _at(self, name: str) -> Path:
        return self._root / name if name else self._root


class HadoopFolder:
    """A folder that the cluster's Hadoop reaches, through the driver's Java."""

    def __init__(self, root: str, session: Any) -> None:
        self._root, self._jvm = root.rstrip("/"), session._jvm
        configuration = session._jsc.hadoopConfiguration()
        self._files = self._at("").getFileSystem(configuration)
        self._prefix = str(self._files.makeQualified(self._at("")).toString())

    def path(self, name: str = "") -> str:
        return f"{self._root}/{name}" if name else self._root

    def files(self, name: str = "") -> list[FoundFile]:
        if not self._files.exists(self._at(name)):
            return []
        found, iterator = [], self._files.listFiles(self._at(name), True)
        while iterator.hasNext():
            status = iterator.next()
            relative = str(status.getPath().toString())[len(self._prefix) :].lstrip("/")
            if not hidden(relative[len(name) :].lstrip("/")):
                found.append(FoundFile(relative, int(status.getLen()), int(status.getModificationTime())))
        return sorted(found, key=lambda f: f.name)

    def children(self, name: str) -> list[str]:
        if not self._files.exists(self._at(name)):
            return []
        return sorted(str(s.getPath().getName()) for s in self._files.listStatus(self._at(name)))

    def read_text(self, name: str) -> Optional[str]:
        if not self._files.exists(self._at(name)):
            return None
        stream = self._files.open(self._at(name))
        try:
            return bytes(self._jvm.org.apache.commons.io.IOUtils.toByteArray(stream)).decode()
        finally:
            stream.close()

    def head(self, name: str, size: int) -> bytes:
        try:
            length = min(size, int(self._files.getFileStatus(self._at(name)).getLen()))
            stream = self._files.open(self._at(name))
            try:
                return bytes(self._jvm.org.apache.commons.io.IOUtils.toByteArray(stream, length))
            finally:
                stream.close()
        except Exception as error:
            raise FileError(f"{self.path(name)!r} cannot be opened.", "Look whether it is there, and at the rights.") from error  # fmt: skip

    def write_new(self, name: str, text: str) -> None:
        if self._files.exists(self._at(name)):
            raise FileExistsError(name)
        try:
            stream = self._files.create(self._at(name), False)
        except Exception as error:  # Java's own FileAlreadyExistsException comes as py4j's
            if self._files.exists(self._at(name)):
                raise FileExistsError(name) from None
            raise FileError(f"{self.path(name)!r} cannot be written.", "Look at the room and the rights there.") from error  # fmt: skip
        try:
            stream.write(bytearray(text.encode()))
        finally:
            stream.close()

    def touch(self, name: str) -> None:
        with suppress(Exception):  # an object store keeps no times that can be set
            self._files.setTimes(self._at(name), int(self._jvm.java.lang.System.currentTimeMillis()), -1)

    def changed_ms(self, name: str) -> Optional[int]:
        if not self._files.exists(self._at(name)):
            return None
        return int(self._files.getFileStatus(self._at(name)).getModificationTime())

    def move(self, name: str, to: str) -> None:
        if self._files.exists(self._at(to)):
            raise FileExistsError(to)
        self._files.mkdirs(self._at(to).getParent())
        if not self._files.rename(self._at(name), self._at(to)):
            raise FileExistsError(to)

    def remove(self, name: str) -> None:
        self._files.delete(self._at(name), True)

    def bring(self, name: str, to: Path) -> bool:
        if not self._files.exists(self._at(name)):
            return False
        self._files.copyToLocalFile(False, self._at(name), self._here(to), True)
        return True

    def put(self, source: Path, name: str) -> None:
        self._files.copyFromLocalFile(False, True, self._here(source), self._at(name))

    def _here(self, path: Path) -> Any:
        """A file of this machine: as it is spelt, for Hadoop decodes no %20."""
        return self._jvm.org.apache.hadoop.fs.Path(f"file:///{path.absolute().as_posix().lstrip('/')}")

    def _at(self, name: str) -> Any:
        return self._jvm.org.apache.hadoop.fs.Path(self.path(name))


def folder_of(path: str, session: Any = None) -> Folder:
    """The folder of a path or an address; Hadoop's where it is no plain path and a session is there."""
    return HadoopFolder(path, session) if session is not None and "://" in path else DiskFolder(path)
