"""Finds the inputs and constraints that come with the optimiser, in a checkout and in an installed copy."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]

_CANCER = (
    "base", "cut-10", "cut-5", "do-minimum", "do-nothing", "expansion", "flat-cash", "flat-real", "meet-demand",
    "multi-year-settlement", "national-cancer-plan", "new-roles-first", "one-year-same-money", "one-year-settlement",
)  # fmt: skip
EXAMPLES = {
    "england": ("", _CANCER),
    "west-yorkshire-and-harrogate": ("west-yorkshire-and-harrogate", _CANCER),
    "williams": ("williams", ("least-cost", "least-redundancy")),
}
"""Each shipped example, a folder of `inputs/`: its folder below `constraints/` and its options there.

They are listed and not looked for, so that files of your own beside them are never taken for ours. `pyproject.toml`
lists the same for building, and a test compares both with what git tracks.
"""


def shipped_folder(name: str) -> Path:
    """Return the path of the shipped `inputs` or `constraints` folder.

    An installed copy carries both in the package's `examples` folder; in a checkout they are
    beside the package.

    Raises:
        FileNotFoundError: neither place has it, so the copy of the optimiser is incomplete.
    """
    places = (PACKAGE / "examples" / name, PACKAGE.parent / name)
    for place in places:
        if place.is_dir():
            return place
    raise FileNotFoundError(f"the shipped {name} are not at {places[0]} nor at {places[1]}: install it again")


def shipped_examples() -> tuple[str, ...]:
    """Return the names of the shipped examples, each a folder of inputs with constraints of its own."""
    return tuple(EXAMPLES)


def shipped_inputs(example: str) -> Path:
    """Return the inputs folder of a shipped example.

    Raises:
        KeyError: no example has that name.
    """
    if example not in shipped_examples():
        raise KeyError(example)
    return shipped_folder("inputs") / example


def shipped_constraints(example: str) -> tuple[Path, ...]:
    """Return the constraints files that go with a shipped example, sorted by name.

    They are in `constraints/<example>/`, or, for England, in `constraints/` itself.

    Raises:
        KeyError: no example has that name.
    """
    folder, options = EXAMPLES[example]
    return tuple(shipped_folder("constraints") / folder / f"{option}.yaml" for option in options)


def constraints_notes(example: str) -> tuple[Path, ...]:
    """Return the READMEs of a shipped example's constraints: that of all options, then its own where it has one.

    Raises:
        KeyError: no example has that name.
    """
    everything, (folder, _) = shipped_folder("constraints"), EXAMPLES[example]
    return tuple(dict.fromkeys((everything / "README.md", everything / folder / "README.md")))
