"""Where the inputs and constraints that come with the optimiser are, in a checkout and in an installed copy."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]

SETTINGS = "settings.yaml"
"""The file that makes a folder an inputs folder."""


def shipped_folder(name: str) -> Path:
    """The shipped `inputs` or `constraints` folder.

    An installed copy carries both in the package's `examples` folder; in a checkout they stand
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
    """The names of the shipped examples, sorted: each a folder of inputs with constraints of its own."""
    return tuple(sorted(settings.parent.name for settings in shipped_folder("inputs").glob(f"*/{SETTINGS}")))


def shipped_inputs(example: str) -> Path:
    """The inputs folder of a shipped example.

    Raises:
        KeyError: no example has that name.
    """
    if example not in shipped_examples():
        raise KeyError(example)
    return shipped_folder("inputs") / example


def shipped_constraints(example: str) -> tuple[Path, ...]:
    """The constraints files that go with a shipped example, sorted by name.

    They are the files of `constraints/<example>/`, or, for the example that has no folder of its own
    there (England), those that stand in `constraints/` itself.

    Raises:
        KeyError: no example has that name.
    """
    shipped_inputs(example)
    everything = shipped_folder("constraints")
    own = everything / example
    return tuple(sorted((own if own.is_dir() else everything).glob("*.yaml")))
