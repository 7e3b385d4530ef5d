"""Files that a browser sends: written into the case's own folder as they come, and gone once somebody has decided on them.

A request is read piece by piece and never held in the memory. Of the name that a browser gives a file only letters that any
disk takes are used, and no path; everything stands in one new folder that its owner alone can read. A request that is too
large, too slow, cut off or not a form leaves nothing behind.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import shutil
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from python_multipart import MultipartParser
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request

from answerable import wording
from answerable.case import INCOMING
from answerable.intake.inspect import FileView

__all__ = ["FIELD", "Arrivals", "Batch"]

FIELD = "files"
"""The field of the form that holds the files."""

_MOST = 64 * 1024**3  # bytes of one request: a file of two hundred million searches
_MOST_FILES = 50
_LONGEST_NAME = 120  # bytes: what is put behind it still fits into a name of any disk
_SPARE = 1 << 30  # bytes of the disk that stay free: a full disk stops everybody's work
_PIECE = 1 << 20  # bytes that are written at once
_PATIENCE = 60.0  # seconds until the next piece
_MOST_FIELD = 1_000  # bytes of a field that is no file
_FORBIDDEN = frozenset('/\\:*?"<>|')


@dataclass(frozen=True, slots=True)
class Batch:
    """Files that were sent together and wait for a decision.

    Attributes:
        folder: Where they lie.
        paths: The files, in the order in which they came.
        views: What each is; None until it was looked at.
    """

    folder: Path
    paths: tuple[Path, ...]
    views: tuple[FileView, ...] | None = None


class _Refused(Exception):  # noqa: N818 - a request is refused; nothing is wrong here
    def __init__(self, status: int, what: str) -> None:
        super().__init__(what)
        self.status, self.what = status, what


class Arrivals:
    """What was sent to one case. One batch at a time.

    Args:
        case: The case's folder.
    """

    def __init__(self, case: Path) -> None:
        self._folder = case / INCOMING
        self._lock = threading.Lock()
        self._taking = False
        self.batch: Batch | None = None

    async def take(self, request: Request) -> tuple[int, str] | None:
        """Write the files of a request to the disk; they are the batch that waits then.

        Returns:
            The status and the words with which the request is refused, or None.
        """
        with self._lock:
            if self._taking:
                return 409, "Somebody else is sending files to this case now."
            if self.batch:
                return 409, "Files that were sent before still wait for a decision."
            self._taking = True
        folder = self._folder / secrets.token_hex(8)
        taken: tuple[Path, ...] = ()
        try:
            taken = await _Taking(folder).run(request)
            with self._lock:
                self.batch = Batch(folder, taken)
        except _Refused as refused:
            return refused.status, refused.what
        except ClientDisconnect:
            return 400, "The connection was cut."
        except OSError as error:
            return 507, f"The files cannot be written ({error.strerror})."
        finally:
            with self._lock:
                self._taking = False
            if not taken:
                shutil.rmtree(folder, ignore_errors=True)
        return None

    def seen(self, batch: Batch, views: tuple[FileView, ...]) -> None:
        """Keep what a batch was found to be."""
        with self._lock:
            if self.batch is batch:
                self.batch = Batch(batch.folder, batch.paths, views)

    def leave(self) -> None:
        """Remove the batch that waits, if any."""
        with self._lock:
            batch, self.batch = self.batch, None
        if batch:
            shutil.rmtree(batch.folder, ignore_errors=True)

    def sweep(self) -> None:
        """Remove everything that was ever sent and not decided on: a server that was killed may have left some."""
        with self._lock:
            self.batch = None
        shutil.rmtree(self._folder, ignore_errors=True)


class _Taking:
    """Takes one request apart while it comes in."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._paths: list[Path] = []
        self._file: BinaryIO | None = None
        self._header: list[bytes] = [b"", b""]
        self._disposition = b""
        self._other = 0
        self._size = 0

    async def run(self, request: Request) -> tuple[Path, ...]:
        kind, options = parse_options_header(request.headers.get("content-type", ""))
        if kind != b"multipart/form-data" or b"boundary" not in options:
            raise _Refused(415, "This form takes files.")
        await run_in_threadpool(self._begin, request.headers.get("content-length", "0"))
        parser = self._parser(options[b"boundary"])
        try:
            piece = bytearray()
            stream = request.stream()
            while True:
                async with asyncio.timeout(_PATIENCE):
                    part = await anext(stream, None)
                if part is None:
                    break
                piece += part
                if len(piece) >= _PIECE:
                    await run_in_threadpool(parser.write, bytes(piece))
                    piece.clear()
            await run_in_threadpool(parser.write, bytes(piece))
            parser.finalize()
        except TimeoutError:
            raise _Refused(408, "What was sent took too long to arrive.") from None
        except (FormParserError, ValueError):
            raise _Refused(400, "The request cannot be read.") from None
        finally:
            cut_off = self._file is not None
            self._end()
        if cut_off or not self._paths:
            raise _Refused(400, "The files did not come whole. Choose them again, and send them.")
        return tuple(self._paths)

    def _begin(self, told: str) -> None:
        size = int(told) if told.isdecimal() and len(told) < len(str(_MOST)) + 1 else _MOST + 1
        self._folder.parent.mkdir(mode=0o700, exist_ok=True)
        self._folder.mkdir(mode=0o700)
        self._left = min(_MOST, shutil.disk_usage(self._folder).free - _SPARE)
        if size > self._left:
            raise _Refused(413, f"What was sent is too large: this disk has room for {_sized(self._left)}.")

    def _parser(self, boundary: bytes) -> MultipartParser:
        return MultipartParser(
            boundary,
            {
                "on_part_begin": self._part,
                "on_header_field": lambda data, start, end: self._of_header(0, data[start:end]),
                "on_header_value": lambda data, start, end: self._of_header(1, data[start:end]),
                "on_header_end": self._header_end,
                "on_headers_finished": self._headers_end,
                "on_part_data": self._data,
                "on_part_end": self._end,
            },
        )

    def _part(self) -> None:
        self._disposition = b""
        self._header = [b"", b""]

    def _of_header(self, which: int, data: bytes) -> None:
        self._header[which] += data

    def _header_end(self) -> None:
        if self._header[0].lower() == b"content-disposition":
            self._disposition = self._header[1]
        self._header = [b"", b""]

    def _headers_end(self) -> None:
        _, told = parse_options_header(self._disposition)
        if told.get(b"name") != FIELD.encode() or b"filename" not in told:
            return
        title = told[b"filename"].decode("utf-8", "replace")
        if not title:
            return  # a browser sends one empty part where no file was chosen
        if len(self._paths) >= _MOST_FILES:
            raise _Refused(
                413, f"More than {_MOST_FILES} files were sent at once: send a zip, or some of them first."
            )
        path = self._folder / _plain(title)
        if path in self._paths:
            raise _Refused(422, f"Two files are called {path.name}: rename one.")
        self._paths.append(path)
        self._file = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._file is None:
            self._other += end - start
            if self._other > _MOST_FIELD:
                raise _Refused(413, "A field of the form is too large.")
            return
        self._size += end - start
        if self._size > self._left:
            raise _Refused(413, f"What was sent is too large: this disk has room for {_sized(self._left)}.")
        self._file.write(data[start:end])

    def _end(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


def _plain(title: str) -> str:
    """Give the name that a file gets here: the last part of what a browser says, where it is a name that any disk takes."""
    last = title.replace("\\", "/").rpartition("/")[2].strip()
    if (
        not last
        or last.startswith(".")
        or not last.isprintable()
        or len(last.encode()) > _LONGEST_NAME
        or _FORBIDDEN & set(last)
    ):
        raise _Refused(
            422,
            f"A file's name cannot be used here: it has to have 1 to {_LONGEST_NAME} printable letters, begin with no dot and "
            f"hold none of {' '.join(sorted(_FORBIDDEN))}. Rename the file.",
        )
    return last


def _sized(number: int) -> str:
    return f"{wording.count(max(0, number) >> 20)} MB"
