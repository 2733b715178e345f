"""The bytes of a file, unpacked where it is gzip or a zip archive of one file; what cannot be unpacked is said in words."""

from __future__ import annotations

import gzip
import io
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile, ZipInfo

try:
    from lzma import LZMAError
except ImportError:  # a Python built without it reads no such archive
    LZMAError = EOFError  # type: ignore[misc,assignment]

from ..errors import FileError
from .file_state import first_bytes, shown_name, unopened

ZIP, EMPTY_ZIP, GZIP = b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b"
MOST_TIMES, ALWAYS = 250, 256 << 20  # text packs to a tenth or a thirtieth; what unpacks to more is made to fill a disk
MOST_UNPACKED = 1 << 30  # bytes of all parts of a spreadsheet, which is held in memory

BROKEN = (
    EOFError,
    zlib.error,
    gzip.BadGzipFile,
    BadZipFile,
    LZMAError,
    NotImplementedError,
    RuntimeError,
    struct.error,
)


@contextmanager
def readable(name: str) -> Iterator[None]:
    """Raise :class:`FileError` where the bytes of file `name` cannot be read or unpacked."""
    try:
        yield
    except BROKEN:
        raise FileError(
            f"{name!r} cannot be read to its end: it is damaged, or was not copied whole.", "Copy or export it again."
        ) from None
    except OSError as error:
        raise FileError(
            f"{name!r} cannot be read to its end ({error.strerror or 'the disk does not answer'}).",
            "Copy or export it again.",
        ) from None


class FileBytes(io.RawIOBase):
    """A file whose bytes are counted, and put into a digest as they are read where one is given."""

    def __init__(self, path: Path, digest: Any = None) -> None:
        try:
            self._file = path.open("rb")
        except OSError as error:
            raise unopened(path, error) from None
        self._digest, self.count = digest, 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self.count += len(data)
        if self._digest is not None:
            self._digest.update(data)
        return data

    def drain(self) -> None:
        while self.read(1 << 20):
            pass

    def close(self) -> None:
        self._file.close()
        super().close()


class Unpacked:
    """A file's bytes as a stream, unpacked; what the unpacker left goes into the digest all the same.

    Attributes
    ----------
    packed : whether the file is gzip or zip

    Raises
    ------
    FileError
        for a file that cannot be opened, and a zip archive of no file or of several; while reading, for one that is damaged
        or unpacks to far more than a table would.
    """

    def __init__(self, path: Path, digest: Any = None) -> None:
        self.name = shown_name(path)
        start = first_bytes(path, 4)
        self._raw = FileBytes(path, digest)
        self._stream: Any = self._raw
        self._archive, self._whole, self._given = None, 0, 0
        self.packed = start[:2] == GZIP or start in (ZIP, EMPTY_ZIP)
        try:
            if start[:2] == GZIP:
                self._stream = gzip.GzipFile(fileobj=self._raw)
            elif self.packed:
                self._archive, member = _only_member(path, self.name)
                with readable(self.name):
                    self._stream, self._whole = self._archive.open(member), max(1, member.compress_size)
        except BaseException:
            self.close()
            raise

    def read(self, size: int) -> bytes:
        with readable(self.name):
            data: bytes = self._stream.read(size)
            if not data:
                self._raw.drain()
        self._given += len(data)
        if self.packed and self._given > max(ALWAYS, MOST_TIMES * (self._whole or self._raw.count)):
            raise FileError(
                f"{self.name!r} unpacks to more than {MOST_TIMES} times its size: no table does.",
                "Unpack it and look at it, or export it again.",
            )
        return data

    def close(self) -> None:
        if self._archive is not None:
            if self._stream is not self._raw:
                self._stream.close()
            self._archive.close()
        self._raw.close()

    def __enter__(self) -> Unpacked:
        return self

    def __exit__(self, *error: Any) -> None:
        self.close()


def whole_bytes(path: Path) -> bytes:
    """All bytes of a file, unpacked."""
    parts = []
    with Unpacked(path) as stream:
        while part := stream.read(1 << 20):
            parts.append(part)
            if len(parts) << 20 > MOST_UNPACKED:
                raise too_large(stream.name)
    return b"".join(parts)


def _only_member(path: Path, name: str) -> tuple[ZipFile, ZipInfo]:
    """The one file of an archive."""
    try:
        archive = ZipFile(path)
    except (*BROKEN, ValueError, OSError):
        raise FileError(
            f"{name!r} is no text file: it begins as a zip archive or a spreadsheet does, and cannot be opened as one.",
            "Copy or export it again.",
        ) from None
    members = [m for m in archive.infolist() if not m.is_dir() and not m.filename.startswith("__MACOSX/")]
    try:
        if any(m.filename == "[Content_Types].xml" or m.filename.startswith("xl/") for m in members):
            raise FileError(f"{name!r} is no text file but a spreadsheet.", "Give it the ending .xlsx.")
        if any(m.filename == "content.xml" for m in members):
            raise FileError(f"{name!r} is no text file but a spreadsheet.", "Give it the ending .ods.")
        if len(members) != 1:
            count = f"{len(members):,} files" if members else "no file"
            raise FileError(
                f"{name!r} is a zip archive of {count}.", "Unpack it, and give the files that it should hold."
            )
        if members[0].flag_bits & 1:
            raise FileError(f"{name!r} is a zip archive with a password.", "Unpack it first.")
    except BaseException:
        archive.close()
        raise
    return archive, members[0]


def check_unpacked_size(book: ZipFile, name: str) -> None:
    """Refuse a spreadsheet whose parts would fill the memory.

    Raises
    ------
    FileError
    """
    if sum(part.file_size for part in book.infolist()) > MOST_UNPACKED:
        raise too_large(name)


def too_large(name: str) -> FileError:
    return FileError(
        f"{name!r} unpacks to more than {MOST_UNPACKED >> 30} GB, which must be held in memory at once.",
        "Export it as CSV, or in parts.",
    )
