"""Makes the JSON Schema of constraints files from the declared keys, so that editors complete and check them."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from optimiser.constraints.families import FAMILIES
from optimiser.constraints.family import Family
from optimiser.constraints.keys import COMMON, DEMAND, STEADY, TIER, TOP, Key
from optimiser.constraints.limit import QUANTITY_KEYS
from optimiser.constraints.relative import HOW
from optimiser.constraints.selection import EVERYWHERE

FILE = "constraints.schema.json"
DIALECT = "https://json-schema.org/draft/2020-12/schema"

_NUMBER_TEXT = r"^\s*-?[£$€]?-?[0-9.][0-9,_.]*([eE][-+]?[0-9]+|[kKmM]|[bB][nN]|%)?\s*$"
_YEAR_TEXT = r"^[0-9]{1,4}(/([0-9]{2}|[0-9]{4}))?$"

Schema = dict[str, Any]


def schema() -> Schema:
    """Return the schema of one constraints file."""
    properties: Schema = {key.name: _described(key) for key in TOP}
    about = "Whether demand may go unmet, and how shortage is shared."
    properties["demand"] = {"description": about, **_or_none(_object(DEMAND))}
    about = "What changes of intakes from year to year weigh."
    properties["steady"] = {"description": about, **_or_none(_object(STEADY, []))}
    for family in FAMILIES:
        entries = {"type": "array", "minItems": 1, "items": _ref(family.name)}
        properties[family.name] = {"description": family.help, **_or_none(entries)}
    return {
        "$schema": DIALECT,
        "title": "Constraints of the workforce optimiser: one budget option",
        "description": "What a plan is allowed. Every entry becomes linear limits with a name, a unit and an owner.",
        "type": ["object", "null"],
        "properties": properties,
        "additionalProperties": False,
        "if": {"required": ["extends"]},
        "then": _entries({family.name: _matched(family) for family in FAMILIES}),
        "else": _entries({family.name: _alone(family) for family in FAMILIES}),
        "$defs": {**_shared(), **{family.name: _entry(family) for family in FAMILIES}},
    }


def schema_text() -> str:
    """Return the schema as the text of the file that is shipped."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def _shared() -> Schema:
    """Return the schemas of the kinds of values that many keys have."""
    year = {"type": ["integer", "string"], "pattern": _YEAR_TEXT, "minimum": 0, "maximum": 9999}
    code = {"type": ["string", "number", "boolean"]}
    quantity = {"type": "string", "enum": list(QUANTITY_KEYS)}
    return {
        "year": year,
        "code": code,
        "codes": {"anyOf": [_ref("code"), {"type": "array", "items": _ref("code"), "minItems": 1}]},
        "flag": {"anyOf": [{"type": "boolean"}, {"enum": ["yes", "no", "Yes", "No", "YES", "NO"]}]},
        "text": {"type": ["string", "number", "boolean"]},
        "where": {"type": "object", "additionalProperties": _ref("codes")},
        "selection": {
            "type": "object",
            "properties": {"quantity": quantity, "where": _ref("where")},
            "required": ["quantity"],
            "additionalProperties": False,
            "allOf": [_ref("where_of_quantity")],
        },
        "tier": _object(TIER, whole=True),
        "where_of_quantity": {"allOf": list(_keys_of_quantities())},
    }


def _entry(family: Family) -> Schema:
    """Describe an entry of a family, or the removal of an inherited one."""
    keys: Schema = _object((*family.keys, *family.common), [])
    if any(key.kind == "quantity" for key in family.keys):
        keys["allOf"] = [_ref("where_of_quantity")]
    return {
        "description": family.help,
        "type": "object",
        "if": {"required": ["drop"]},
        "then": _object(COMMON, ["name", "drop"]),
        "else": keys,
    }


def _entries(needed: Mapping[str, Schema]) -> Schema:
    """Describe what the entries of each family need, with those that drop one apart."""
    return {
        "properties": {
            family: {"items": {"if": {"not": {"required": ["drop"]}}, "then": keys}} for family, keys in needed.items()
        }
    }


def _alone(family: Family) -> Schema:
    """Describe what an entry needs where nothing is inherited."""
    needed: Schema = {"required": [key.name for key in family.keys if key.required] + ["name"] * family.named}
    return needed | ({"anyOf": [{"required": [name]} for name in family.one_of]} if family.one_of else {})


def _matched(family: Family) -> Schema:
    """Describe what an entry needs to be matched with an inherited one: its name, or what it is named after."""
    if family.named:
        return {"required": ["name"]}
    return {"anyOf": [{"required": ["name"]}, {"required": list(family.subject)}]}


def _keys_of_quantities() -> Iterable[Schema]:
    """Yield, for each quantity, the keys that its `where` may have."""
    for quantity, keys in QUANTITY_KEYS.items():
        names = {"propertyNames": {"enum": [*keys, *EVERYWHERE]}}
        yield {
            "if": {"properties": {"quantity": {"const": quantity}}, "required": ["quantity"]},
            "then": {"properties": {"where": names}},
        }


def _object(keys: Sequence[Key], required: Sequence[str] | None = None, whole: bool = False) -> Schema:
    """Describe a mapping with these keys; one that is `whole` is relative to nothing inherited."""
    needed = [key.name for key in keys if key.required] if required is None else list(required)
    found: Schema = {
        "type": "object",
        "properties": {key.name: _described(key, whole) for key in keys},
        "additionalProperties": False,
    }
    return found | ({"required": needed} if needed else {})


def _described(key: Key, whole: bool = False) -> Schema:
    said = {"description": f"{key.help} {key.example}"}
    if whole or key.name in ("name", "drop", "extends"):
        return {**said, **_kind(key)}
    relative = [_relative(key)] if key.kind in ("number", "by_year") else []
    kind = {"anyOf": [*_kind(key)["anyOf"], *relative]} if relative else _kind(key)
    return {**said, **_or_none(kind)}


def _or_none(kind: Schema) -> Schema:
    """Allow a kind of value, or `none`, which takes an inherited value away."""
    return {"if": {"const": "none"}, "else": kind}


def _relative(key: Key) -> Schema:
    """Describe a multiple of an inherited value, or an amount on top of it."""
    amount = Key(key.name, key.kind, key.help, key.example)
    each = _kind(amount)
    said = {"type": "object", "properties": dict.fromkeys(HOW, each), "additionalProperties": False}
    return said | {"minProperties": 1, "maxProperties": 1}


def _kind(key: Key) -> Schema:
    """Describe what a value of a key may be."""
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
    bounds["exclusiveMinimum"] = key.above
    number: Schema = {"type": "number"} | {name: end for name, end in bounds.items() if not math.isinf(end)}
    return {"anyOf": [number, {"type": "string", "pattern": _NUMBER_TEXT}]}


def _by_year(key: Key) -> Schema:
    """Describe a number, numbers by year, or a ramp."""
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
