"""Solves points on a dask.distributed cluster; the files travel along, so workers need no shared disk."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from optimiser.errors import NoCluster as NoCluster
from optimiser.plan.record import option_below, relative_paths
from optimiser.studies.engine.case import Case
from optimiser.studies.engine.points import Result
from optimiser.studies.engine.runner import Task


@dataclass(frozen=True)
class Shipment:
    """Hold the files of one case by their path below one folder, and the paths of its inputs and option."""

    files: tuple[tuple[str, bytes], ...]
    inputs: str
    option: str

    def unpacked(self) -> tuple[Path, Path]:
        """Write the inputs and the option into this process's own temporary folder."""
        return _unpacked(self)


def shipment_of(case: Case, inputs: Sequence[Path], constraints: Sequence[Path]) -> Shipment:
    """Pack every file of a case."""
    below = relative_paths(constraints)
    folder = case.inputs.is_dir()
    files = {f"inputs/{path.name}": path for path in inputs}
    files |= {f"constraints/{name}": path for path, name in below.items()}
    return Shipment(
        tuple((name, path.read_bytes()) for name, path in sorted(files.items())),
        "inputs" if folder else f"inputs/{case.inputs.name}",
        f"constraints/{option_below(case.option, below)}",
    )


@lru_cache(maxsize=4)
def _unpacked(shipment: Shipment) -> tuple[Path, Path]:
    name = hashlib.sha256(repr(shipment.files).encode()).hexdigest()[:16]
    folder = Path(tempfile.mkdtemp(prefix=f"optimiser-{name}-{os.getpid()}-"))
    for path, content in shipment.files:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return folder / shipment.inputs, folder / shipment.option


def solve_there(task: Task, shipment: Shipment) -> list[tuple[int, Result]]:
    """Solve a task on a worker, with the files that travelled along."""
    inputs, option = shipment.unpacked()
    case = replace(task.case, inputs=inputs, option=option)
    points = tuple((place, replace(point, case=case)) for place, point in task.points)
    return replace(task, case=case, points=points).solve()


def on_cluster_at(
    address: str, ship: Callable[[Case], Shipment]
) -> Callable[[Sequence[Task]], Iterator[tuple[int, Result]]]:
    """Connect to a cluster and return what solves tasks there. Raises NoCluster where it cannot be reached."""
    try:
        import distributed
    except ImportError as error:
        raise NoCluster("--cluster needs dask.distributed: install the optimiser with its extra, cluster.") from error
    try:
        client: Any = distributed.Client(address, timeout="10s", set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, TimeoutError, ValueError) as error:
        raise NoCluster(f"No scheduler answers at {address}: {error}") from error

    def solve(tasks: Sequence[Task]) -> Iterator[tuple[int, Result]]:
        try:
            sent = {task.case: client.scatter(ship(task.case), broadcast=True) for task in tasks}
            futures = {client.submit(solve_there, task, sent[task.case], pure=False): task for task in tasks}
            for future in distributed.as_completed(futures, loop=client.loop):  # type: ignore[no-untyped-call]
                try:
                    yield from future.result()
                except distributed.KilledWorker:
                    # Several workers died on it: the point is to blame, not the cluster.
                    yield from futures[future].died()
        finally:
            client.close()

    return solve
