"""Solves many models in Python: options side by side, numbers varied, what money buys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from optimiser.api.model import Model, model_of
from optimiser.api.origin import AnyPath
from optimiser.api.plan import Plan
from optimiser.api.tables import amount, study_table
from optimiser.errors import CannotWrite, NoPlan
from optimiser.plan.destination import Study as Destination
from optimiser.plan.destination import choose
from optimiser.plan.frame import Frame
from optimiser.studies.engine.case import Opened
from optimiser.studies.engine.points import Point, Result, result_from
from optimiser.studies.engine.results_folder import points_frame, tables_frame, write_run
from optimiser.studies.engine.runner import Runner

if TYPE_CHECKING:
    from pandas import DataFrame

_SHOWN = 8
"""Points that a study names when it introduces itself."""


class Study:
    """Hold many solves: `points` (one row for each), `tables` (every figure of each), and the study's own tables.

    The others go by their name: `study.frontier`, or `study["frontier"]`. A point without a plan is a row with its
    status and reason, not an exception.
    """

    def __init__(
        self, call: str, models: Sequence[Model], results: Sequence[Result], own: Sequence[Frame] = ()
    ) -> None:
        self._call, self._models, self._results, self._own = call, tuple(models), tuple(results), tuple(own)
        frames = [points_frame(self._results), tables_frame(self._results), *own]
        self._frames = {frame.name: frame for frame in frames}

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the study's tables."""
        return tuple(self._frames)

    @property
    def points(self) -> DataFrame:
        """List option, scenario, point, status, reason, totals, and the value of each priority."""
        return self["points"]

    @property
    def tables(self) -> DataFrame:
        """List point, table, keys, year, value: every figure of every plan."""
        return self["tables"]

    def __getitem__(self, name: str) -> DataFrame:
        if name not in self._frames:
            raise KeyError(f'no table called "{name}"; there are {", ".join(self._frames)}')
        return study_table(self._frames[name])

    def __getattr__(self, name: str) -> DataFrame:
        if name.startswith("_") or name not in self._frames:
            raise AttributeError(f"a study has no {name}; its tables are {', '.join(self.__dict__.get('_frames', ()))}")
        return self[name]

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self._frames})

    def write(self, folder: AnyPath) -> Path:
        """Write the results folder, as the command does with --out. Raises CannotWrite."""
        out = Path(folder)
        opened = [model.opened for model in self._models]
        for model in self._models:
            model.refuse_changed_files()
        _refuse_two_of_a_name(opened)
        first = self._models[0].origin.study
        options = tuple(dict.fromkeys(option for model in self._models for option in model.origin.study.options))
        choose(out, Destination(first.inputs, options))
        write_run(out, self._call, opened, self._results, self._own)
        return out

    def __repr__(self) -> str:
        solved = sum(one.solved for one in self._results)
        lines = [f"Study: {len(self._results)} points, {len(self._results) - solved} without a plan; {self._call}"]
        for one in self._results[:_SHOWN]:
            values = ", ".join(f"{name} {amount(value)}" for name, value in one.values.items())
            lines.append(f"  {one.point}: {values or one.reason}")
        if len(self._results) > _SHOWN:
            lines.append(f"  … and {len(self._results) - _SHOWN} more")
        return "\n".join([*lines, f"tables: {', '.join(self._frames)}"])

    def _repr_html_(self) -> str:
        return str(self.points.to_html(index=False, max_rows=20))


def _refuse_two_of_a_name(opened: Sequence[Opened]) -> None:
    """Refuse models of different evidence: a results folder keeps one copy of each input file. Raises CannotWrite."""
    seen: dict[str, bytes] = {}
    for one in opened:
        for path in one.programme.evidence.files:
            content = path.read_bytes()
            if seen.setdefault(path.name, content) != content:
                raise CannotWrite(
                    f"the models were read from different inputs (two files {path.name}): a results folder keeps one "
                    "copy of each. Write each plan with its own write, or save points and tables with to_csv."
                )


def compare(*plans_or_models: Plan | Model) -> Study:
    """Set options side by side, each against the first (business as usual).

    Plans that were solved here are taken as they are; models, and plans that were read again, are solved. Its own
    tables: `constraints` (how options differ), `first_years` (where commissions first differ), `cost_effectiveness`.
    Raises FaultsFound.
    """
    from optimiser.studies.compare import constraints_frame, first_years

    if not plans_or_models:
        raise TypeError("compare takes at least one plan or model")
    models = [one if isinstance(one, Model) else model_of(one) for one in plans_or_models]
    names = _names(models)
    results = []
    for one, model, name in zip(plans_or_models, models, names, strict=True):
        model.refuse_changed_files()
        point = Point(model.opened.case, name, name, model.scenarios)
        made = one.made if isinstance(one, Plan) else None
        if made is not None:
            results.append(result_from(point, made.programme, made.outcome))
        else:
            results += Runner({model.opened.case: model.opened}, jobs=1).run([point])
    rows = [
        (name, this.scenario, *found)
        for name, this in zip(names[1:], results[1:], strict=True)
        for found in first_years(results[0], this)
    ]
    columns = ("option", "scenario", "route", "year", "first", "this")
    first = Frame("first_years", {column: [row[at] for row in rows] for at, column in enumerate(columns)})
    frames = [constraints_frame([model.opened for model in models], names), first, _worth(results)]
    return Study(f"optimiser.compare({', '.join(model.call for model in models)})", models, results, frames)


def _worth(results: Sequence[Result]) -> Frame:
    """Return the cost per FTE-year of all that have the first one's scenarios and a plan."""
    from optimiser.plan.cost_effectiveness import Sums, cost_effectiveness, frame

    base = results[0]
    sums = [
        Sums(one.point, one.totals.cost_discounted, one.totals.unmet_fte_years_discounted)
        for one in results
        if one.totals is not None and one.scenario == base.scenario
    ]
    return frame([(base.scenario, cost_effectiveness(sums) if base.totals is not None else ())])


def _names(models: Sequence[Model]) -> list[str]:
    """Name each model by its file, with its scenarios or a number where two would be alike."""
    stems = [model.origin.constraints.stem for model in models]
    if len(set(stems)) < len(stems):
        stems = [" ".join([stem, "+".join(model.scenarios)]).strip() for stem, model in zip(stems, models, strict=True)]
    names: list[str] = []
    for stem in stems:
        name, number = stem, 2
        while name in names:
            name, number = f"{stem} {number}", number + 1
        names.append(name)
    return names


def sweep(model: Model, vary: Mapping[str, Sequence[float | str]]) -> Study:
    """Solve a model for many values of its entries' numbers, in every combination.

    `vary`: an entry's name (its main number), or name and key, to the values: numbers, or texts as --vary takes them,
    "80%" for a share of what it is, "+5e6" for an addition. Raises FaultsFound, and ValueError for a negative number.
    """
    from optimiser.studies.sweep import sweep_points

    model.refuse_changed_files()
    varied = [f"{entry}={','.join(_amounts(entry, values))}" for entry, values in vary.items()]
    points = sweep_points(model.opened, varied, None, as_list=False)
    results = Runner({model.opened.case: model.opened}).run(points)
    return Study(f"optimiser.sweep({model.call}, {dict(vary)!r})", [model], results)


def _amounts(entry: str, values: Sequence[float | str]) -> list[str]:
    given: Sequence[float | str] = [values] if isinstance(values, (str, int, float)) else list(values)
    for value in given:
        if not isinstance(value, str) and value < 0:
            raise ValueError(f"{entry}: {value} is below 0. To take away from what it is, write the text '{value}'")
    return [value if isinstance(value, str) else repr(float(value)) for value in given]


def frontier(model: Model, budget: str, tolerance: float = 0.001) -> Study:
    """Trace what a model can do for every size of one budget, every year in proportion.

    `tolerance`: the largest relative error of the curve. Its own table `frontier`: budget (£ a year), the first
    priority between a low and a high value, and the slope there. Raises FaultsFound, NoPlan where no amount of money
    gives a plan, and Undecided.
    """
    from optimiser.studies.frontier import trace

    model.refuse_changed_files()
    found = trace(model.opened, budget, tolerance)
    if not found.spots:
        raise NoPlan(f"No amount of {budget} gives a plan. diagnose() says what else is in the way.", model.diagnose)
    frame = found.frame(model.programme.objectives[0].name)
    call = f"optimiser.frontier({model.call}, {budget!r}, tolerance={tolerance!r})"
    return Study(call, [model], found.results, [frame])
