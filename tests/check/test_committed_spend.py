"""Money owed to people who started before the first year, against what a budget may pay."""

from __future__ import annotations

from pathlib import Path

from optimiser.check.check import check
from optimiser.text.wording import money
from tests.check.calls import option
from tests.support.tiny import FULL, write_inputs


def owed(tmp_path: Path, text: str) -> list[str]:
    """FULL owes in 2026/27 half of this year's and half of last year's training: see the test below."""
    folder = write_inputs(tmp_path / "inputs", FULL)
    found = check(folder, [option(tmp_path, text)])
    return [one.sentence() for one in found.faults.errors]


def test_what_is_owed_to_trainees_above_a_budget(tmp_path: Path) -> None:
    """Proves: both figures are named, in prices of price_year, with inflation taken off a budget in cash.

    Degree, 3 years, completion 0.9, so that 0.9^(j/3) are still there j years after they started; 10, 11, 12 started in
    the north in 2023–2025 and 7, 8, 9 in the south. In training in 2026/27: 19 × 0.9^(2/3) + 21 × 0.9^(1/3) = 37.99
    besides those who start then; a year before 17 × 0.9^(2/3) + 19 × 0.9^(1/3) + 21 = 55.19. Half of each is paid for
    in 2026/27, at 9,000: 419,309. In 2027/28: half of 21 × 0.9^(2/3) and of 37.99, at 9,090: 261,624.
    Inflation of 3 % and 2 % makes a budget of £400,000 in cash £380,735 in 2026/27.
    Sensitivity: without deflation the figure would be £400,000 and with first_year_part ignored £341,882.
    """
    survive = [0.9 ** (j / 3) for j in range(3)]
    this = 19 * survive[2] + 21 * survive[1]
    before = 17 * survive[2] + 19 * survive[1] + 21
    due = 9000 * (this + before) / 2
    can = 400_000 / 1.03 / 1.02
    assert round(due) != round(9000 * this)
    text = "budgets: [{budget: training, limit: 400e3, prices: cash}]\n"
    (sentence,) = owed(tmp_path, text)
    assert sentence.startswith("line 1, key budgets: found already owed from the budget training to people in ")
    assert f"{money(due)} in 2026/27 where {money(can)} may be spent, in 2024/25 prices" in sentence
    assert "expected a budget that pays for them" in sentence
    assert owed(tmp_path, text.replace("400e3", str(due * 1.03 * 1.02 + 1))) == []
    assert len(owed(tmp_path, text.replace("400e3", str(due * 1.03 * 1.02 - 1)))) == 1


def test_what_is_owed_may_be_paid_from_money_carried_forward(tmp_path: Path) -> None:
    """Proves: only what no carrying could pay is a fault. 100,000 left over in 2026/27 pay for 2027/28."""
    text = "budgets: [{{budget: training, limit: {{2026: 520e3, 2027: 200e3}}, carry_forward: {}}}]\n"
    assert len(owed(tmp_path, text.format(0))) == 1
    assert owed(tmp_path, text.format(0.5)) == []


def test_what_is_owed_above_a_total(tmp_path: Path) -> None:
    (sentence,) = owed(tmp_path, "budgets: [{budget: training, total: 500e3}]\n")
    assert "from 2026/27 to 2029/30 where" in sentence
    assert owed(tmp_path, "budgets: [{budget: training, total: 5e6}]\n") == []
