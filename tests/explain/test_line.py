"""Prices along a line, found by linear programmes, beside the same found by solving again and again."""

from __future__ import annotations

import math

import pytest

from benchmarks.generator import Size, write_case
from optimiser.explain.candidates import Push, limit_pushes, people_pushes
from optimiser.explain.line import Line
from optimiser.explain.price import Pricer
from optimiser.plan.opening import open_files
from optimiser.text.faults import Faults

SMALL = Size(areas=2, roles=4, routes=6, tasks=4, years=8)


@pytest.fixture(scope="module", params=[1, 2, 3])
def pricer(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Pricer:
    inputs, option = write_case(tmp_path_factory.mktemp("case"), SMALL, request.param)
    return Pricer(open_files(inputs, option, (), Faults()).programme, 0)


@pytest.fixture(scope="module")
def line(pricer: Pricer) -> Line:
    return Line(pricer.programme, pricer.programme.objectives[0].coefficient, pricer._session.basis, 0.0)


def telling(pricer: Pricer) -> list[Push]:
    """The numbers that matter most."""
    pushes = [*limit_pushes(pricer.programme), *people_pushes(pricer.programme)]
    pushes.sort(key=lambda push: -abs(pricer.slope(push)) * (push.one if math.isnan(push.number) else abs(push.number)))
    return pushes[:8]


def test_slopes_and_ends_are_those_of_solving_again(pricer: Pricer, line: Line) -> None:
    """Proves: the same slope on both sides as re-solving finds; it holds up to the end, and beyond it is another.

    Sensitivity: the range of one dual ends too early at a corner; an end found too far has another slope before it.
    """
    ends = 0
    for push in telling(pricer):
        exact = pricer.price(push)
        for sign, side in ((1.0, exact.more), (-1.0, exact.less)):
            if math.isnan(side.slope):
                continue
            number = push.one if math.isnan(push.number) else abs(push.number)
            found = line.side(push, sign, 2 * number if sign > 0 else number, half=False)
            assert found.slope == pytest.approx(side.slope, rel=1e-5, abs=1e-9), push.name
            assert found.end <= side.end * (1 + 1e-6) + 1e-6 * push.one, push.name
            if not 0 < found.end < number:
                continue
            before = pricer.at(push, sign * found.end * (1 - 1e-3))
            after = pricer.at(push, sign * (found.end + 1e-5 * number))
            assert before is not None
            assert before.slope == pytest.approx(found.slope, rel=1e-5, abs=1e-9), push.name
            assert found.possible == (after is not None), push.name
            if after is not None:
                assert after.slope == pytest.approx(found.beyond, rel=1e-5, abs=1e-9), push.name
                assert sign * found.beyond > sign * found.slope
                ends += 1
    assert ends >= 3


def test_a_unit_buys_half_as_much_where_solving_there_says_so(pricer: Pricer, line: Line) -> None:
    """Proves: just before the place a unit is worth at least half of today's, just after it less.

    Sensitivity: the end of the first piece, which is where any lower price begins.
    """
    seen = 0
    for push in telling(pricer):
        if push.better <= 0 or math.isnan(push.number):
            continue
        found = line.side(push, 1.0, 16 * push.number, half=True)
        if not math.isfinite(found.half) or found.half == 0:
            continue
        before, after = pricer.at(push, found.half * (1 - 1e-4)), pricer.at(push, found.half * (1 + 1e-4) + 1e-6)
        assert before is not None
        assert after is not None
        assert -before.slope >= -found.slope / 2 * (1 - 1e-6)
        assert -after.slope <= -found.slope / 2 * (1 + 1e-6)
        seen += 1
    assert seen >= 1


def test_one_number_leaves_nothing_behind_for_the_next(pricer: Pricer, line: Line) -> None:
    """Proves: the same answer whatever was asked before it."""
    first, *others = telling(pricer)
    once = line.side(first, 1.0, 4 * first.one, half=True)
    for push in others:
        line.side(push, -1.0, push.one, half=False)
    assert repr(line.side(first, 1.0, 4 * first.one, half=True)) == repr(once)
