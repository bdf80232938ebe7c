"""What the tests of `diagnose` share: small tables, the command, and a repair as the file it is shown as."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from click.testing import CliRunner

from optimiser.cli import main
from tests.support.engine import write_inputs

ROUTES = "route,title,kind,from_role,to_role,years,completion,fill_rate,non_completers"
RECRUIT = f"{ROUTES}\nrecruit,Recruit,recruitment,,nurse,0,1,0.8,"
TRAIN = f"{ROUTES}\ntrain,Train,training,,nurse,2,1,1,"
PAST = "route,year,starts\nrecruit,2025,4"
COSTS = "item,line,per,amount,budget\nrecruit,fees,start,1000,training\nvisit,agency,outsourced-unit,50,agency"
BUSY = "task,year,volume\nvisit,2026,150"


def diagnosed(inputs: Path, option: Path) -> dict[str, Any]:
    done = CliRunner().invoke(main, ["diagnose", str(inputs), str(option), "--json"], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def written(tmp_path: Path, inputs: Mapping[str, Any], option: Mapping[str, Any]) -> tuple[Path, Path]:
    folder, path = write_inputs(tmp_path / "inputs", inputs), tmp_path / "option.yaml"
    path.write_text(yaml.safe_dump({"title": "Test", **option}, sort_keys=False), encoding="utf-8")
    return folder, path


def names_of(repair: Mapping[str, Any]) -> set[str]:
    """The entries a repair changes or drops."""
    return {change["entry"] for change in repair["changes"]} | set(repair["drop"])


def beside(path: Path, repair: Mapping[str, Any]) -> Path:
    """The repair as the file that is shown, beside the option it extends."""
    new = path.with_name("again.yaml")
    new.write_text(yaml.safe_dump(repair["option"], sort_keys=False), encoding="utf-8")
    return new


def repairs_of(said: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The repair of everything, and those of single entries."""
    return [said["repair"], *(entry["alone"] for entry in said["entries"] if entry["alone"])]
