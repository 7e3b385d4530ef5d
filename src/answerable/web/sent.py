"""What a form sent, read from the body that the guard has let through; nothing is written to a disk."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from python_multipart import MultipartParser
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header
from starlette.exceptions import HTTPException
from starlette.requests import Request

from answerable.web.guard import BODY

__all__ = ["Upload", "fields", "upload"]

_MOST_FIELDS = 200


@dataclass(slots=True)
class Upload:
    """A file that was sent: the name that the browser gives it, which is never used as a path, and its bytes."""

    filename: str = ""
    data: bytes = b""


def fields(request: Request) -> dict[str, str]:
    """Give the fields of a form; of one that is sent twice, the last.

    Raises:
        HTTPException: The body is no form.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise HTTPException(415)
    try:
        text = request.scope[BODY].decode("ascii")
        pairs = parse_qsl(
            text,
            keep_blank_values=True,
            strict_parsing=bool(text),
            errors="strict",
            max_num_fields=_MOST_FIELDS,
        )
    except ValueError:
        raise HTTPException(400) from None
    return {name: value.replace("\r\n", "\n") for name, value in pairs}


@dataclass(slots=True)
class _Part:
    """One part of a form with a file, while it is read."""

    headers: dict[bytes, bytes] = field(default_factory=dict)
    header: bytes = b""
    value: bytes = b""
    data: bytearray = field(default_factory=bytearray)


class _Parts:
    """Takes what the parser finds."""

    def __init__(self) -> None:
        self.parts: list[_Part] = []

    def on_part_begin(self) -> None:
        if len(self.parts) >= _MOST_FIELDS:
            raise HTTPException(400)
        self.parts.append(_Part())

    def on_header_field(self, data: bytes, start: int, end: int) -> None:
        self.parts[-1].header += data[start:end]

    def on_header_value(self, data: bytes, start: int, end: int) -> None:
        self.parts[-1].value += data[start:end]

    def on_header_end(self) -> None:
        part = self.parts[-1]
        part.headers[part.header.lower()] = part.value
        part.header = part.value = b""

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        self.parts[-1].data += data[start:end]


def upload(request: Request, field_id: str) -> tuple[dict[str, str], Upload]:
    """Give the fields of a form that brings a file, and the file.

    Args:
        request: The request.
        field_id: The field that holds the file.

    Raises:
        HTTPException: The body is no such form, or there is no file in it.
    """
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    if kind != b"multipart/form-data" or b"boundary" not in options:
        raise HTTPException(415)
    found = _Parts()
    try:
        parser = MultipartParser(
            options[b"boundary"],
            {
                "on_part_begin": found.on_part_begin,
                "on_header_field": found.on_header_field,
                "on_header_value": found.on_header_value,
                "on_header_end": found.on_header_end,
                "on_part_data": found.on_part_data,
            },
        )
        parser.write(request.scope[BODY])
        parser.finalize()
    except (FormParserError, ValueError):
        raise HTTPException(400) from None
    given: dict[str, str] = {}
    file: Upload | None = None
    for part in found.parts:
        _, told = parse_options_header(part.headers.get(b"content-disposition", b""))
        label = told.get(b"name", b"").decode("utf-8", "replace")
        if b"filename" in told:
            if label == field_id:
                file = Upload(told[b"filename"].decode("utf-8", "replace"), bytes(part.data))
        else:
            given[label] = part.data.decode("utf-8", "replace")
    if file is None:
        raise HTTPException(400)
    return given, file
