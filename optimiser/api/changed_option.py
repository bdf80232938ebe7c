"""Changes one number of an option by a file that extends it, so that a plan's copies show how it was made."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from numbers import Integral, Real
from typing import Any, TypeAlias

from optimiser.api.dataframes import Names
from optimiser.api.origin import Origin
from optimiser.api.own_folder import OwnFolder
from optimiser.constraints.families.steady import NAME as STEADY
from optimiser.constraints.policy import Entry, Policy
from optimiser.inputs.read.workbook_options import in_workbook
from optimiser.plan.record import option_below, relative_paths
from optimiser.studies.engine.bounds import numeric_keys, varied_entries
from optimiser.text.faults import Faults, Place, did_you_mean
from optimiser.text.temporary import temporary_files
from optimiser.text.textfile import free_name

Value: TypeAlias = float | Mapping[Any, Any]
"""A number, `{2026: a, 2030: b}` or `{"ramp": {2026: a, 2030: b}}`."""


@dataclass(frozen=True)
class Change:
    """Hold one key of an entry, and its new value or the factor or addition to it."""

    entry: str
    key: str | None
    to: Value | None = None
    times: Value | None = None
    plus: Value | None = None

    @property
    def given(self) -> tuple[str, Value]:
        """Return the one of `to`, `times` and `plus` that was given, and its value; TypeError unless exactly one."""
        given = {how: value for how in ("to", "times", "plus") if (value := getattr(self, how)) is not None}
        if len(given) != 1:
            raise TypeError(f"give exactly one of to, times and plus (given: {', '.join(given) or 'none'})")
        return next(iter(given.items()))

    @property
    def call(self) -> str:
        """Write the call that makes the change: `.changed('budgets training', times=1.1)`."""
        how, value = self.given
        key = "" if self.key is None else f", {self.key!r}"
        return f".changed({self.entry!r}{key}, {how}={_plain(value)!r})"


def changed(origin: Origin, policy: Policy, change: Change) -> Origin:
    """Return the origin of a model with one number changed. Raises FaultsFound for an entry or key the option lacks."""
    entry, key = _found(policy, change)
    with temporary_files():
        return _written(origin, policy, change, entry, key)


def _written(origin: Origin, policy: Policy, change: Change, entry: Entry, key: str) -> Origin:
    how, value = change.given
    kept = OwnFolder("option")
    top = kept.path / "constraints"
    below = relative_paths(policy.files)
    names = {}
    for path, name in below.items():
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, top / name)
        shown = origin.names.files.get(str(path))
        names[str(top / name)] = shown or next((str(one) for one in policy.files if one.resolve() == path), str(path))
    option = top / option_below(policy.path, below)
    book = in_workbook(option)
    beside = option if book is None else book.file
    target = free_name(beside.parent, f"{option.stem}-changed")
    extends = option.relative_to(beside.parent).as_posix()
    target.write_text(_text(policy, entry, key, how, value, extends), encoding="utf-8")
    names[str(target)] = change.call.removeprefix(".")
    return replace(
        origin, constraints=target, call=origin.call + change.call, names=origin.names.over(Names(names)),
        kept=(*origin.kept, kept), option=origin.option or origin.constraints,
    )  # fmt: skip


def _found(policy: Policy, change: Change) -> tuple[Entry, str]:
    """Return the entry, and its key or else its main number. Raises FaultsFound."""
    faults = Faults()
    by_name = {entry.name: entry for entry in varied_entries(policy)}
    entry = by_name.get(change.entry)
    place = Place("changed()")
    if entry is None:
        found = f'no entry called "{change.entry}"'
        faults.add("unknown-entry", place, found, "an entry of the option", did_you_mean(change.entry, by_name))
        faults.stop_if_any()
        raise AssertionError
    keys = numeric_keys(entry)
    key = change.key if change.key is not None else next(iter(keys), "")
    if key not in keys:
        found = f'no number called "{key}" in "{entry.name}"' if key else f'"{entry.name}", which holds no number'
        mend = did_you_mean(key, keys) if key else ""
        faults.add("unknown-entry", place, found, "a key of the entry that holds a number", mend)
        faults.stop_if_any()
    return entry, key


def _text(policy: Policy, entry: Entry, key: str, how: str, value: Value, extends: str) -> str:
    """Write the option file. JSON is YAML, and writes every number in full."""
    plain = _plain(value)
    new = plain if how == "to" else {how: plain}
    words = f"{policy.title}; {entry.name} {key} {'' if how == 'to' else how + ' '}{_words(plain)}"
    if entry.family == STEADY:
        body = f"{STEADY}: {json.dumps({key: new})}"
    else:
        body = f"{entry.family}:\n  - {json.dumps({'name': entry.name, key: new}, ensure_ascii=False)}"
    title, base = (json.dumps(text, ensure_ascii=False) for text in (words, extends))
    return f"title: {title}\nextends: {base}\n{body}\n"


def _plain(value: Any) -> Any:
    """Turn a value into Python's own types, because JSON does not take numpy's numbers."""
    if isinstance(value, Mapping):
        return {_plain(key): _plain(one) for key, one in value.items()}
    if isinstance(value, str):
        return value
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Real):
        return float(value)
    raise TypeError(f"a number, or numbers by year, is expected, and {value!r} is a {type(value).__name__}")


def _words(value: Any) -> str:
    if isinstance(value, Mapping):
        parts = [f"ramp {_words(one)}" if key == "ramp" else f"{_words(one)} from {key}" for key, one in value.items()]
        return ", ".join(parts)
    return f"{value:,.10g}" if not isinstance(value, str) else value
