"""Whatever stands in the files, a command ends with one of its exit codes and a sentence, never a traceback."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from optimiser.cli import main
from tests.support.books import book_bytes
from tests.support.examples import examples
from tests.support.tiny import FULL, write_inputs

OPTION = (Path(__file__).parents[1] / "constraints" / "every_key.yaml").read_text(encoding="utf-8")
PIECES = st.sampled_from(
    ["", "0", "-1", "1e400", "[x]", "#REF!", "=1+1", "!!python/object/apply:os.system [id]", "&a", "*a", '"', "{", "]",
     ": ", "\n", "\t", "\x00", "ü", "north", "2026", "1,2OO", "99999999999999999999", ",", ";"]
) | st.text(max_size=5)  # fmt: skip


def spoilt(content: bytes, data: st.DataObject) -> bytes:
    """A few bytes somewhere replaced by a piece that has made trouble before."""
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, min(len(content), start + 12)))
    return content[:start] + data.draw(PIECES).encode("utf-8", "surrogatepass") + content[end:]


def ends_as_it_should(inputs: Path, option: Path) -> None:
    done = CliRunner().invoke(main, ["check", str(inputs), str(option), "--json"])
    assert done.exit_code in (0, 1), done.output
    content = json.loads(done.stdout)
    assert content["sound"] == (done.exit_code == 0) == (not content["faults"])
    assert "Traceback" not in done.output
    assert "unexpected error" not in done.output


@examples(20)
@given(st.data())
def test_a_spoilt_file_is_a_fault_or_is_sound(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """Proves: CSV, YAML and workbooks alike; tags and formulas are never executed (there would be no fault)."""
    work = tmp_path_factory.mktemp("spoilt")
    folder, option, book = write_inputs(work / "inputs", FULL), work / "option.yaml", work / "inputs.xlsx"
    option.write_text("budgets: [{budget: training, limit: 9e6}]\n", encoding="utf-8")
    book.write_bytes(book_bytes())
    path = data.draw(st.sampled_from([*sorted(folder.iterdir()), option, book]))
    path.write_bytes(spoilt(path.read_bytes(), data))
    ends_as_it_should(book if path == book else folder, option)


@examples(15)
@given(st.data())
def test_a_spoilt_option_with_every_key(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    work = tmp_path_factory.mktemp("spoilt")
    folder, option = write_inputs(work / "inputs", FULL), work / "option.yaml"
    option.write_bytes(spoilt(OPTION.encode(), data))
    ends_as_it_should(folder, option)
