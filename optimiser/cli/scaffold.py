"""Lays out a place to work in: a shipped example, or blank templates, with constraints and their schema."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from optimiser.constraints import schema
from optimiser.constraints.document import read_tree
from optimiser.constraints.option_cells import yaml_text
from optimiser.constraints.option_workbook import write_option
from optimiser.constraints.study_workbook import beside_in_yaml, options_with_bases, sheets_of
from optimiser.inputs import shipped
from optimiser.inputs.read.workbook_options import in_workbook
from optimiser.inputs.write.convert import Converted, folder_to_workbook, workbook_to_folder
from optimiser.inputs.write.templates import blank_folder, blank_workbook
from optimiser.plan import in_place
from optimiser.plan.store import CannotWrite
from optimiser.plan.swap import real
from optimiser.text import yamltext
from optimiser.text.faults import Faults
from optimiser.text.sheets import is_workbook
from optimiser.text.yamltext import Scalar, Sequence

OPTION_BOOK = "my-option.xlsx"
"""The workbook for an option of one's own, beside the inputs in a workbook."""

OPTION = f"""# yaml-language-server: $schema={schema.FILE}
title: My option
# Each entry below is one limit; take away the # and change what is wrong. Every key: docs/constraints/keys.md.
# budgets:
#   - {{budget: training, limit: {{2026: 10e6, 2028: 11e6}}, set_by: who decided, reference: where it is written}}
# training_capacity:
#   - {{route: my_route, places: 40}}
"""


def lay_out(target: Path, example: str | None, workbook: bool) -> list[Path]:
    """Copy an example, or blank templates where `example` is None, below a folder; returns the files, inputs first.

    Inputs come to `inputs/<example>` (or `.xlsx`), constraints to `constraints/`, as they are shipped. Nothing that
    is there is overwritten: raises CannotWrite, and nothing was written.
    """
    with _built(target) as fresh:
        (fresh / "inputs").mkdir()
        (fresh / "constraints").mkdir()
        if example is None:
            _blank(fresh, workbook)
        else:
            _example(fresh, example, workbook)
        (fresh / "constraints" / schema.FILE).write_text(schema.schema_text(), encoding="utf-8", newline="")
        if workbook:
            write_option(fresh / "constraints" / OPTION_BOOK, _own_option(fresh / "constraints", example))
    return _inputs_first(target, example, workbook)


def _own_option(constraints: Path, example: str | None) -> yamltext.Mapping:
    """Make an option to fill in: it extends the example's first one that is more than a base."""
    items = [("title", 0, Scalar("My option", 0))]
    if example is not None:
        options = [path for path in shipped.shipped_constraints(example) if path.stem != "base"]
        extends = _below(options[0]).as_posix()
        if (constraints / extends).is_file():
            items.append(("extends", 0, Scalar(extends, 0)))
    return yamltext.Mapping(tuple(items), 0)


def _inputs_first(target: Path, example: str | None, workbook: bool) -> list[Path]:
    """Return the files that a user names next: the inputs, then the constraints files."""
    name = example or ("inputs.xlsx" if workbook else "")
    inputs = target / "inputs" / (f"{example}.xlsx" if example and workbook else name)
    options = (
        [target / "constraints" / "option.yaml"]
        if example is None
        else [target / "constraints" / _below(path) for path in shipped.shipped_constraints(example)]
    )
    return [inputs, *options, *([target / "constraints" / OPTION_BOOK] if workbook else [])]


def _blank(fresh: Path, workbook: bool) -> None:
    if workbook:
        blank_workbook(fresh / "inputs" / "inputs.xlsx")
    else:
        blank_folder(fresh / "inputs")
    (fresh / "constraints" / "option.yaml").write_text(OPTION, encoding="utf-8", newline="")


def _example(fresh: Path, example: str, workbook: bool) -> None:
    source = shipped.shipped_inputs(example)
    if workbook:
        folder_to_workbook(source, fresh / "inputs" / f"{example}.xlsx", Faults())
    else:
        wanted = [path for path in sorted(source.iterdir()) if path.suffix in (".csv", ".yaml", ".md")]
        (fresh / "inputs" / example).mkdir()
        for path in wanted:
            shutil.copyfile(path, fresh / "inputs" / example / path.name)
    for path in (*shipped.constraints_notes(example), *shipped.shipped_constraints(example)):
        copy = fresh / "constraints" / _below(path)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)


def _below(path: Path) -> Path:
    """Return the path of a shipped constraints file below the constraints folder."""
    return path.relative_to(shipped.shipped_folder("constraints"))


def convert(source: Path, target: Path, faults: Faults) -> Converted:
    """Make a workbook from a folder, or a folder from a workbook; `target` must be new (or an empty folder).

    Raises FaultsFound where the source cannot be read or held whole, and CannotWrite.
    """
    change: Callable[[Path, Path, Faults], Converted]
    change = workbook_to_folder if is_workbook(source) else folder_to_workbook
    if os.path.lexists(target) and not (target.is_dir() and is_workbook(source) and not any(target.iterdir())):
        raise CannotWrite(f"{target} is there already, and nothing is overwritten. Name a new one.")
    with _built(target if is_workbook(source) else target.parent) as fresh:
        return change(source, fresh if is_workbook(source) else fresh / target.name, faults)


def write_new(target: Path, files: Mapping[str, str]) -> None:
    """Write the text of each file into a new folder. Raises CannotWrite where there is something already."""
    if target.exists() and not (target.is_dir() and not any(target.iterdir())):
        raise CannotWrite(f"{target} is there already, and nothing is overwritten. Name a new one.")
    with _built(target) as fresh:
        for name, text in files.items():
            (fresh / name).parent.mkdir(parents=True, exist_ok=True)
            (fresh / name).write_text(text, encoding="utf-8", newline="")


def convert_option(source: Path, target: Path, faults: Faults) -> int:
    """Make a workbook from an option in YAML, or YAML from an option in a workbook; returns its number of entries.

    Nothing is overwritten. Raises FaultsFound where the option has faults of form, and CannotWrite.
    """
    if target.exists():
        raise CannotWrite(f"{target} is there already, and nothing is overwritten. Name a new one.")
    tree = read_tree(source, faults)
    if not is_workbook(target) and in_workbook(source) is not None:
        tree = beside_in_yaml(tree)
    with _built(target.parent) as fresh:
        if is_workbook(target):
            write_option(fresh / target.name, tree)
        else:
            (fresh / target.name).write_text(yaml_text(tree), encoding="utf-8", newline="")
    return sum(len(node.items) for _, _, node in tree.items if isinstance(node, Sequence))


def convert_study(inputs: Path, options: tuple[Path, ...], target: Path, faults: Faults) -> tuple[str, ...]:
    """Make one workbook of an inputs folder and options, with all that they extend; returns the names of its options.

    Nothing is overwritten. Raises FaultsFound where a file has faults of form, and CannotWrite.
    """
    if target.exists():
        raise CannotWrite(f"{target} is there already, and nothing is overwritten. Name a new one.")
    trees = options_with_bases(options, faults)
    with _built(target.parent) as fresh:
        folder_to_workbook(inputs, fresh / target.name, faults, lambda content: sheets_of(trees, content))
    return tuple(trees)


@contextmanager
def _built(target: Path) -> Iterator[Path]:
    """Give a fresh folder whose files are moved below `target` at the end, if none of them is there already."""
    fresh = None
    try:
        place = real(target)
        parent = next(folder for folder in (place, *place.parents) if folder.exists())
        fresh = Path(tempfile.mkdtemp(prefix=".optimiser-", dir=parent))
        yield fresh
        files = sorted(path.relative_to(fresh) for path in fresh.rglob("*") if path.is_file())
        there = [name for name in files if os.path.lexists(target / name)]
        if there:
            more = f" and {len(there) - 1} more files are" if len(there) > 1 else " is"
            raise CannotWrite(
                f"{target / there[0]}{more} there already, and nothing is overwritten. Name a new folder."
            )
        for name in files:
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            (fresh / name).rename(target / name)
            in_place.put(target / name if len(files) == 1 else target)
    except OSError as error:
        reason = error.strerror or str(error)
        raise CannotWrite(f"{target} could not be written: {reason}. Name another place.") from error
    finally:
        if fresh is not None:
            shutil.rmtree(fresh, ignore_errors=True)
