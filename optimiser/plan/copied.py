"""A results folder written again in another place."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from optimiser.errors import CannotWrite
from optimiser.plan.destination import Study, refuse_inputs, seen_from
from optimiser.plan.marker import owned
from optimiser.plan.record import as_json
from optimiser.plan.store import refuse_foreign
from optimiser.plan.swap import beside, real, swap_in


def copy_results(source: Path, out: Path) -> None:
    """Copy record, tables and copies of a results folder, and nothing else that lies there. Raises CannotWrite."""
    place, ours = real(out), owned(real(source))
    if place == real(source):
        return
    if ours is None:
        raise CannotWrite(f"{source} is no longer a results folder. Solve again.")
    refuse_inputs(out, Study(source, (source,)))
    refuse_foreign(out)
    fresh = beside(place, "new")
    try:
        fresh.mkdir(parents=True)
        for name in ours.hashes:
            if (source / name).is_file():
                (fresh / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source / name, fresh / name)
        content = json.loads((source / ours.record).read_text(encoding="utf-8"))
        made = content.get("made_from")
        if isinstance(made, dict):
            whence = real(source)
            study = Study(whence / made["inputs"], tuple(whence / option for option in made["options"]))
            content["made_from"] = study.recorded(out)
        near = content.get("near_starts")
        if isinstance(near, dict) and isinstance(near.get("file"), str):
            content["near_starts"] = {**near, "file": seen_from(place, real(source) / near["file"])}
        (fresh / ours.record).write_text(as_json(content), encoding="utf-8", newline="")
        swap_in(fresh, place, out)
    except OSError as error:
        reason = error.strerror or str(error)
        raise CannotWrite(f"{out} could not be written: {reason}. Name another folder.") from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
