"""The exam of the checks of sense: slips as people make them, each with the code and the place that must be named."""

from __future__ import annotations

from dataclasses import dataclass

from optimiser.inputs.shipped import shipped_constraints, shipped_inputs
from tests.support.slips import Base, Change, alike, base_of, extra, put, swapped, times, without


@dataclass(frozen=True)
class Slip:
    """One slip: what it is in words, where it is made, and what must be said of it."""

    what: str
    table: str
    change: Change | tuple[str, str]
    code: str
    words: str = ""
    """Words that the message must hold; the table's own file must be its place, or `place`."""
    place: str = ""
    base: str = "alliance"


SEVEN = (
    "cheshire_merseyside",
    "greater_manchester",
    "humber_north_yorkshire",
    "lancashire_south_cumbria",
    "northern",
    "south_yorkshire",
    "west_yorkshire_harrogate",
)
NORTH = "northern"


def base(name: str) -> Base:
    """The data set of a slip: one alliance with its option, or seven alliances of the north without one."""
    if name == "alliance":
        inputs = shipped_inputs("west-yorkshire-and-harrogate")
        option = next(path for path in shipped_constraints("west-yorkshire-and-harrogate") if path.stem == "flat-cash")
        return base_of(inputs, option)
    return base_of(shipped_inputs("england"), None, SEVEN)


def _n(what: str, table: str, change: Change, code: str, words: str = "", place: str = "") -> Slip:
    return Slip(what, table, change, code, words, place, "north")


FIRST_UNMET = (
    "priorities: [unmet, cost]      # first the least shortage, then the least money that does it\n\n"
    "demand:\n  unmet: allowed"
)
PLACES = "route: diagnostic_degree, places: {ramp: {2026: 59, 2028: 67, 2031: 74}}"
MIX = "role: clin_endoscopist, max_share: 0.40, max_increase: 0.05"
PACE = "max_increase: 0.15\n    max_decrease: 0.1\n    seed: 1"
LABS = "  - name: laboratories keep their contracts"
MANY = "  - {name: enough radiologists, quantity: staff, where: {role: radiologist}, at_least: 1500, each: [year]}\n"
AREA = "west_yorkshire_harrogate"
"""Words of the option and its base."""

SLIPS: tuple[Slip, ...] = (
    # Costs
    Slip(
        "pay in thousands",
        "costs",
        times("amount", 1e-3, item="radiologist", per="fte-year"),
        "amount-far-off",
        "radiologist",
    ),
    Slip(
        "pay with a nought too many",
        "costs",
        times("amount", 10, item="diag_radiographer", per="fte-year"),
        "amount-far-off",
        "diag_radiographer",
    ),
    Slip("pay a month", "costs", times("amount", 1 / 12, item="cns"), "amount-far-off", "cns"),
    Slip(
        "training a month",
        "costs",
        times("amount", 1 / 12, item="histopathology_training"),
        "amount-far-off",
        "histopathology_training",
    ),
    Slip(
        "all amounts in thousands", "costs", times("amount", 1e-3), "other-inputs,budget-far-off", "training", "option"
    ),
    Slip("pay row lost", "costs", without(item="cns"), "role-without-pay", "cns", "roles"),
    Slip(
        "cost of a route lost",
        "costs",
        without(item="clinical_oncology_training"),
        "route-without-cost",
        "clinical_oncology_training",
        "routes",
    ),
    Slip(
        "cost of a retention route lost",
        "costs",
        without(item="retain_cns"),
        "route-without-cost",
        "retain_cns",
        "routes",
    ),
    Slip(
        "cost of a pattern lost",
        "costs",
        without(item="sessions_radiologist"),
        "free-pattern",
        "sessions_radiologist",
        "patterns",
    ),
    Slip(
        "training paid per start",
        "costs",
        put("per", "start", item="radiology_training"),
        "per-differs",
        "radiology_training",
    ),
    Slip(
        "budget with a capital",
        "costs",
        put("budget", "Training", item="radiology_training"),
        "nearly-same",
        "Training",
    ),
    Slip(
        "budget left blank",
        "costs",
        put("budget", "", item="radiology_training"),
        "budget-unlimited",
        "radiology_training",
    ),
    Slip(
        "budget of another name",
        "costs",
        put("budget", "education", item="radiology_training"),
        "budget-unlimited",
        "education",
    ),
    Slip("growth of 2 for 2 %", "costs", put("growth", 2, item="radiologist"), "fast-growth", "200%"),
    Slip(
        "amount and growth exchanged",
        "costs",
        lambda rows: [
            row | ({"amount": "0.02", "growth": "8"} if row["item"] == "radiologist" else {}) for row in rows
        ],
        "fast-growth",
        "",
    ),
    Slip("unit price in pence", "costs", times("amount", 100, item="xs_report"), "amount-far-off", "xs_report"),
    Slip(
        "fte-year twice under two lines",
        "costs",
        alike("line", "Staff", "staff", item="radiologist"),
        "nearly-same",
        "Staff",
    ),
    # Roles and staff
    Slip("leaver rate of 4.9 tenths", "roles", put("leaver_rate", 0.49, role="radiologist"), "rate-far-off", "0.49"),
    Slip("leaver rate a month", "roles", times("leaver_rate", 1 / 12, role="cns"), "rate-far-off", "cns"),
    Slip("leaver rate in per cent, all", "roles", times("leaver_rate", 100), "out-of-range", "leaver_rate"),
    Slip("available hours", "roles", put("available_share", 0.0375, role="cns"), "share-far-off", "0.0375"),
    Slip("group spelt twice", "roles", put("staff_group", "Medical", role="radiologist"), "nearly-same", "Medical"),
    Slip("group misspelt", "roles", put("staff_group", "medcal", role="radiologist"), "nearly-same", "medcal"),
    Slip(
        "two roles of one title",
        "roles",
        put("title", "Diagnostic radiographer", role="reporting_radiographer"),
        "nearly-same",
        "Diagnostic radiographer",
    ),
    Slip("staff times ten", "staff_in_post", times("fte", 10, role="radiologist"), "staff-too-many", "radiologist"),
    Slip("staff in tens", "staff_in_post", times("fte", 0.1, role="diag_radiographer"), "staff-too-few", "image_acq"),
    Slip("four noughts", "staff_in_post", times("fte", 1e4, role="histopathologist"), "staff-too-many", "histo_case"),
    _n(
        "one area's staff times ten",
        "staff_in_post",
        times("fte", 10, role="cns", area=NORTH),
        "far-from-neighbours,staff-too-many",
        NORTH,
    ),
    _n(
        "one area's staff in tens",
        "staff_in_post",
        times("fte", 0.1, role="med_oncologist", area=NORTH),
        "far-from-neighbours",
        NORTH,
    ),
    _n(
        "one area's staff nil",
        "staff_in_post",
        put("fte", 0, role="ther_radiographer", area=NORTH),
        "staff-missing",
        NORTH,
    ),
    # Demand, patients, care
    Slip(
        "volume in thousands",
        "demand",
        times("volume", 1e-3, task="image_acq"),
        "staff-too-many",
        "image_acq",
        "staff_in_post",
    ),
    Slip(
        "volume a month",
        "demand",
        times("volume", 1 / 12, task="image_acq"),
        "staff-too-many",
        "image_acq",
        "staff_in_post",
    ),
    Slip(
        "volume times ten",
        "demand",
        times("volume", 10, task="plain_report"),
        "staff-too-few",
        "plain_report",
        "staff_in_post",
    ),
    Slip("demand lost", "demand", without(task="image_acq"), "task-without-demand", "image_acq", "tasks"),
    Slip("growth in per cent", "demand", times("growth", 100, task="image_acq"), "demand-doubles,fast-growth", ""),
    Slip(
        "growth a nought too large",
        "demand",
        times("growth", 10, task="plain_report"),
        "fast-growth,grows-for-ever",
        "plain_report",
    ),
    Slip("century wrong", "demand", put("year", 1923, task="image_acq"), "year-far-off", "1923"),
    Slip(
        "a later volume in thousands",
        "demand",
        extra({"area": AREA, "task": "image_acq", "year": "2029", "volume": "2100", "growth": "0.03"}),
        "demand-collapses",
        "image_acq",
    ),
    Slip(
        "a later volume times ten",
        "demand",
        extra({"area": AREA, "task": "image_acq", "year": "2029", "volume": "21e6", "growth": "0.03"}),
        "demand-doubles",
        "image_acq",
    ),
    _n("one area's demand lost", "demand", without(task="image_acq", area=NORTH), "work-missing", NORTH),
    _n(
        "one area's demand times ten",
        "demand",
        times("volume", 10, task="plain_report", area=NORTH),
        "far-from-neighbours,staff-too-few",
        NORTH,
    ),
    _n(
        "one area's demand in tens",
        "demand",
        times("volume", 0.1, task="image_acq", area=NORTH),
        "far-from-neighbours,staff-too-many",
        NORTH,
    ),
    _n("one area's growth lost", "demand", put("growth", "", task="image_acq", area=NORTH), "growth-differs", NORTH),
    _n(
        "one area's growth of other sign",
        "demand",
        times("growth", -1, task="image_acq", area=NORTH),
        "growth-differs",
        NORTH,
    ),
    Slip(
        "patients times ten",
        "patients",
        times("number", 10, group="tumours"),
        "staff-too-few",
        "cns_newcase",
        "staff_in_post",
    ),
    _n(
        "one area's patients times ten",
        "patients",
        times("number", 10, group="tumours", area=NORTH),
        "far-from-neighbours",
        NORTH,
    ),
    _n(
        "one area's patients in tens",
        "patients",
        times("number", 0.1, group="urgent_referrals", area=NORTH),
        "far-from-neighbours",
        NORTH,
    ),
    _n("one area's patients lost", "patients", without(group="tumours", area=NORTH), "work-missing,row-missing", NORTH),
    Slip(
        "care off by ten",
        "care",
        times("units_per_patient", 10, task="rt_attend"),
        "staff-too-few",
        "care.csv line",
        "staff_in_post",
    ),
    Slip(
        "care off by a tenth",
        "care",
        times("units_per_patient", 0.1, task="cns_newcase"),
        "staff-too-many",
        "care.csv line",
        "staff_in_post",
    ),
    Slip(
        "care in per cent",
        "care",
        times("units_per_patient", 100, task="xs_report"),
        "staff-too-few",
        "care.csv line",
        "staff_in_post",
    ),
    Slip("care lost", "care", without(task="rt_attend"), "task-without-demand", "rt_attend", "tasks"),
    Slip("care of a group lost", "care", without(group="tumours"), "no-care", "tumours", "patients"),
    Slip(
        "care and growth exchanged",
        "care",
        swapped("units_per_patient", "growth", task="onc_course"),
        "fast-growth",
        "",
    ),
    Slip(
        "a waiting list of years",
        "waiting_list",
        extra({"area": AREA, "task": "image_acq", "volume": "9e6"}),
        "waiting-far-off",
        "",
    ),
    # Tasks and productivity
    Slip("priority in per cent", "tasks", times("priority", 100, task="histo_case"), "priority-far-off", "histo_case"),
    Slip("service misspelt", "tasks", put("service", "onclogy", task="onc_course"), "nearly-same", "onclogy"),
    Slip(
        "units a month",
        "productivity",
        times("units_per_fte", 1 / 12, role="reporting_radiographer", task="plain_report"),
        "productivity-far-off",
        "plain_report",
    ),
    Slip(
        "units a day",
        "productivity",
        times("units_per_fte", 1 / 220, role="ther_radiographer"),
        "staff-too-few",
        "rt_attend",
        "staff_in_post",
    ),
    Slip(
        "units times ten",
        "productivity",
        times("units_per_fte", 10, role="histopathologist"),
        "productivity-far-off,staff-too-many",
        "histo",
    ),
    Slip(
        "shares a tenth",
        "productivity",
        times("current_share", 0.1, task="sact_review"),
        "shares-below-1",
        "sact_review",
    ),
    Slip("growth of 1", "productivity", put("growth", 1, role="cns"), "fast-growth", ""),
    Slip("a pair lost", "productivity", without(role="ther_radiographer"), "nobody-can", "rt_attend", "tasks"),
    Slip(
        "a pair of a role lost",
        "productivity",
        without(role="bms_reporter"),
        "role-without-work",
        "bms_reporter",
        "roles",
    ),
    # Routes, intakes, what happens to them
    Slip(
        "months for years",
        "routes",
        times("years", 12, route="bms_reporting"),
        "missing-row",
        "bms_reporting",
        "past_starts",
    ),
    Slip(
        "no years",
        "routes",
        lambda rows: [row | ({"years": "1"} if row["route"] == "radiology_training" else {}) for row in rows],
        "years-differ",
        "radiology_training",
    ),
    Slip(
        "completion a tenth",
        "routes",
        times("completion", 0.1, route="diagnostic_degree"),
        "share-far-off",
        "diagnostic_degree",
    ),
    Slip("fill rate a tenth", "routes", put("fill_rate", 0.09, route="diagnostic_degree"), "share-far-off", ""),
    Slip("FTE a tenth", "routes", times("fte_per_completer", 0.1, route="cns_grant"), "share-far-off", "cns_grant"),
    Slip(
        "supervisors times ten",
        "routes",
        times("supervisor_fte", 10, route="radiology_training"),
        "share-far-off,supervision-far-off",
        "radiology_training",
    ),
    Slip("release all", "routes", put("study_release", 1, route="acp_masters"), "share-far-off", "acp_masters"),
    Slip(
        "from and to exchanged",
        "routes",
        swapped("from_role", "to_role", route="reporting_certificate"),
        "no-way-in",
        "reporting_radiographer",
        "roles",
    ),
    Slip(
        "kind misspelt",
        "routes",
        put("kind", "specialty traning", route="radiology_training"),
        "nearly-same",
        "traning",
    ),
    Slip(
        "an intake times ten",
        "past_starts",
        times("starts", 10, route="diagnostic_degree", year="2024"),
        "starts-far-off",
        "diagnostic_degree",
    ),
    Slip(
        "an intake in tens",
        "past_starts",
        times("starts", 0.1, route="diagnostic_degree", year="2025"),
        "starts-far-off",
        "diagnostic_degree",
    ),
    Slip(
        "intakes of a route in hundreds",
        "past_starts",
        times("starts", 100, route="diagnostic_degree"),
        "starts-far-off",
        "diagnostic_degree",
    ),
    _n(
        "intakes of a route lost",
        "past_starts",
        without(route="therapeutic_degree"),
        "starts-missing",
        "therapeutic_degree",
        "routes",
    ),
    _n(
        "intakes of a route and area lost",
        "past_starts",
        without(route="therapeutic_degree", area=NORTH),
        "starts-missing",
        NORTH,
        "past_starts",
    ),
    _n(
        "all sent away",
        "destinations",
        extra({"route": "therapeutic_degree", "area": NORTH, "to_area": "south_yorkshire", "share": "1"}),
        "destinations-far-off",
        NORTH,
    ),
    _n(
        "the share that stays for the one that goes",
        "destinations",
        extra(
            {"route": "therapeutic_degree", "area": NORTH, "to_area": "south_yorkshire", "share": "0.95"},
            {"route": "therapeutic_degree", "area": NORTH, "to_area": NORTH, "share": "0.05"},
        ),
        "destinations-far-off",
        NORTH,
    ),
    Slip(
        "ageing of a month",
        "transitions",
        extra({"from_role": "cns", "to_role": "onc_acp", "share": "0.9"}),
        "transition-far-off",
        "cns",
    ),
    Slip(
        "a band of a month",
        "transitions",
        extra({"from_role": "cns", "to_role": "onc_acp", "share": "0.3"}),
        "transition-far-off",
        "cns",
    ),
    Slip(
        "movers in heads of ten",
        "transitions",
        extra({"from_role": "cns", "to_role": "onc_acp", "share": "0.02", "fte_per_mover": "10"}),
        "share-far-off",
        "10",
    ),
    _n(
        "a network named twice",
        "networks",
        extra(
            *(
                {"network": name, "task": "histo_case", "area": area}
                for name, area in zip(("labs", "Labs", "labs", "Labs"), SEVEN, strict=False)
            )
        ),
        "nearly-same",
        "Labs",
    ),
    # Patterns, scenarios, settings, areas
    Slip(
        "ten sessions",
        "patterns",
        times("extra_fte", 10, pattern="sessions_radiologist"),
        "share-far-off",
        "sessions_radiologist",
    ),
    Slip(
        "sessions of the wrong sign",
        "patterns",
        times("extra_fte", -1, pattern="sessions_radiologist"),
        "pattern-unused",
        "sessions_radiologist",
    ),
    Slip("multiplier of 10", "scenarios", put("multiplier", 10, scenario="high_growth"), "multiplier-far-off", "10"),
    Slip(
        "multiplier of a tenth",
        "scenarios",
        times("multiplier", 0.1, scenario="better_retention"),
        "multiplier-far-off",
        "0.08",
    ),
    Slip(
        "a change for a multiplier",
        "scenarios",
        put("multiplier", 0.15, scenario="better_retention"),
        "multiplier-far-off",
        "0.15",
    ),
    Slip(
        "a scenario that changes nothing",
        "scenarios",
        put("multiplier", 1, scenario="better_retention"),
        "scenario-idle",
        "better_retention",
    ),
    Slip(
        "scenario's name twice",
        "scenarios",
        put("scenario", "Digital", scenario="digital", item="", task="histo_case"),
        "nearly-same",
        "Digital",
    ),
    Slip("discounting of 35 %", "settings", ("discount_rate: 0.035", "discount_rate: 0.35"), "rate-far-off", "0.35"),
    Slip(
        "unmet discounting of 35 %",
        "settings",
        ("discount_rate: 0.035", "discount_rate: 0.035\nunmet_discount_rate: 0.35"),
        "rate-far-off",
        "0.35",
    ),
    Slip("inflation of 2", "settings", ("2026: 0.02}", "2026: 2}"), "rate-far-off", "2"),
    Slip("prices of 2042", "settings", ("price_year: 2024", "price_year: 2042"), "year-far-off", "2042"),
    Slip("prices of 2034", "settings", ("price_year: 2024", "price_year: 2034"), "year-far-off", "2034"),
    Slip("a plan of fifty years", "settings", ("last_year: 2035", "last_year: 2085"), "year-far-off", "2085"),
    Slip(
        "part of the first year",
        "settings",
        ("first_year_part: 0.5833333333333334", "first_year_part: 0.05833"),
        "share-far-off",
        "",
    ),
    _n("region misspelt", "areas", put("region", "North Wst", area="greater_manchester"), "nearly-same", "North Wst"),
    # Options
    Slip(
        "a budget in millions",
        "option",
        ("budget: training, limit: 7.9e6", "budget: training, limit: 7.9"),
        "budget-far-off",
        "training",
    ),
    Slip(
        "a budget in thousands",
        "option",
        ("budget: training, limit: 7.9e6", "budget: training, limit: 7900"),
        "committed-above-budget",
        "training",
    ),
    Slip(
        "a budget times ten",
        "option",
        ("budget: training, limit: 7.9e6", "budget: training, limit: 79e6"),
        "budget-far-off",
        "training",
    ),
    Slip(
        "a budget times ten, of new work",
        "option",
        ("budget: outsourcing, limit: 9.7e6", "budget: outsourcing, limit: 9700"),
        "budget-far-off",
        "outsourcing",
    ),
    Slip("a budget nobody feeds", "option", ("budget: workforce,", "budget: travel,"), "unknown-budget", "travel"),
    Slip(
        "places times ten",
        "option",
        (PLACES, PLACES.replace("59", "590").replace("67", "670").replace("74", "740")),
        "bound-far-off",
        "",
    ),
    Slip(
        "a later number of places times ten",
        "option",
        ("2028: 67, 2031: 74", "2028: 670, 2031: 740"),
        "bound-far-off",
        "",
    ),
    Slip("pace in per cent", "option", ("max_increase: 0.15", "max_increase: 15"), "share-far-off", "max_increase"),
    Slip("pace of a tenth", "option", ("max_increase: 0.15", "max_increase: 1.5"), "share-far-off", "max_increase"),
    Slip("a seed times a hundred", "option", (PACE, PACE.replace("seed: 1", "seed: 100")), "bound-far-off", "seed"),
    Slip(
        "share a tenth",
        "option",
        ("role: clin_endoscopist, max_share: 0.40", "role: clin_endoscopist, max_share: 0.040"),
        "share-far-off",
        "max_share",
    ),
    Slip("steps of a half", "option", (MIX, MIX.replace("0.05", "0.5")), "share-far-off", "max_increase"),
    Slip(
        "growth of staff times ten",
        "option",
        ("role: clin_endoscopist, max_growth: 0.3", "role: clin_endoscopist, max_growth: 3.5"),
        "share-far-off",
        "max_growth",
    ),
    Slip("a level of 9 %", "option", ("at_least: 0.9\n", "at_least: 0.09\n"), "share-far-off", "at_least"),
    Slip("a share of 33", "option", ("at_most: 0.3333", "at_most: 33.33"), "share-far-off", "33.33 times"),
    Slip("cost alone", "option", ("priorities: [unmet, cost]", "priorities: [cost]"), "unmet-for-nothing", ""),
    Slip(
        "a priced shortage in thousands",
        "option",
        (FIRST_UNMET, "demand:\n  unmet: priced\n  price_per_fte: 60"),
        "price-far-off",
        "60",
    ),
    Slip("staff at least above what can be", "option", (LABS, MANY + LABS), "beyond-reach", "radiologist"),
    Slip(
        "staff at most below those in post",
        "option",
        ("adoption:", "adoption:\n  - {role: radiologist, max_fte: 100}"),
        "below-today",
        "radiologist",
    ),
    Slip(
        "carried forward five times",
        "option",
        ("budget: training, limit: 7.9e6,", "budget: training, limit: 7.9e6, carry_forward: 5,"),
        "out-of-range,share-far-off",
        "carry_forward",
    ),
)
