"""The same points on a cluster: a real scheduler and two workers on this machine, one of which dies."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import IPv4Address
from pathlib import Path

import pytest

from optimiser.studies.engine.case import Case, Opened, open_case
from optimiser.studies.engine.cluster import NoCluster, Shipment, on_cluster_at, shipment_of
from optimiser.studies.engine.points import Result
from optimiser.studies.engine.results_folder import points_frame, tables_frame
from optimiser.studies.engine.runner import Runner
from optimiser.studies.sweep import sweep_points
from tests.architecture.sources import ROOT
from tests.studies.calls import call, made_up

distributed = pytest.importorskip("distributed", reason="dask.distributed is an optional extra, cluster")

LOOPBACK = str(IPv4Address(socket.INADDR_LOOPBACK))
VARY = ["budgets training=85%:115%:3%"]


@contextmanager
def cluster(folder: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and two workers, each a process of its own; gives the address and the workers."""
    file = folder / "scheduler.json"
    shared = ["--scheduler-file", str(file), "--no-dashboard", "--host", LOOPBACK]
    started = [_start("dask_scheduler", *shared, "--port", "0")]
    try:
        _wait(file.exists)
        time.sleep(0.2)
        address = json.loads(file.read_text())["address"]
        here = ["--nthreads", "1", "--no-nanny", "--local-directory", str(folder)]
        workers = [_start("dask_worker", *shared, *here) for _ in range(2)]
        started += workers
        with distributed.Client(address, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)
        yield address, workers
    finally:
        for process in started:
            process.kill()
            process.wait()


def _start(module: str, *words: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", f"distributed.cli.{module}", *words]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _wait(ready: object) -> None:
    until = time.monotonic() + 60
    while not ready():  # type: ignore[operator]
        assert time.monotonic() < until, "the scheduler did not start"
        time.sleep(0.05)


def written(results: list[Result]) -> str:
    return points_frame(results).text() + tables_frame(results).text()


def packed(opened: Opened) -> Shipment:
    return shipment_of(opened.case, opened.programme.evidence.files, opened.policy.files)


def test_a_worker_that_dies_changes_no_byte(tmp_path: Path) -> None:
    """Proves: eleven points on two workers, one of them killed after the first result, give the table of one process.

    The files travelled along: the workers never see the folder the case was read from.
    """
    inputs, option = made_up(tmp_path)
    opened = open_case(Case(inputs, option))
    points = sweep_points(opened, VARY, None, False)
    expected = written(Runner({opened.case: opened}, jobs=1).run(points))
    shipment = packed(opened)
    (tmp_path / "inputs").rename(tmp_path / "moved")
    killed: list[int] = []
    with cluster(tmp_path) as (address, workers):

        def kill_one(done: int, _all: int) -> None:
            if done == 1 and not killed:
                workers[0].kill()
                workers[0].wait()
                killed.append(done)

        solve = on_cluster_at(address, lambda _case: shipment)
        found = Runner({opened.case: opened}, progress=kill_one, cluster=solve).run(points)
    assert killed
    assert written(found) == expected


def test_files_travel_with_the_points(tmp_path: Path) -> None:
    """Proves: what is unpacked is what was packed, and the case can be read from it alone."""
    inputs, option = made_up(tmp_path)
    opened = open_case(Case(inputs, option))
    there, policy = packed(opened).unpacked()
    assert {path.name: path.read_bytes() for path in there.iterdir()} == {
        path.name: path.read_bytes() for path in inputs.iterdir()
    }
    assert open_case(Case(there, policy)).programme.matrix.columns == opened.programme.matrix.columns


def test_a_scheduler_that_does_not_answer_is_wrong_usage(tmp_path: Path) -> None:
    inputs, option = made_up(tmp_path)
    words = [inputs, option, "--vary", "budgets training=90%", "--cluster", "no-such-address"]
    done = call("sweep", *words, out=tmp_path / "out", expect=2)
    assert "No scheduler answers at no-such-address" in done.stderr


def test_without_the_extra_the_command_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(NoCluster, match="with its extra, cluster"):
        on_cluster_at("anywhere", lambda case: pytest.fail(f"{case} was shipped"))
