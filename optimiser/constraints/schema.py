"""The JSON Schema of constraints files, made from the declarations of keys, so that editors complete and check them."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from typing import Any

from optimiser.constraints.families import FAMILIES
from optimiser.constraints.keys import COMMON, DEMAND, STEADY, TIER, TOP, Family, Key
from optimiser.constraints.limit import QUANTITY_KEYS
from optimiser.constraints.selection import EVERYWHERE

FILE = "constraints.schema.json"
DIALECT = "https://json-schema.org/draft/2020-12/schema"

_NUMBER_TEXT = r"^\s*[-+]?[£$€]?[-+]?[0-9.][0-9,_.]*([eE][-+]?[0-9]+|[kKmM]|[bB][nN]|%)?\s*$"
_YEAR_TEXT = r"^[0-9]{1,4}(/([0-9]{2}|[0-9]{4}))?$"

Schema = dict[str, Any]


def schema() -> Schema:
    """The schema of one constraints file."""
    properties: Schema = {key.name: _described(key) for key in TOP}
    properties["demand"] = _object(DEMAND) | {"description": "Whether demand may go unmet, and how shortage is shared."}
    properties["steady"] = _object(STEADY, []) | {"description": "What changes of intakes from year to year weigh."}
    for family in FAMILIES:
        items = {"$ref": f"#/$defs/{family.name}"}
        properties[family.name] = {"description": family.help, "type": ["array", "null"], "items": items}
    return {
        "$schema": DIALECT,
        "title": "Constraints of the workforce optimiser: one budget option",
        "description": "What a plan is allowed. Every entry becomes linear limits with a name, a unit and an owner.",
        "type": ["object", "null"],
        "properties": properties,
        "additionalProperties": False,
        "$defs": {**_shared(), **{family.name: _entry(family) for family in FAMILIES}},
    }


def schema_text() -> str:
    """The schema as the file that is shipped."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def _shared() -> Schema:
    """The kinds of values that many keys have."""
    year = {"type": ["integer", "string"], "pattern": _YEAR_TEXT, "minimum": 0, "maximum": 9999}
    code = {"type": ["string", "number", "boolean"]}
    quantity = {"type": "string", "enum": list(QUANTITY_KEYS)}
    return {
        "year": year,
        "code": code,
        "codes": {"anyOf": [_ref("code"), {"type": "array", "items": _ref("code"), "minItems": 1}]},
        "flag": {"anyOf": [{"type": "boolean"}, {"enum": ["yes", "no", "Yes", "No", "YES", "NO"]}]},
        "text": {"type": ["string", "number", "boolean", "null"]},
        "where": {"type": "object", "additionalProperties": _ref("codes")},
        "selection": {
            "type": "object",
            "properties": {"quantity": quantity, "where": _ref("where")},
            "required": ["quantity"],
            "additionalProperties": False,
            "allOf": [_ref("where_of_quantity")],
        },
        "tier": _object(TIER),
        "where_of_quantity": {"allOf": list(_keys_of_quantities())},
    }


def _entry(family: Family) -> Schema:
    """An entry of a family, or the removal of an inherited one."""
    required = [key.name for key in family.keys if key.required] + (["name"] if family.named else [])
    whole: Schema = _object((*family.keys, *COMMON), required)
    if family.one_of:
        whole["anyOf"] = [{"required": [name]} for name in family.one_of]
    if any(key.kind == "quantity" for key in family.keys):
        whole["allOf"] = [_ref("where_of_quantity")]
    return {
        "description": family.help,
        "type": "object",
        "if": {"required": ["drop"]},
        "then": _object(COMMON, ["name", "drop"]),
        "else": whole,
    }


def _keys_of_quantities() -> Iterable[Schema]:
    """For each quantity, the keys that its `where` may have."""
    for quantity, keys in QUANTITY_KEYS.items():
        names = {"propertyNames": {"enum": [*keys, *EVERYWHERE]}}
        yield {
            "if": {"properties": {"quantity": {"const": quantity}}, "required": ["quantity"]},
            "then": {"properties": {"where": names}},
        }


def _object(keys: Sequence[Key], required: Sequence[str] | None = None) -> Schema:
    needed = [key.name for key in keys if key.required] if required is None else list(required)
    found: Schema = {
        "type": "object",
        "properties": {key.name: _described(key) for key in keys},
        "additionalProperties": False,
    }
    return found | ({"required": needed} if needed else {})


def _described(key: Key) -> Schema:
    return {"description": f"{key.help} {key.example}", **_kind(key)}


def _kind(key: Key) -> Schema:
    """What a value of a key may be."""
    if key.kind in ("choice", "quantity"):
        return {"type": "string", "enum": list(key.choices)}
    if key.kind in ("code", "codes", "flag", "year", "where"):
        return _ref(key.kind)
    if key.kind == "of":
        return _ref("selection")
    if key.kind == "axes":
        return {"type": "array", "items": {"type": "string"}, "uniqueItems": True}
    if key.kind == "tiers":
        return {"type": "array", "items": _ref("tier"), "minItems": 1}
    if key.kind == "priorities":
        items = {"anyOf": [{"enum": ["unmet", "cost"]}, _ref("selection")]}
        return {"type": "array", "items": items, "minItems": 1}
    if key.kind == "number":
        return _number(key)
    if key.kind == "by_year":
        return _by_year(key)
    return {"type": "string"} if key.name in ("name", "extends") else _ref("text")


def _number(key: Key) -> Schema:
    bounds = {"minimum": key.least, "maximum": key.most}
    number: Schema = {"type": "number"} | {name: end for name, end in bounds.items() if not math.isinf(end)}
    return {"anyOf": [number, {"type": "string", "pattern": _NUMBER_TEXT}]}


def _by_year(key: Key) -> Schema:
    """A number, numbers by year, or a ramp."""
    years: Schema = {
        "type": "object",
        "propertyNames": {"pattern": _YEAR_TEXT},
        "additionalProperties": _number(key),
        "minProperties": 1,
    }
    ramp: Schema = {
        "type": "object",
        "properties": {"ramp": years},
        "required": ["ramp"],
        "additionalProperties": False,
    }
    return {"anyOf": [*_number(key)["anyOf"], years, ramp]}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}
