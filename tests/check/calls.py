"""What the tests of `check` share: sound inputs with sources, an option, and what is found in them."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from optimiser.check.check import Checked, check
from optimiser.cli import main
from tests.support.tiny import TINY, write_inputs

SOURCED = {
    "roles": "role,title,leaver_rate,source\nnurse,Nurse,0.1,published: census\n",
    "staff_in_post": "role,fte,source\nnurse,10,derived: from the census\n",
    "routes": "route,title,kind,to_role,years,source\nrecruit,R,recruitment,nurse,0,assumed: at once\n",
    "tasks": "task,title,unit,source\nvisit,Visit,visits,published: a list\n",
    "demand": "task,year,volume,source\nvisit,2026,100,Recalled: by the team\n",
    "productivity": "role,task,units_per_fte,source\nnurse,visit,10,published: a study\n",
    "costs": "item,line,per,amount,budget,source\nrecruit,recruitment,start,1000,workforce,assumed: x\n",
}
"""TINY with a source on every row."""


def option(folder: Path, text: str, name: str = "option.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def checked(tmp_path: Path, text: str = "title: Test\n", **tables: str) -> Checked:
    """TINY with sources, some tables replaced, checked with one option."""
    folder = write_inputs(tmp_path / "inputs", {**TINY, **SOURCED}, **tables)
    return check(folder, [option(tmp_path, text)])


def said(found: Checked) -> list[str]:
    return [f"{Path(one.place.file).name}: {one.severity}: {one.sentence()}" for one in found.faults.found]


def run(*words: object) -> Result:
    return CliRunner().invoke(main, ["check", *(str(word) for word in words)], catch_exceptions=False)
