"""Slips of patterns, scenarios, settings and areas, and of the option."""

from __future__ import annotations

from tests.check.slips.slip import Slip, north
from tests.support.slips import put, times

FIRST_UNMET = (
    "priorities: [unmet, cost]      # first the least shortage, then the least money that does it\n\n"
    "demand:\n  unmet: allowed"
)
PLACES = "route: diagnostic_degree, places: {ramp: {2026: 59, 2028: 67, 2031: 74}}"
MIX = "role: clin_endoscopist, max_share: 0.40, max_increase: 0.05"
PACE = "max_increase: 0.15\n    max_decrease: 0.1\n    seed: 1"
LABS = "  - name: laboratories keep their contracts"
MANY = "  - {name: enough radiologists, quantity: staff, where: {role: radiologist}, at_least: 1500, each: [year]}\n"
"""Words of the option and its base."""


SLIPS: tuple[Slip, ...] = (
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
    north(
        "region misspelt", "areas", put("region", "North Wst", area="greater_manchester"), "nearly-same", "North Wst"
    ),
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
