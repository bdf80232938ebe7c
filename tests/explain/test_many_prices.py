"""Numbers priced in other processes, and ends told to within one per cent on large models."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optimiser.explain.candidates import Push, limit_pushes
from optimiser.explain.many_prices import OnePrice, price_all
from optimiser.explain.price import NEAR, Known, Pricer
from optimiser.explain.words import amount_of, priced
from optimiser.plan.reload import Reloaded, reload
from optimiser.solving.processes import ProcessDied
from tests.support.full import solve_full


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Reloaded:
    return reload(solve_full(tmp_path_factory.mktemp("full")).folder)


def telling(pricer: Pricer) -> list[Push]:
    """The limits whose number is worth something."""
    return [push for push in limit_pushes(pricer.programme) if abs(pricer.slope(push)) * push.one_percent > 1e-6]


def test_other_processes_change_nothing(plan: Reloaded) -> None:
    """Proves: prices found in two processes are those found here, in the same order.

    Sensitivity: a process that began from another basis, or put results where they ended first, would differ.
    """
    pricer = Pricer(plan.programme, 0)
    pushes = telling(pricer)[:4]
    here = price_all(pricer, pushes, lambda _: None, 1)
    pricer.roughly = True
    said: list[str] = []
    there = price_all(pricer, pushes, said.append, 2)
    for one, other in zip(here, there, strict=True):
        assert (one.push.name, one.push.year) == (other.push.name, other.push.year)
        assert one.one_percent == pytest.approx(other.one_percent)
        for side, beside in ((one.more, other.more), (one.less, other.less)):
            assert (side.slope, side.end) == (pytest.approx(beside.slope), pytest.approx(beside.end))
            assert (side.next_limit, side.possible) == (beside.next_limit, beside.possible)
    assert len(said) == len(pushes) + 1


def test_a_rough_end_is_where_the_price_has_changed_by_a_per_cent(plan: Reloaded) -> None:
    """Proves: an end told roughly never lies before the exact one, and up to it the price foretells to 1 %.

    Sensitivity: a tolerance on the value instead of the change would call far too much straight.
    """
    exact, rough = Pricer(plan.programme, 0), Pricer(plan.programme, 0)
    rough.roughly = True
    for push in telling(exact)[:6]:
        price, near = exact.price(push), rough.price(push)
        for sign, side, roughly in ((1.0, price.more, near.more), (-1.0, price.less, near.less)):
            assert roughly.slope == pytest.approx(side.slope, rel=2 * NEAR)
            end = min(roughly.end, roughly.looked if roughly.looked == roughly.looked else roughly.end)
            point = rough.at(push, sign * end) if 0 < end < float("inf") else None
            if point is not None:
                foretold = roughly.slope * sign * end
                assert point.value - rough.value == pytest.approx(foretold, rel=1.5 * NEAR, abs=1e-6)
                assert end >= min(side.end, push.number / 30) * (1 - 1e-6)


def test_a_process_that_dies_is_said(plan: Reloaded) -> None:
    """Proves: a price that no process lived to find ends the command with a sentence."""
    pricer = Pricer(plan.programme, 0)
    push = telling(pricer)[0]
    task = OnePrice(0, push, pricer.programme, 0, Known(pricer.base, None))
    with pytest.raises(ProcessDied, match=f"“{push.name}” was ended"):
        task.died()


def test_one_per_cent_buys_at_most_what_is_said(plan: Reloaded) -> None:
    """Proves: the screen, the ranking and the report say no more than what solving again with 1 % more gives.

    Sensitivity: “by at most” would be untrue of a price on the dear side of a corner.
    """
    pricer = Pricer(plan.programme, 0)
    for push in telling(pricer):
        found = pricer.at(push, push.better * push.one_percent)
        assert found is not None
        said = abs(pricer.slope(push)) * push.one_percent
        assert 0 <= pricer.value - found.value + 1e-9 <= said * (1 + 1e-6) + 1e-6


def test_a_price_that_ends_within_a_unit_is_not_said_of_the_unit(plan: Reloaded) -> None:
    """Proves: where the price holds for a tenth of £1,000, the sentence speaks of £100 and gives £1,000 as a rate.

    Sensitivity: “£1,000 more cuts …” would promise ten times what is known.
    """
    pricer = Pricer(plan.programme, 0)
    push = next(push for push in telling(pricer) if push.family == "budgets" and push.one == 1000)
    price = pricer.price(push)
    gain = price.gain * 1000
    narrow = replace(price, more=replace(price.more, end=100.0, next_limit="pace of training|2027"))
    said = priced(narrow, plan.programme)
    tenth, whole = (f"{amount_of('unmet', worth, plan.programme)}" for worth in (gain / 10, gain))
    assert said.endswith(
        f": £100 more cuts unmet demand by {tenth}, at {whole} for each £1,000; beyond it the next limit is “pace of "
        f"training” in 2027/28; £1,000 less adds {whole} to unmet demand."
    )
