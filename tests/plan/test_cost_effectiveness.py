"""What an FTE-year less unmet costs: options small enough to reckon by hand, and laws of all options."""

from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from optimiser.plan.cost_effectiveness import Sums, cost_effectiveness, frame

USUAL = Sums("usual", 100.0, 50.0)


def test_the_average_and_each_step() -> None:
    """Proves: £20 for 10 FTE-years is £2 each; £80 for 20 is £4 on average, but the last £60 buy 10, at £6 each.

    Sensitivity: the larger option would look worth its £4 if only averages were shown.
    """
    usual, less, more = cost_effectiveness([USUAL, Sums("less", 120.0, 40.0), Sums("more", 180.0, 30.0)])
    assert (usual.average, usual.incremental, usual.extra_cost, usual.fewer) == (None, None, 0.0, 0.0)
    assert (less.average, less.incremental, less.after) == (approx(2.0), approx(2.0), "usual")
    assert (more.average, more.incremental, more.after) == (approx(4.0), approx(6.0), "less")
    assert not any(one.dominated for one in (usual, less, more))


def test_an_option_that_another_beats_has_an_average_but_no_step() -> None:
    """Proves: £130 for 41 is beaten by £120 for 40; the step to £180 is from £120. Sensitivity: 4.55 from £130."""
    options = [USUAL, Sums("beaten", 130.0, 41.0), Sums("more", 180.0, 30.0), Sums("less", 120.0, 40.0)]
    _, beaten, more, _ = cost_effectiveness(options)
    assert (beaten.dominated, beaten.incremental, beaten.after) == ("less", None, "")
    assert beaten.average == approx(30 / 9)
    assert (more.incremental, more.after) == (approx(6.0), "less")


def test_a_mixture_of_two_beats_the_option_between_them() -> None:
    """Proves: half of `less` and half of `most` cost £150 for 30; £155 for 31 is beaten, and the step is £3 each.

    Sensitivity: with the beaten one on the way the steps would be 35 ÷ 9 = £3.89 and 25 ÷ 11 = £2.27.
    """
    options = [USUAL, Sums("less", 120.0, 40.0), Sums("between", 155.0, 31.0), Sums("most", 180.0, 20.0)]
    _, _, between, most = cost_effectiveness(options)
    assert between.dominated_by == ("less", "most")
    assert between.dominated == "a mixture of less and most"
    assert (most.incremental, most.after) == (approx(3.0), "less")


def test_business_as_usual_may_itself_be_beaten() -> None:
    """Proves: an option that is cheaper and leaves less unmet has no cost per FTE-year, and dominates."""
    usual, better = cost_effectiveness([USUAL, Sums("better", 90.0, 40.0)])
    assert usual.dominated == "better"
    assert (better.average, better.incremental, better.extra_cost, better.fewer) == (None, None, -10.0, 10.0)


def test_cheaper_and_worse_has_no_cost_for_an_fte_year_less() -> None:
    """Proves: it is the first step's start instead: £30 for 10 from it to usual. Sensitivity: £3 as its own average."""
    usual, worse = cost_effectiveness([USUAL, Sums("worse", 70.0, 60.0)])
    assert (worse.average, worse.incremental) == (None, None)
    assert (usual.incremental, usual.after) == (approx(3.0), "worse")


def test_options_that_are_the_same_do_not_beat_each_other() -> None:
    """Proves: what a solver's rounding sets apart counts as the same, in whatever order it comes."""
    one, other = Sums("one", 120.0, 40.0), Sums("other", 120.0 * (1 + 1e-9), 40.0 * (1 - 1e-9))
    for options in ([USUAL, one, other], [USUAL, other, one]):
        found = cost_effectiveness(options)
        assert [item.dominated for item in found] == ["", "", ""]
        assert [item.incremental for item in found[1:]] == [approx(2.0), approx(2.0)]


def test_the_table_leaves_blank_what_there_is_not() -> None:
    table = frame([("", cost_effectiveness([USUAL, Sums("less", 120.0, 40.0)]))]).text().splitlines()
    assert table[1] == "usual,,100.0,50.0,0.0,0.0,,,,"
    assert table[2] == "less,,120.0,40.0,20.0,10.0,2.0,2.0,usual,"


AMOUNTS = st.integers(0, 40).map(float)


@given(st.lists(st.tuples(AMOUNTS, AMOUNTS), min_size=1, max_size=9))
def test_laws_of_the_frontier(amounts: list[tuple[float, float]]) -> None:
    """Proves: an option is on the frontier or beaten; steps get dearer; what beats an option has no more of either.

    Sensitivity: an option above the line between two others would be called undominated.
    """
    options = [Sums(str(number), cost, unmet) for number, (cost, unmet) in enumerate(amounts)]
    found = {one.sums.name: one for one in cost_effectiveness(options)}
    sums = {one.name: one for one in options}
    for one in found.values():
        by = [sums[name] for name in one.dominated_by]
        if len(by) == 1:
            assert by[0].cost <= one.sums.cost
            assert by[0].unmet <= one.sums.unmet
        if len(by) == 2:
            low, high = by
            share = (one.sums.cost - low.cost) / (high.cost - low.cost)
            assert 0 < share < 1
            assert low.unmet + share * (high.unmet - low.unmet) <= one.sums.unmet + 1e-9
    kept = sorted({(one.sums.cost, one.incremental) for one in found.values() if not one.dominated_by})
    steps = [step for _, step in kept if step is not None]
    assert len(kept) == len(steps) + 1
    assert steps == sorted(steps)
