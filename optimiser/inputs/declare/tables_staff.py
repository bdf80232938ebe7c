"""Declares the tables about staff and how they come and go: areas, roles, staff in post, leavers, routes."""

from __future__ import annotations

from optimiser.inputs.declare.columns import Column, TableDeclaration
from optimiser.inputs.declare.columns_often import (
    AREA,
    ROLE,
    ROUTE,
    TITLE,
    code,
    number,
    optional_code,
    share,
    text,
    whole,
    year,
)

AREAS = TableDeclaration(
    "areas",
    "Areas",
    "The places with their own staff and demand. Without this table there is one area, called all.",
    (
        code("area", help="A short code for the area.", example="north"),
        TITLE(example="North Cancer Alliance"),
        text("region", help="The region the area belongs to.", example="North West"),
    ),
    key=("area",),
    optional=True,
    defines="area",
    one="an area",
)
ROLES = TableDeclaration(
    "roles",
    "Roles",
    "The kinds of staff, established and new.",
    (
        code("role", help="A short code for the role.", example="radiologist"),
        TITLE(example="Consultant radiologist"),
        text("staff_group", help="The group the role is reported under.", example="Medical"),
        Column(
            "new_role",
            "choice",
            "Whether the role is a new one; for reports only.",
            "no",
            default="no",
            choices=("yes", "no"),
        ),
        share(
            "leaver_rate",
            help="Share of last year's staff who leave for good each year: retirement, other work, abroad.",
            unit="share per year",
            required=True,
            example="0.06",
        ),
        share(
            "available_share",
            help="Share of an FTE that is available for tasks, after leave, teaching and meetings.",
            default=1.0,
            example="0.85",
        ),
    ),
    key=("role",),
    defines="role",
    one="a role",
)
STAFF_IN_POST = TableDeclaration(
    "staff_in_post",
    "Staff in post",
    "Staff just before the first year: one row for every area and role. Write 0 where there are none.",
    (
        AREA,
        ROLE(help="The role."),
        number(
            "fte",
            help="Full-time equivalents in post.",
            unit="FTE",
            required=True,
            least=0,
            example="118.4",
            also_called=("wte",),
        ),
    ),
    key=("area", "role"),
)
LEAVERS = TableDeclaration(
    "leavers",
    "Leaver rates of single years",
    "Replaces a role's leaver rate in single years, for example for a retirement bulge.",
    (
        optional_code(
            "area", refers="areas", help="The area; a named area wins over all.", blank="all areas", example="north"
        ),
        ROLE(help="The role."),
        year("year", help="The year in which this rate applies."),
        share("leaver_rate", help="Share of last year's staff who leave in that year.", required=True, example="0.11"),
    ),
    key=("area", "role", "year"),
    optional=True,
)
TRANSITIONS = TableDeclaration(
    "transitions",
    "Transitions between roles",
    "Every year a share of last year's staff of one role becomes staff of another, decided by nobody: ageing from one "
    "age band to the next, promotion up a ladder. A role's leaver rate and its shares together are at most 1.",
    (
        code("from_role", refers="roles", help="The role they leave.", example="nurse_under_50"),
        code("to_role", refers="roles", help="The role they join.", example="nurse_50_to_54"),
        share(
            "share",
            help="Share of last year's from_role staff who move each year.",
            unit="share per year",
            required=True,
            example="0.2",
        ),
        number(
            "fte_per_mover",
            help="FTE of to_role that one FTE of from_role becomes.",
            unit="FTE per FTE",
            default=1.0,
            least=0,
            example="0.9",
        ),
    ),
    key=("from_role", "to_role"),
    optional=True,
)
ROUTES = TableDeclaration(
    "routes",
    "Routes",
    "The ways into, between and out of roles: training, upskilling, recruitment, return, exit.",
    (
        code("route", help="A short code for the route.", example="specialty_training"),
        TITLE(example="Specialty training, clinical radiology"),
        text(
            "kind",
            help="What kind of route it is, in your own words, for reports and for limits on kinds.",
            example="training",
        ),
        optional_code(
            "from_role",
            refers="roles",
            help="The role that the starters come from.",
            blank="from outside",
            example="radiographer",
        ),
        optional_code(
            "to_role",
            refers="roles",
            help="The role that those who complete join.",
            blank="out of the workforce",
            example="radiologist",
        ),
        whole(
            "years",
            help="Years from start to joining; 0 joins in the same year.",
            unit="years",
            least=0,
            most=60,
            example="5",
        ),
        share("completion", help="Share of starters who complete.", default=1.0, above=0, example="0.95"),
        number(
            "fte_per_completer",
            help="FTE that one person who completes works.",
            unit="FTE per person",
            default=1.0,
            least=0,
            example="0.9",
        ),
        share(
            "fill_rate",
            help="Share of commissioned places that are filled.",
            default=1.0,
            above=0,
            example="0.97",
        ),
        Column(
            "non_completers",
            "choice",
            "What those who do not complete do: return to from_role, or leave.",
            "return",
            default="",
            blank="only where there is no from_role",
            choices=("return", "leave"),
        ),
        share(
            "study_release",
            help="Share of their time that from_role staff in training lose.",
            default=0.0,
            example="0.2",
        ),
        number(
            "trainee_work",
            help="Available FTE of to_role work that one trainee delivers.",
            unit="FTE per trainee",
            default=0.0,
            least=0,
            example="0.3",
        ),
        optional_code(
            "supervisor_role", refers="roles", help="The role that supervises trainees.", example="radiologist"
        ),
        number(
            "supervisor_fte",
            help="Available FTE of supervisor_role that one trainee takes.",
            unit="FTE per trainee",
            default=0.0,
            least=0,
            example="0.05",
        ),
    ),
    key=("route",),
    defines="route",
    one="a route",
)
PAST_STARTS = TableDeclaration(
    "past_starts",
    "Intakes already made",
    "Starts before the first year. A route and area with any row needs one for each of the route's years before "
    "the first year (one for a route of 0 years); with none it had no intakes.",
    (
        ROUTE(help="The route."),
        AREA,
        year("year", help="The year they started, before the first year.", example="2023"),
        number("starts", help="People who started.", unit="people", required=True, least=0, example="12"),
    ),
    key=("route", "area", "year"),
    optional=True,
)
DESTINATIONS = TableDeclaration(
    "destinations",
    "Where those who complete work",
    "Where those who complete in an area join the staff; the shares of a route and area sum to 1. Without rows they "
    "join where they trained.",
    (
        ROUTE(help="The route."),
        AREA,
        code("to_area", refers="areas", help="The area they join.", example="south"),
        share("share", help="Share of those who complete in area that joins to_area.", required=True, example="0.25"),
    ),
    key=("route", "area", "to_area"),
    optional=True,
)
PATTERNS = TableDeclaration(
    "patterns",
    "Working patterns",
    "Ways of working that change what one FTE of a role delivers: extra sessions, short time.",
    (
        code("pattern", help="A short code for the pattern.", example="extra_sessions"),
        TITLE(example="One extra session a week"),
        ROLE(help="The role that may work it."),
        number(
            "extra_fte",
            help="Available FTE that one FTE on the pattern adds (0.1) or takes away (-0.5).",
            unit="FTE per FTE",
            required=True,
            example="0.1",
        ),
    ),
    key=("pattern",),
    optional=True,
    defines="pattern",
    one="a pattern",
)
