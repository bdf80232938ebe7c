"""`check`: every fault at once, warnings of sense, money already owed, and what it counts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from optimiser.check.check import Checked, check
from optimiser.cli import main
from tests.support.books import write_book
from tests.support.tiny import FULL, TINY, change, write_inputs

SOURCED = {
    "roles": "role,title,leaver_rate,source\nnurse,Nurse,0.1,published: census\n",
    "staff_in_post": "role,fte,source\nnurse,10,derived: from the census\n",
    "routes": "route,title,kind,to_role,years,source\nrecruit,R,recruitment,nurse,0,assumed: at once\n",
    "tasks": "task,title,unit,source\nvisit,Visit,visits,published: a list\n",
    "demand": "task,year,volume,source\nvisit,2026,100,Recalled: by the team\n",
    "productivity": "role,task,units_per_fte,source\nnurse,visit,10,published: a study\n",
    "costs": "item,line,per,amount,budget,source\nrecruit,recruitment,start,1000,workforce,assumed: x\n",
}
"""TINY with a source on every row."""


def option(folder: Path, text: str, name: str = "option.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def checked(tmp_path: Path, text: str = "title: Test\n", **tables: str) -> Checked:
    """TINY with sources, some tables replaced, checked with one option."""
    folder = write_inputs(tmp_path / "inputs", {**TINY, **SOURCED}, **tables)
    return check(folder, [option(tmp_path, text)])


def said(found: Checked) -> list[str]:
    return [f"{Path(one.place.file).name}: {one.severity}: {one.sentence()}" for one in found.faults.found]


def run(*words: object) -> Result:
    return CliRunner().invoke(main, ["check", *(str(word) for word in words)], catch_exceptions=False)


def test_nothing_is_said_of_sound_inputs(tmp_path: Path) -> None:
    assert said(checked(tmp_path)) == []


def test_a_role_nobody_can_join(tmp_path: Path) -> None:
    roles = SOURCED["roles"] + "matron,Matron,0.1,assumed: x\n"
    staff = SOURCED["staff_in_post"] + "matron,1,assumed: x\n"
    assert said(checked(tmp_path, roles=roles, staff_in_post=staff)) == [
        (
            "roles.csv: warning: line 3, column role: found matron, a role that people leave and no route leads to, "
            "expected a way into it. Add a route, or leave it so if nobody is to join."
        )
    ]


@pytest.mark.parametrize(("years", "warned"), [(2, False), (3, True)])
def test_a_route_nobody_finishes_in_time(years: int, warned: bool, tmp_path: Path) -> None:
    """2026–2028 are three years: who starts a 2-year course in 2026 joins in 2028, a 3-year course is too long."""
    routes = SOURCED["routes"].replace("nurse,0", f"nurse,{years}")
    costs = SOURCED["costs"]
    settings = TINY["settings"]
    found = [
        line for line in said(checked(tmp_path, routes=routes, costs=costs, settings=settings)) if "finishes" in line
    ]
    assert found == [
        ("routes.csv: warning: line 2, column years: found 3 years, so that nobody who starts from 2026 on finishes, "
        "expected a route shorter than the 3 modelled years. Raise last_year or run_out_years.")
    ] * warned  # fmt: skip


def test_demand_that_doubles(tmp_path: Path) -> None:
    demand = "task,year,volume,growth,source\nvisit,2025,125,0.2,assumed: x\nvisit,2027,300,,assumed: x\n"
    assert said(checked(tmp_path, demand=demand)) == [
        (
            "demand.csv: warning: line 3, column volume: found demand for visit that grows from 150 to "
            "300 in 2027, expected "
            "less than twice as much. Check the volumes, and whether growth is a share (0.02 for 2 per cent)."
        )
    ]


def test_rows_without_a_source_and_sources_of_another_kind(tmp_path: Path) -> None:
    tasks = "task,title,unit,source\nvisit,Visit,visits,census 2024\n"
    roles = SOURCED["roles"].replace("published: census", "")
    assert said(checked(tmp_path, tasks=tasks, roles=roles)) == [
        (
            "roles.csv: warning: line 2, column source: 1 of 1 rows of roles without a source. Say "
            "where each comes from: "
            "published:, derived:, recalled: or assumed:."
        ),
        (
            'tasks.csv: warning: line 2, column source: found "census 2024", expected published:, '
            "derived:, recalled: or "
            "assumed:. Begin with the weakest that applies, then a colon, then say where."
        ),
    ]


def test_no_source_anywhere_is_one_warning(tmp_path: Path) -> None:
    folder = write_inputs(tmp_path / "inputs", TINY)
    assert said(check(folder, [])) == [
        (
            "inputs: warning: No row of any table has a source. "
            "Say in a column source where each row comes from: published:, derived:, recalled: or assumed:."
        )
    ]


CAPACITY = "training_capacity: [{{route: recruit, places: {}}}]\n"


@pytest.mark.parametrize(("places", "warned"), [(1, False), (0.99, True)])
def test_leavers_beyond_all_routes(places: float, warned: bool, tmp_path: Path) -> None:
    """10 nurses of whom a tenth leave: one place a year holds them level."""
    found = said(checked(tmp_path, CAPACITY.format(places)))
    assert found == [
        ("roles.csv: warning: line 2, column leaver_rate: found 1 FTE of nurse who leave in 2026, "
         "expected no more than "
        "the 0.99 FTE a year that all its routes may bring. Check leaver_rate and training_capacity.")
    ] * warned  # fmt: skip


def test_leavers_are_not_doubted_where_a_route_is_free(tmp_path: Path) -> None:
    routes = SOURCED["routes"] + "abroad,A,recruitment,nurse,0,assumed: x\n"
    costs = SOURCED["costs"] + "abroad,recruitment,start,1000,workforce,assumed: x\n"
    assert said(checked(tmp_path, CAPACITY.format(0.1), routes=routes, costs=costs)) == []


PATTERNS = "pattern,title,role,extra_fte,source\novertime,Overtime,nurse,0.1,assumed: x\n"
OF_STAFF = "limits: [{{name: few, quantity: pattern, at_most: {}, of: {{quantity: staff}}, each: [role, year]}}]\n"
ALONE = "limits: [{{name: few, quantity: pattern, where: {{pattern: overtime}}, at_most: {}}}]\n"


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("title: Free\n", "all of nurse may work"),
        (OF_STAFF.format(0.5), "50% of nurse may work"),
        (OF_STAFF.format(0.49), ""),
        (ALONE.format(5), "50% of nurse may work"),
        (ALONE.format(4), ""),
        (ALONE.format(4).replace("at_most", "at_least"), "all of nurse may work"),
    ],
)
def test_a_pattern_that_half_the_staff_would_work(text: str, who: str, tmp_path: Path) -> None:
    expected = (
        f"patterns.csv: warning: line 2, column pattern: found overtime, which {who}, expected "
        "fewer than half of them. "
        "If that is not meant, add a limit on the quantity pattern, of staff."
    )
    costs = SOURCED["costs"] + "overtime,pay,pattern-fte-year,2000,workforce,assumed: x\n"
    assert said(checked(tmp_path, text, patterns=PATTERNS, costs=costs)) == [expected] * bool(who)


def test_a_minimum_above_a_maximum_of_another_entry(tmp_path: Path) -> None:
    text = (
        "limits:\n  - {name: enough, quantity: staff, at_least: 12}\n"
        "  - {name: not too many, quantity: staff, at_most: {2026: 12, 2028: 11}}\n"
    )
    assert said(checked(tmp_path, text)) == [
        (
            "option.yaml: warning: line 2, key limits: found at least 12 in 2028, expected no more than the 11 of "
            '"not too many". No plan can satisfy both: change one of them.'
        )
    ]
    assert said(checked(tmp_path, text.replace("at_least: 12", "at_least: 11"))) == []
    assert said(checked(tmp_path, text.replace("staff, at_least", "staff, where: {role: nurse}, at_least"))) == []


def test_least_shares_above_the_whole(tmp_path: Path) -> None:
    folder = write_inputs(tmp_path / "inputs", FULL)
    text = (
        "skill_mix:\n  - {task: plain_report, role: radiologist, min_share: 0.6}\n"
        "  - {task: plain_report, role: reporter, min_share: 0.5}\n"
    )
    found = [line for line in said(check(folder, [option(tmp_path, text)])) if "option" in line]
    assert found == [
        (
            "option.yaml: warning: line 3, key skill_mix: found min_share of radiologist, reporter "
            "that add up to 1.1 of "
            "plain_report in 2026/27, expected at most 1. No plan can satisfy them all: lower one."
        )
    ]


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
    from optimiser.text.wording import money

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


def test_faults_of_inputs_and_of_every_option_come_together(tmp_path: Path) -> None:
    folder = write_inputs(tmp_path / "inputs", FULL)
    change(folder, "roles.csv", "Medical,no,0.05", "Medical,no,1.05")
    options = [option(tmp_path, "budget: []\n", "a.yaml"), option(tmp_path, "demand: {unmet: never}\n", "b.yaml")]
    done = run(folder, *options)
    assert done.exit_code == 1
    for part in ("[out-of-range]", "[unknown-key]", "[unknown-word]", "3 faults. docs/faults.md explains each code"):
        assert part in done.output


def test_a_fault_in_one_option_leaves_the_others_counted(tmp_path: Path) -> None:
    folder = write_inputs(tmp_path / "inputs", TINY)
    good = option(tmp_path, "limits: [{name: few, quantity: staff, at_most: 90}]\n", "good.yaml")
    done = run(folder, option(tmp_path, "hold: [{route: none}]\n", "bad.yaml"), good)
    assert done.exit_code == 1
    assert "[unknown-route]" in done.output
    assert "good.yaml: good." in done.output
    assert "bad.yaml: bad." not in done.output


def test_what_is_counted(tmp_path: Path) -> None:
    """Numbers only, years left out: leaver_rate; fte; years of the route; volume; units_per_fte; amount; discount."""
    found = checked(tmp_path, "limits: [{name: few, quantity: staff, at_most: 90}]\n")
    assert found.values == {"published": 2, "derived": 1, "recalled": 1, "assumed": 2, "other": 0, "none": 1}
    assert found.rows["roles"] == 1
    (one,) = found.options
    assert [(entry.name, entry.rows) for entry in one.entries] == [("few", 3)]
    assert one.ranges["coefficients"] == (0.9, 10)
    assert one.ranges["bounds"] == (9, 100)
    # staff: 2, 3 and 3; time: work, idle and staff; demand: work and unmet; the limit.
    assert one.terms == 8 + 9 + 6 + 3


def test_json_is_one_object_and_nothing_else(tmp_path: Path) -> None:
    folder = write_inputs(tmp_path / "inputs", {**TINY, **SOURCED})
    limits = option(tmp_path, "limits: [{name: few, quantity: staff, at_most: 90}]\n")
    done = run(folder, limits, "--json")
    assert done.exit_code == 0
    content: dict[str, Any] = json.loads(done.stdout)
    assert content["sound"] is True
    assert content["faults"] == content["warnings"] == []
    assert content["sizes"] == {"areas": 1, "roles": 1, "routes": 1, "tasks": 1, "patterns": 0, "years": 3}
    assert content["options"][0]["entries"] == [
        {"name": "few", "family": "limits", "rows": 3, "file": str(limits), "line": 1}
    ]
    change(folder, "roles.csv", "0.1", "1.1")
    done = run(folder, limits, "--json")
    assert done.exit_code == 1
    (fault,) = json.loads(done.stdout)["faults"]
    assert fault["page"] == "docs/faults.md#out-of-range"
    assert (fault["file"], fault["line"], fault["column"]) == (str(folder / "roles.csv"), 2, "leaver_rate")


def test_an_annotated_copy_has_a_comment_on_each_faulty_cell(tmp_path: Path) -> None:
    def spoil(book: Any) -> None:
        book["roles"]["E5"] = 5
        book["routes"]["E5"] = "radiografer"
        book["past_starts"].delete_rows(6)
        book.remove(book["costs"])

    book = write_book(tmp_path / "inputs.xlsx", spoil)
    before = book.read_bytes()
    done = run(book, "--annotate", tmp_path / "copy.xlsx")
    assert done.exit_code == 1
    assert book.read_bytes() == before
    copy = openpyxl.load_workbook(tmp_path / "copy.xlsx")
    comment = copy["roles"]["E5"].comment.text
    assert comment.startswith('Found "5", expected a share from 0 to 1.')
    assert comment.endswith("[out-of-range]")
    assert "[unknown-role]" in copy["routes"]["E5"].comment.text
    assert "[missing-row]" in copy["past_starts"]["A5"].comment.text
    rows = list(copy["faults"].iter_rows(min_row=2, values_only=True))
    assert sorted(row[5] for row in rows) == ["missing-row", "missing-table", "out-of-range", "unknown-role"]
    assert copy["roles"]["E5"].value == 5
    again = run(book, "--annotate", tmp_path / "copy.xlsx")
    assert again.exit_code == 5
    assert "nothing is overwritten" in again.output


def test_annotating_needs_a_workbook(tmp_path: Path) -> None:
    folder = write_inputs(tmp_path / "inputs", TINY)
    assert run(folder, "--annotate", tmp_path / "copy.xlsx").exit_code == 2
    (tmp_path / "bad.xlsx").write_bytes(b"x")
    assert run(tmp_path / "bad.xlsx", "--annotate", tmp_path / "copy.xlsx").exit_code == 1
    assert not (tmp_path / "copy.xlsx").exists()


def test_strict_takes_warnings_for_faults(tmp_path: Path) -> None:
    folder = write_inputs(tmp_path / "inputs", TINY)
    assert run(folder).exit_code == 0
    done = run(folder, "--strict")
    assert done.exit_code == 1
    assert "warning: " not in done.output
    assert "No faults." not in done.output
    sourced = write_inputs(tmp_path / "sourced", {**TINY, **SOURCED})
    assert run(sourced, "--strict").exit_code == 0
