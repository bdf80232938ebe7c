"""Values by year: steps hold, ramps run straight, and nothing is said about years before the first."""

from __future__ import annotations

import pytest

from optimiser.text.by_year import ByYear, read_by_year
from optimiser.text.faults import Faults, Place
from optimiser.text.yamltext import Mapping, parse_yaml


def read(text: str, financial_years: bool = False) -> tuple[ByYear | None, list[str]]:
    """The value by year of the key `limit`, and what is said about it."""
    faults = Faults()
    tree = parse_yaml(f"limit: {text}", faults, Place("base.yaml"))
    assert isinstance(tree, Mapping)
    node = tree.get("limit")
    assert node is not None
    value = read_by_year(node, faults, Place("base.yaml", 1, "limit"), financial_years)
    return value, [fault.sentence() for fault in faults.found]


def test_a_number_holds_in_every_year() -> None:
    value, said = read("£170m")
    assert value == ByYear.of(170e6)
    assert not said
    assert value.first_year is None
    assert [value.at(year) for year in (1, 2026, 9999)] == [170e6] * 3


def test_steps_hold_until_the_next_year_given() -> None:
    value, _ = read("{2030: 430, 2026: 300}")
    assert value is not None
    assert value.first_year == 2026
    assert [value.at(year) for year in (2026, 2029, 2030, 2040)] == [300, 300, 430, 430]


def test_a_ramp_runs_straight_and_then_stays() -> None:
    """Proves: 0.56 + 3/6 of 0.14. Sensitivity: a step would give 0.56 in 2029."""
    value, _ = read("{ramp: {2026: 0.56, 2032: 0.7, 2034: 0.5}}")
    assert value is not None
    assert [value.at(year) for year in (2026, 2029, 2032, 2033, 2034, 2050)] == pytest.approx(
        [0.56, 0.63, 0.7, 0.6, 0.5, 0.5]
    )


def test_a_year_before_the_first_has_no_value() -> None:
    value, _ = read("{2028: 1}")
    assert value is not None
    with pytest.raises(ValueError, match="no value for 2026: the first year given is 2028"):
        value.at(2026)


def test_financial_years() -> None:
    value, said = read("{2026/27: 1, 2027: 2}", financial_years=True)
    assert value == ByYear((2026, 2027), (1, 2))
    assert not said


def test_words() -> None:
    assert ByYear.of(1200).words() == "1,200"
    assert ByYear((2026, 2028), (300, 430)).words() == "300 from 2026, 430 from 2028"
    assert ByYear((2026, 2032), (0.56, 0.7), ramp=True).words(True) == "0.56 in 2026/27 to 0.7 in 2032/33"


_EXPECTED = "a number, or numbers by year such as {2026: 1, 2030: 2}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("12m%", ['line 1, key limit: found "12m%", expected a number. Remove the letter m.']),
        ("", [f"line 1, key limit: found nothing, expected {_EXPECTED}. Write a number."]),
        ("[1, 2]", [f"line 1, key limit: found a list, expected {_EXPECTED}. Give each value its year."]),
        ("{}", ["line 1, key limit: found no years, expected years with numbers. Write each year with its value."]),
        (
            "{ramp: 5}",
            ['line 1, key limit: found "5", expected years with numbers. Write each year with its value.'],
        ),
        (
            "{ramp: {2026: 1}, 2030: 2}",
            [
                (
                    "line 1, key limit: found ramp beside other keys, expected only ramp. "
                    "Put every year under ramp, or remove ramp."
                )
            ],
        ),
        (
            "\n  2026: x\n  soon: 1\n  2027: [1]",
            [
                'line 2, key limit: found "x", expected a number. Write a number such as 1200, 0.25, 12% or £1.2m.',
                'line 3, key limit: found "soon", expected a year such as 2026.',
                f"line 4, key limit: found a list, expected {_EXPECTED}.",
            ],
        ),
    ],
)
def test_faults(text: str, said: list[str]) -> None:
    value, found = read(text)
    assert value is None
    assert found == said


def test_the_same_year_twice() -> None:
    value, said = read("{2026: 1, 2026/27: 2}", financial_years=True)
    assert value is None
    assert said == ["line 1, key limit: found 2026/27 a second time, expected every year once. Remove one."]
