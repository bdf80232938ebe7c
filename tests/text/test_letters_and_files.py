"""What only looks like a file or like plain text: links, pipes and folders, control characters, look-alikes, depth."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from time import perf_counter

import pytest

from optimiser.inputs.assemble import read_evidence
from optimiser.text.faults import Faults, FaultsFound, Place, did_you_mean
from optimiser.text.yamltext import parse_yaml
from tests.support.tiny import TINY, write_inputs


def said(folder: Path) -> list[str]:
    """The errors of an inputs folder, as `file: [code] sentence`."""
    faults = Faults()
    with contextlib.suppress(FaultsFound):
        read_evidence(folder, (), faults)
    return [f"{Path(one.place.file).name}: [{one.code}] {one.sentence()}" for one in faults.errors]


def make(kind: str, path: Path) -> None:
    """Put something that is no file at a path."""
    if kind == "a folder":
        path.mkdir()
    elif kind == "a link that leads nowhere":
        path.symlink_to(path.parent / "gone.csv")
    elif kind == "a link that leads back to itself":
        path.symlink_to(path)
    else:
        os.mkfifo(path)


@pytest.mark.parametrize("table", ["leavers", "scenarios"])
@pytest.mark.parametrize(
    "kind", ["a folder", "a link that leads nowhere", "a link that leads back to itself", "a pipe or a device"]
)
def test_what_is_no_file_is_not_taken_for_absent(kind: str, table: str, tmp_path: Path) -> None:
    """Proves: an optional table that cannot be read stops the run. Sensitivity: it would be solved without it."""
    folder = write_inputs(tmp_path / "inputs", TINY)
    make(kind, folder / f"{table}.csv")
    (fault,) = said(folder)
    assert fault.startswith(f"{table}.csv: [cannot-read] Found {kind}, expected a file.")


def test_a_folder_that_is_no_table_is_passed_over(tmp_path: Path) -> None:
    folder = write_inputs(tmp_path / "inputs", TINY)
    (folder / "old.csv").mkdir()
    assert said(folder) == []


def test_the_two_arguments_exchanged(tmp_path: Path) -> None:
    option = tmp_path / "option.yaml"
    option.write_text("title: Test\n", encoding="utf-8")
    (fault,) = said(option)
    assert "The inputs come first, then the constraints: exchange the two." in fault
    write_inputs(tmp_path / "west-yorkshire-and-harrogate", TINY)
    (fault,) = said(tmp_path / "west-yorkshire")
    assert "west-yorkshire-and-harrogate" in fault


@pytest.mark.parametrize("code", ["=cmd|'/C calc'!A1", "+nurse", "-nurse", "@nurse"])
def test_codes_that_a_spreadsheet_would_calculate_are_refused(code: str, tmp_path: Path) -> None:
    folder = write_inputs(
        tmp_path / "inputs",
        TINY,
        roles=f"role,title,leaver_rate\n{code},Nurse,0.1\n",
        staff_in_post=f"role,fte\n{code},10\n",
        routes=f"route,title,kind,to_role,years\nrecruit,R,recruitment,{code},0\n",
        productivity=f"role,task,units_per_fte\n{code},visit,10\n",
    )
    found = said(folder)
    assert len(found) == 4
    assert all("[formula-like]" in fault for fault in found)


def test_titles_may_begin_as_they_like(tmp_path: Path) -> None:
    folder = write_inputs(tmp_path / "inputs", TINY, roles="role,title,leaver_rate\nnurse,+1 Nurse,0.1\n")
    assert said(folder) == []


@pytest.mark.parametrize("sign", ["\x0b", "\x07", "\x1b", "\x7f"])
def test_control_characters_are_refused(sign: str, tmp_path: Path) -> None:
    folder = write_inputs(tmp_path / "inputs", TINY, roles=f"role,title,leaver_rate\nnurse,Nur{sign}se,0.1\n")
    assert said(folder) == [
        (
            f"roles.csv: [control-character] line 2, column title: found the control character U+{ord(sign):04X} in "
            "the text, expected some text. Remove it: no report could show it."
        )
    ]


def test_half_a_character_in_a_table_is_a_fault_of_its_cell(tmp_path: Path) -> None:
    """Proves: a lone surrogate, as some programs write it, is no text of an older encoding."""
    folder = write_inputs(tmp_path / "inputs", TINY, roles="role,title,leaver_rate\nnurse,NurXse,0.1\n")
    file = folder / "roles.csv"
    file.write_bytes(file.read_bytes().replace(b"X", "\ud800".encode("utf-8", "surrogatepass")))
    assert ["[control-character] line 2, column title" in line for line in said(folder)] == [True]


@pytest.mark.parametrize("escape", ["\\x0b", "\\ud800", "\\e"])
def test_control_characters_of_yaml_are_refused(escape: str) -> None:
    faults = Faults()
    parse_yaml(f'title: "Nur{escape}se"\n', faults, Place("option.yaml"))
    assert [fault.code for fault in faults.errors] == ["control-character"]
    assert faults.errors[0].place.line == 1


def test_words_that_look_the_same_are_told_apart() -> None:
    assert did_you_mean("radi\u200bologist", ["radiologist"]) == (
        'Did you mean "radiologist"? It has U+200B ZERO WIDTH SPACE, which looks like nothing or like another letter.'
    )
    assert "U+043E CYRILLIC SMALL LETTER O" in did_you_mean("radi\u043elogist", ["radiologist"])
    assert did_you_mean("radiologst", ["radiologist"]) == 'Did you mean "radiologist"?'


@pytest.mark.parametrize(
    "text",
    ["priorities: " + "[" * 2_000_000, "- " * 300_000, "a: " + "{b: " * 200_000, "[" * 60 + "]" * 60],
    ids=["open brackets", "dashes", "mappings", "closed brackets"],
)
def test_depth_is_refused_while_it_is_read(text: str) -> None:
    """Proves: two megabytes of brackets answer at once. Sensitivity: read whole, they took over four minutes."""
    faults = Faults()
    began = perf_counter()
    assert parse_yaml(text, faults, Place("option.yaml")) is None
    assert perf_counter() - began < 2
    assert [fault.code for fault in faults.errors] == ["too-deep"]


def test_the_words_of_a_name_in_another_order() -> None:
    assert did_you_mean("training budget", ["budgets training", "hold degree"]) == 'Did you mean "budgets training"?'
