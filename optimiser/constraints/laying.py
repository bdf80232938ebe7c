"""Lays a file's keys over inherited ones: those given replace or change them, `none` takes away, the rest stay."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from optimiser.constraints.keys import Key
from optimiser.constraints.relative import NONE, Relative
from optimiser.text.by_year import ByYear
from optimiser.text.faults import Faults, Place


@dataclass(frozen=True)
class Keys:
    """Hold the values of some keys and the place of each; a key with a place and no value is faulty."""

    values: Mapping[str, Any]
    places: Mapping[str, Place]


@dataclass(frozen=True)
class Laying:
    """Lay one file's keys over inherited ones, and record the faults where that is impossible."""

    faults: Faults
    complete: bool
    """False where a file could not be read, so that what is not inherited may only be unknown."""
    mend: str = ""
    """What to do where nothing is inherited."""

    def over(self, inherited: Keys, own: Keys, declared: Iterable[Key]) -> tuple[Keys, bool]:
        """Return the keys in force, and whether all could be found: what is given replaces or changes them.

        `none` takes a key away; a relative value is worked out and must lie where the key allows. Either without an
        inherited value is a fault.
        """
        keys = {key.name: key for key in declared}
        values, sound = dict(inherited.values), True
        for name, value in own.values.items():
            there = name in inherited.places or name in inherited.values
            if not there and (value is NONE or isinstance(value, Relative)):
                sound = False
                if self.complete:
                    said = value.how if isinstance(value, Relative) else value
                    mend = self.mend or ("Remove it." if value is NONE else "Write the number itself.")
                    found = f"{name}: {said}, where no {name} is inherited"
                    self.faults.add("nothing-inherited", own.places[name], found, f"an inherited {name}", mend)
            elif value is NONE:
                values.pop(name, None)
            elif isinstance(value, Relative):
                sound &= name in values and self._reckoned(values, keys[name], value, own.places[name])
            else:
                values[name] = value
        gone = {name for name, value in own.values.items() if value is NONE}
        kept = {path: place for path, place in inherited.places.items() if path.split(" ")[0] not in own.places}
        mine = {path: place for path, place in own.places.items() if path not in gone}
        return Keys(values, kept | mine), sound

    def _reckoned(self, values: dict[str, Any], key: Key, value: Relative, place: Place) -> bool:
        """Put the result of a relative value in the inherited one's place; False where the key allows none."""
        inherited = values[key.name]
        new = value.of(inherited) if isinstance(inherited, ByYear) else value.number(inherited)
        numbers = new.values if isinstance(new, ByYear) else (new,)
        outside = [number for number in numbers if not key.allows(number)]
        if outside:
            found = f"{key.name} {value.words()}, which makes {outside[0]:,.10g}"
            self.faults.add("out-of-range", place, found, key.bounds, "Change it by less.")
        values[key.name] = new
        return not outside
