"""Records which runs a report was made from: ids, versions and hashes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from optimiser.plan.marker import RECORD

_RECORDS = (RECORD, "run.json")


@dataclass(frozen=True)
class Origin:
    """Describe one results folder: what made it, and from what."""

    name: str
    run_id: str
    command: str
    versions: str
    hashes: tuple[tuple[str, str], ...]
    """Each file and its SHA-256."""


def origins(folders: Sequence[Path], names: Mapping[Path, str]) -> tuple[Origin, ...]:
    """Return where each results folder comes from; one without a record is named by the hash of its tables."""
    return tuple(_origin(folder, names.get(folder, folder.name)) for folder in folders)


def _origin(folder: Path, name: str) -> Origin:
    record: dict[str, Any] = {}
    for file in _RECORDS:
        if (folder / file).is_file():
            record = json.loads((folder / file).read_text(encoding="utf-8"))
            break
    hashes = record.get("sha256") or {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.glob("*.csv"))
    }
    versions = record.get("versions", {})
    said = ", ".join(f"{package} {number}" for package, number in versions.items())
    return Origin(name, _run_id(record, hashes), str(record.get("command", "")), said, tuple(sorted(hashes.items())))


def _run_id(record: Mapping[str, Any], hashes: Mapping[str, str]) -> str:
    """Make an id of twelve characters that changes only with the evidence, option, scenarios and versions."""
    content = [
        sorted(hashes.items()),
        record.get("constraints", ""),
        record.get("scenarios", []),
        record.get("versions", {}),
    ]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:12]
