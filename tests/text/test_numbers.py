"""Text becomes a number only where it is one; everything else says what to write."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optimiser.text.numbers import (
    LARGEST,
    SMALLEST,
    NotReadable,
    quoted,
    read_flag,
    read_number,
    read_whole,
    read_year,
    year_label,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1200", 1200.0),
        ("1,200", 1200.0),
        ("1,234,567.5", 1234567.5),
        ("170e6", 170e6),
        ("1E-3", 0.001),
        ("170_000_000", 170e6),
        ("£1,200", 1200.0),
        ("£170m", 170e6),
        ("1.2m", 1_200_000.0),
        ("2.5bn", 2.5e9),
        ("£50k", 50_000.0),
        ("50K", 50_000.0),
        ("12%", 0.12),
        ("3.5%", 0.035),
        ("-0.5", -0.5),
        ("+3", 3.0),
        ("-£3", -3.0),
        ("£-3", -3.0),
        (".5", 0.5),
        ("5.", 5.0),
        ("\u00a0 12\u202f", 12.0),
        ("1e-15", 1e-15),
        ("0e-400", 0.0),
        ("-0.0", 0.0),
        ("£0k", 0.0),
    ],
)
def test_numbers_as_people_write_them(text: str, value: float) -> None:
    assert read_number(text) == value


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1,2OO", 'found "1,2OO", expected a number. Remove the letters O.'),
        ("12x", 'found "12x", expected a number. Remove the letter x.'),
        ("nan", 'found "nan", expected a number. Write a number such as 1200, 0.25, 12% or £1.2m.'),
        ("inf", 'found "inf", expected a number. Write a number such as 1200, 0.25, 12% or £1.2m.'),
        ("", "found nothing, expected a number. Write a number."),
        ("2e-309", 'found "2e-309", expected a number. It is too small to count: write 0, or at least 1e-15.'),
        ("1e-400", 'found "1e-400", expected a number. It is too small to count: write 0, or at least 1e-15.'),
        ("-5.55E-17", 'found "-5.55E-17", expected a number. It is too small to count: write 0, or at least 1e-15.'),
        ("0,5", 'found "0,5", expected a number. Write decimals with a point, and thousands in groups of three.'),
        ("12,34,567", 'found "12,34,567", expected a number. Write a number such as 1200, 0.25, 12% or £1.2m.'),
        ("£5%", 'found "£5%", expected a number. It is money or a percentage, not both.'),
        ("1e999", 'found "1e999", expected a number. It is too large.'),
        ("--1", 'found "--1", expected a number. Write a number such as 1200, 0.25, 12% or £1.2m.'),
        ("+£-1", 'found "+£-1", expected a number. Write a number such as 1200, 0.25, 12% or £1.2m.'),
        ("1_", 'found "1_", expected a number. Write a number such as 1200, 0.25, 12% or £1.2m.'),
        ("1 200", 'found "1 200", expected a number. Write a number such as 1200, 0.25, 12% or £1.2m.'),
        ("٣", 'found "٣", expected a number. Write a number such as 1200, 0.25, 12% or £1.2m.'),
    ],
)
def test_anything_else_is_refused_with_what_to_write(text: str, message: str) -> None:
    with pytest.raises(NotReadable) as caught:
        read_number(text)
    assert str(caught.value) == message


@given(st.text(max_size=12))
def test_no_text_makes_another_error_or_a_number_that_is_none(text: str) -> None:
    try:
        value = read_number(text)
    except NotReadable:
        return
    assert math.isfinite(value)


@given(st.floats(-LARGEST, LARGEST).filter(lambda value: not 0 < abs(value) < SMALLEST))
def test_a_number_written_in_full_reads_back(value: float) -> None:
    assert read_number(repr(value)) == value


def test_a_percentage_is_the_decimal_nearest_to_it() -> None:
    """Proves: 7 % is 0.07 itself. Sensitivity: 7 / 100 is, but 0.07 × 100 and 1.1 × 1e6 are not exact."""
    assert [read_number(f"{n}%") for n in range(101)] == [float(f"{n}e-2") for n in range(101)]
    assert read_number("1.1m") == 1_100_000


@pytest.mark.parametrize(("text", "value"), [("3", 3), ("3.0", 3), ("1,200", 1200), ("-2", -2)])
def test_whole_numbers(text: str, value: int) -> None:
    assert read_whole(text) == value


def test_a_fraction_is_no_whole_number() -> None:
    with pytest.raises(NotReadable, match=r'^found "2\.5", expected a whole number\. Round it to a whole number\.$'):
        read_whole("2.5")
    with pytest.raises(NotReadable, match=r'^found "two", expected a whole number'):
        read_whole("two")


@pytest.mark.parametrize(
    ("text", "financial", "year"),
    [("2026", False, 2026), ("1", False, 1), (" 2026 ", True, 2026), ("2026/27", True, 2026), ("1999/00", True, 1999)],
)
def test_years(text: str, financial: bool, year: int) -> None:
    assert read_year(text, financial) == year


@pytest.mark.parametrize(
    ("text", "financial", "message"),
    [
        (
            "2026/28",
            True,
            'found "2026/28", expected a year such as 2026 or 2026/27. The year after 2026 is 27: write 2026/27.',
        ),
        (
            "2026/27",
            False,
            'found "2026/27", expected a year such as 2026. Write 2026, or set financial_years: true in the settings.',
        ),
        ("26-27", True, 'found "26-27", expected a year such as 2026 or 2026/27.'),
        (
            "2026-28",
            True,
            'found "2026-28", expected a year such as 2026 or 2026/27. The year after 2026 is 27: write 2026/27.',
        ),
        (
            "FY26/27",
            False,
            'found "FY26/27", expected a year such as 2026. Write 2026, or set financial_years: true in the settings.',
        ),
        ("2026.5", False, 'found "2026.5", expected a year such as 2026.'),
        ("-5", False, 'found "-5", expected a year such as 2026.'),
        ("20266", False, 'found "20266", expected a year such as 2026.'),
    ],
)
def test_what_is_no_year(text: str, financial: bool, message: str) -> None:
    with pytest.raises(NotReadable) as caught:
        read_year(text, financial)
    assert str(caught.value) == message


@given(st.integers(1000, 9998))
def test_the_label_of_a_financial_year_reads_back(year: int) -> None:
    assert read_year(year_label(year, True), True) == year
    assert read_year(year_label(year, False)) == year


def test_yes_and_no() -> None:
    assert [read_flag(text) for text in ("yes", "True", " NO ", "false")] == [True, True, False, False]
    with pytest.raises(NotReadable, match='found "on", expected yes or no'):
        read_flag("on")


def test_what_was_found_stays_on_one_short_line() -> None:
    assert quoted("two\n lines") == '"two lines"'
    assert quoted(" ") == "nothing"
    assert len(quoted("x" * 500)) == 63


@pytest.mark.parametrize(
    "text",
    [
        "2026/27",
        "2026-27",
        "2026\u201327",
        "2026 - 27",
        "2026/2027",
        "2026-2027",
        "FY26/27",
        "FY 2026/27",
        "fy26",
        "26/27",
    ],
)
def test_financial_years_as_people_write_them(text: str) -> None:
    assert read_year(text, True) == 2026


@pytest.mark.parametrize("text", ["0,500", "0,250", "-0,125"])
def test_a_decimal_comma_before_three_places_is_refused(text: str) -> None:
    """Proves: 0,500 is not five hundred."""
    with pytest.raises(NotReadable, match=r"Write 0\.\d+ for the decimal, with a point"):
        read_number(text)
