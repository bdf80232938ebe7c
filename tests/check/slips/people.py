"""Slips of roles, staff, routes and intakes."""

from __future__ import annotations

from tests.check.slips.slip import NORTH, SEVEN, Slip, north
from tests.support.slips import extra, put, swapped, times, without

SLIPS: tuple[Slip, ...] = (
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
    north(
        "one area's staff times ten",
        "staff_in_post",
        times("fte", 10, role="cns", area=NORTH),
        "far-from-neighbours,staff-too-many",
        NORTH,
    ),
    north(
        "one area's staff in tens",
        "staff_in_post",
        times("fte", 0.1, role="med_oncologist", area=NORTH),
        "far-from-neighbours",
        NORTH,
    ),
    north(
        "one area's staff nil",
        "staff_in_post",
        put("fte", 0, role="ther_radiographer", area=NORTH),
        "staff-missing",
        NORTH,
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
    north(
        "intakes of a route lost",
        "past_starts",
        without(route="therapeutic_degree"),
        "starts-missing",
        "therapeutic_degree",
        "routes",
    ),
    north(
        "intakes of a route and area lost",
        "past_starts",
        without(route="therapeutic_degree", area=NORTH),
        "starts-missing",
        NORTH,
        "past_starts",
    ),
    north(
        "all sent away",
        "destinations",
        extra({"route": "therapeutic_degree", "area": NORTH, "to_area": "south_yorkshire", "share": "1"}),
        "destinations-far-off",
        NORTH,
    ),
    north(
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
    north(
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
)
