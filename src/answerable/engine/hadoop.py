"""Files on any path that Hadoop reads: listed, and read as streams, by the Spark that runs in this process.

Nothing is copied to a disk: bytes come from Spark's own process through a named pipe.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Any, cast

from answerable.errors import InputError, UsageError

if TYPE_CHECKING:
    from _typeshed import (
        WriteableBuffer,  # what io asks readinto to take; there is no such module at run time
    )
    from pyspark.sql import SparkSession

__all__ = ["RemoteFile", "check_url", "is_url", "list_files"]

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/")
_PASSWORD = re.compile(r"[^/]*//[^/@]*:[^/@]*@")
_CHUNK = 1 << 20


def is_url(path: object) -> bool:
    """Say whether what was given is a URL rather than a path of this machine."""
    return isinstance(path, str) and _SCHEME.match(path) is not None


def check_url(url: str) -> None:
    """Refuse a URL that holds a password: it would be printed.

    Raises:
        UsageError: It does.
    """
    if _PASSWORD.match(url):
        raise UsageError(
            "a URL holds a password",
            expected="a URL without one",
            do="Put credentials where Spark looks for them (spark-defaults.conf in SPARK_CONF_DIR).",
        )


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """One file on a path that Hadoop reads.

    Attributes:
        url: Where it is.
        name: Its name, with the folder that was named before it.
        size: Its size in bytes.
        session: The Spark that reads it.
    """

    url: str
    name: str
    size: int
    session: SparkSession

    def stream(self) -> IO[bytes]:
        """Read it from its start to its end.

        Raises:
            InputError: It cannot be opened.
        """
        with _as_input(self.url):
            jvm, path, system = _on(self.session, self.url)
            source = system.open(path)
        return io.BufferedReader(cast("io.RawIOBase", _Piped(jvm, source)), _CHUNK)

    def seekable(self) -> IO[bytes]:
        """Read it from any place: for a file whose index stands at its end.

        Raises:
            InputError: It cannot be opened.
        """
        with _as_input(self.url):
            _, path, system = _on(self.session, self.url)
            return io.BufferedReader(cast("io.RawIOBase", _Seekable(system.open(path), self.size)), _CHUNK)


def list_files(session: SparkSession, url: str) -> list[RemoteFile]:
    """List the files of a URL, which may name a file, a folder or a pattern, in the order of their names.

    What begins with a dot or an underscore is passed over, as Hadoop does.

    Raises:
        UsageError: The URL holds a password.
        InputError: There is nothing, or it cannot be listed.
    """
    check_url(url)
    found: list[RemoteFile] = []
    with _as_input(url):
        _, path, system = _on(session, url)
        for status in system.globStatus(path) or ():
            here = status.getPath()
            if status.isFile():
                found.append(
                    RemoteFile(str(here.toString()), str(here.getName()), int(status.getLen()), session)
                )
                continue
            above = str(here.toString()).rstrip("/")
            inside = system.listFiles(here, True)
            while inside.hasNext():
                each = inside.next()
                whole = str(each.getPath().toString())
                within = whole.removeprefix(above + "/")
                if not any(part.startswith((".", "_")) for part in PurePosixPath(within).parts):
                    name = f"{here.getName()}/{within}"
                    found.append(RemoteFile(whole, name, int(each.getLen()), session))
    if not found:
        raise InputError("there is no such file or folder", where=url, do="Check the name.")
    return sorted(found, key=lambda one: one.url)


def _on(session: SparkSession, url: str) -> tuple[Any, Any, Any]:
    """Give Java, a path in it, and the file system that the path is on."""
    jvm: Any = session._jvm  # noqa: SLF001 - Hadoop's file systems are Java's: the public interface does not reach them
    settings = session._jsparkSession.sessionState().newHadoopConf()  # noqa: SLF001 - as above
    path = jvm.org.apache.hadoop.fs.Path(url)
    return jvm, path, path.getFileSystem(settings)


@contextmanager
def _as_input(url: str) -> Iterator[None]:
    """Turn what Hadoop raises into one error by its kind: its own words may hold credentials.

    Raises:
        InputError: Hadoop raised something.
    """
    from py4j.protocol import Py4JError, Py4JJavaError  # noqa: PLC0415 - an extra, imported where it is asked for

    try:
        yield
    except Py4JJavaError as error:
        kind = str(error.java_exception.getClass().getSimpleName())
        missing = kind in ("UnsupportedFileSystemException", "ClassNotFoundException") or (
            kind == "RuntimeException" and "ClassNotFoundException" in str(error)
        )
        raise InputError(
            f"Hadoop cannot read this ({kind})",
            where=url,
            do="Add the package of this file system to Spark (spark.jars.packages in spark-defaults.conf)."
            if missing
            else "Check the address, and the credentials in Spark's configuration.",
        ) from None
    except Py4JError as error:
        raise InputError(
            f"Hadoop cannot read this ({type(error).__name__})", where=url, do="Check the address."
        ) from None


class _Piped(io.RawIOBase):
    """The bytes of a stream in Spark's process, as they come through a pipe.

    The copying ends with the stream, or when this is closed before.
    """

    def __init__(self, jvm: Any, source: Any) -> None:  # noqa: ANN401 - Java's objects
        self._folder = Path(tempfile.mkdtemp(prefix="answerable-"))
        self._pipe = self._folder / "pipe"
        os.mkfifo(self._pipe, 0o600)
        self._fault = ""
        self._closing = False
        self._copying = threading.Thread(target=self._copy, args=(jvm, source), daemon=True)
        self._copying.start()
        self._stream = self._pipe.open("rb", buffering=0)

    def _copy(self, jvm: Any, source: Any) -> None:  # noqa: ANN401 - Java's objects
        try:
            sink = jvm.java.io.FileOutputStream(str(self._pipe))
            jvm.org.apache.hadoop.io.IOUtils.copyBytes(source, sink, _CHUNK, True)
        except Exception as error:  # noqa: BLE001 - whatever it is, the reader is told
            self._fault = type(error).__name__
            with suppress(OSError):  # nobody may have opened the other end: then a reader waits for it
                os.close(os.open(self._pipe, os.O_WRONLY | os.O_NONBLOCK))

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        count = self._stream.readinto(buffer)
        if not count:
            self._copying.join()
            if self._fault and not self._closing:
                raise OSError(f"the stream broke off ({self._fault})")
        return count or 0

    def close(self) -> None:
        if not self.closed:
            self._closing = True
            self._stream.close()
            self._copying.join()
            shutil.rmtree(self._folder, ignore_errors=True)
        super().close()


class _Seekable(io.RawIOBase):
    """A stream in Spark's process that is read by place."""

    def __init__(self, source: Any, size: int) -> None:  # noqa: ANN401 - Java's objects
        self._source, self._size = source, size

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return int(self._source.getPos())

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self.tell(), io.SEEK_END: self._size}[whence]
        self._source.seek(min(max(base + offset, 0), self._size))
        return self.tell()

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        data = bytes(self._source.readNBytes(min(len(view), _CHUNK)))
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._source.close()
        super().close()
