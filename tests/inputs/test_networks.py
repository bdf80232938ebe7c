"""What is refused of networks."""

from __future__ import annotations

from pathlib import Path

import pytest

from optimiser.inputs.assemble import read_evidence
from optimiser.text.faults import FaultsFound
from tests.support.tiny import TINY, write_inputs

TABLES = {
    "areas": "area,title\nnorth,North\nsouth,South",
    "staff_in_post": "area,role,fte\nnorth,nurse,10\nsouth,nurse,4",
    "demand": "area,task,year,volume\nnorth,visit,2026,60\nsouth,visit,2026,90",
}
HEAD = "network,task,area\n"


def faults(tmp_path: Path, **tables: str) -> list[str]:
    with pytest.raises(FaultsFound) as found:
        read_evidence(write_inputs(tmp_path / "inputs", TINY, **{**TABLES, **tables}))
    return [f"{one.code}: {one.sentence()}" for one in found.value.faults]


def test_an_area_shares_a_task_in_one_network(tmp_path: Path) -> None:
    rows = "a,visit,north\na,visit,south\nb,visit,south\nb,visit,north"
    south, north = faults(tmp_path, networks=HEAD + rows)
    assert south == (
        "two-networks: line 4, column network: found b, though task visit in area south is in a, expected one network. "
        "Remove one of the two rows."
    )
    assert north.startswith("two-networks: line 5, column network: found b, though task visit in area north is in a")


def test_an_area_alone_is_no_network(tmp_path: Path) -> None:
    assert faults(tmp_path, networks=HEAD + "a,visit,north") == [
        (
            "network-of-one: line 2: found task visit in area north alone in network a, expected two areas or more. "
            "Add the areas that share visit with it, or remove the row."
        )
    ]


def test_a_member_has_some_volume(tmp_path: Path) -> None:
    """Proves: an area without the task, and one whose volume is 0 in every modelled year, are both refused."""
    rows = HEAD + "a,visit,north\na,visit,south"
    (one,) = faults(tmp_path, networks=rows, demand="area,task,year,volume\nnorth,visit,2026,60")
    assert one.startswith("no-demand: line 3: found a share in the work of task visit in area south")
    nothing = "area,task,year,volume\nnorth,visit,2026,60\nsouth,visit,2020,50\nsouth,visit,2025,0"
    (one,) = faults(tmp_path, networks=rows, demand=nothing)
    assert one.startswith("no-volume: line 3, column area: found area south, whose volume of visit is 0 in every year")


def test_a_volume_that_comes_later_is_some(tmp_path: Path) -> None:
    later = "area,task,year,volume\nnorth,visit,2026,60\nsouth,visit,2026,0\nsouth,visit,2028,5"
    rows = HEAD + "a,visit,north\na,visit,south"
    evidence = read_evidence(write_inputs(tmp_path / "inputs", TINY, **{**TABLES, "demand": later}, networks=rows))
    assert evidence.networks == (("a", "visit"),)
