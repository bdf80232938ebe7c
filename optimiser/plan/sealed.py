"""Files of ours that lie alone: each holds a hash of itself, so that a user's file, or one edited since, is known."""

from __future__ import annotations

import hashlib
import os
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from optimiser.errors import CannotWrite
from optimiser.plan.store import write_whole
from optimiser.plan.swap import real

_SEAL = re.compile(rb"made by the workforce optimiser: sha256 ([0-9a-f]{64})")
_IDENTIFIER = re.compile(rb"<dc:identifier>.*?</dc:identifier>", re.DOTALL)
_PROPERTIES = "docProps/core.xml"
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, LookupError, ValueError, RuntimeError, NotImplementedError, EOFError, struct.error,
)  # fmt: skip
"""What reading a package raises that is none, or no longer whole."""
_MORE = 200
"""Bytes in which the seal of a text is looked for, from its end."""


def refuse_others(path: Path) -> None:
    """Stop where something of that name is there that we did not write, or that was changed since. Raises CannotWrite.

    An empty file holds nothing that could be lost.
    """
    place = real(path)
    try:
        if not os.path.lexists(place) or (place.is_file() and (not place.stat().st_size or is_sealed(place))):
            return
    except OSError as error:
        raise CannotWrite(f"{path} cannot be written: {error.strerror}. Name another file.") from error
    what = "is a folder" if place.is_dir() else "is there already"
    raise CannotWrite(
        f"{path} {what}, and only a file that the optimiser wrote, unchanged since, is replaced. "
        "Name a new file, or move this one."
    )


def is_sealed(path: Path) -> bool:
    """True for a file of ours that is as it was written. Raises OSError."""
    content = path.read_bytes()
    if content.startswith(b"PK"):
        return _is_sealed_package(content)
    line = content.rfind(b"\n", max(0, len(content) - _MORE), len(content) - 1) + 1
    said = _SEAL.search(content, line)
    return said is not None and said[1] == _hash(content[:line])


def sealed_text(content: bytes, before: bytes, after: bytes) -> bytes:
    """A text with its hash in a last line, between the signs of a comment."""
    content = content if content.endswith(b"\n") else content + b"\n"
    return content + before + b" made by the workforce optimiser: sha256 " + _hash(content) + b" " + after + b"\n"


def sealed_package(content: bytes) -> bytes:
    """A workbook or document with the hash of all its other parts as the identifier among its properties."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as given, zipfile.ZipFile(made, "w") as package:
        said = b"<dc:identifier>made by the workforce optimiser: sha256 " + _parts_hash(given) + b"</dc:identifier>"
        for part in given.infolist():
            data = given.read(part)
            if part.filename == _PROPERTIES:
                data = _IDENTIFIER.sub(b"", data).replace(b"</cp:coreProperties>", said + b"</cp:coreProperties>")
            package.writestr(part, data)
    return made.getvalue()


def write_sealed(path: Path, write: Callable[[str], object], before: bytes, after: bytes) -> None:
    """Let `write` make a text file, and put it with its hash in its place, never over another's. Raises CannotWrite."""

    def made(fresh: str) -> None:
        write(fresh)
        content = Path(fresh).read_bytes()
        Path(fresh).write_bytes(sealed_text(content, before, after))

    refuse_others(path)
    write_whole(path, made)


def _is_sealed_package(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            said = _SEAL.search(package.read(_PROPERTIES))
            return said is not None and said[1] == _parts_hash(package)
    except _DAMAGE:
        return False


def _parts_hash(package: zipfile.ZipFile) -> bytes:
    digest = hashlib.sha256()
    for part in sorted(package.infolist(), key=lambda one: one.filename):
        if part.filename != _PROPERTIES:
            digest.update(f"{part.filename} {part.file_size}\n".encode())
            digest.update(package.read(part))
    return digest.hexdigest().encode()


def _hash(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()
