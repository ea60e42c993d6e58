"""Say quickly whether plain data fit a schema; only what does not fit needs the library that says why.

A schema is turned once into functions. They know the words our schemas use; where a schema uses another one
the answer is no, and the library decides: a yes is always right, a no may be.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sized
from typing import Any

Fits = Callable[[Any], bool]
SAID_ONLY = {"title", "$schema", "$id", "description", "$comment"}  # words that decide nothing


def fitting(schema: object) -> Fits:
    """Return a function that says whether data fit a schema.

    Parameters
    ----------
    schema : object
        A JSON Schema: a mapping, or true or false.

    Returns
    -------
    callable
        True only if the data are valid; False if they are not, or if the schema uses a word unknown here.
    """
    if schema is True:
        return _always
    if not isinstance(schema, dict) or any(word not in _RULES for word in schema.keys() - SAID_ONLY):
        return _never
    rules = [_RULES[word](schema[word], schema) for word in schema if word not in SAID_ONLY]
    return rules[0] if len(rules) == 1 else lambda value: all(rule(value) for rule in rules)


def _always(_value: object) -> bool:
    return True


def _never(_value: object) -> bool:
    return False


def _whole(value: object) -> bool:
    return type(value) is int or (type(value) is float and value.is_integer())


_TYPES: Mapping[str, Fits] = {
    "string": lambda value: type(value) is str,
    "object": lambda value: type(value) is dict,
    "array": lambda value: type(value) is list,
    "number": lambda value: type(value) in {int, float},
    "integer": _whole,
    "boolean": lambda value: type(value) is bool,
    "null": lambda value: value is None,
}


def _type(names: str | list[str], _schema: object) -> Fits:
    if isinstance(names, str):
        return _TYPES[names]
    kinds = [_TYPES[name] for name in names]
    return lambda value: any(kind(value) for kind in kinds)


def _enum(options: list[Any], _schema: object) -> Fits:
    """Equal and of one type: to Python 1, 1.0 and true are alike, to a schema true is not."""
    pairs = {(type(option), option) for option in options if not isinstance(option, (dict, list))}
    return lambda value: type(value) not in {dict, list} and (type(value), value) in pairs


def _const(option: Any, schema: object) -> Fits:
    return _enum([option], schema)


def _properties(schemas: Mapping[str, object], _schema: object) -> Fits:
    rules = {key: fitting(held) for key, held in schemas.items()}

    def fits(value: Any) -> bool:
        if type(value) is not dict:
            return True
        return all(rules[key](held) for key, held in value.items() if key in rules)

    return fits


def _pattern_properties(schemas: Mapping[str, object], _schema: object) -> Fits:
    rules = [(re.compile(pattern).search, fitting(held)) for pattern, held in schemas.items()]
    return lambda value: (
        type(value) is not dict
        or all(rule(held) for key, held in value.items() for found, rule in rules if found(key))
    )


def _additional(held: object, schema: Mapping[str, Any]) -> Fits:
    known = set(schema.get("properties", ()))
    patterns = [re.compile(pattern).search for pattern in schema.get("patternProperties", ())]
    rule = fitting(held)

    def fits(value: Any) -> bool:
        if type(value) is not dict:
            return True
        others = (
            inner
            for key, inner in value.items()
            if key not in known and not any(found(key) for found in patterns)
        )
        return all(rule(inner) for inner in others)

    return fits


def _names(held: object, _schema: object) -> Fits:
    rule = fitting(held)
    return lambda value: type(value) is not dict or all(map(rule, value))


def _required(keys: list[str], _schema: object) -> Fits:
    return lambda value: type(value) is not dict or all(key in value for key in keys)


def _dependent(needs: Mapping[str, list[str]], _schema: object) -> Fits:
    return lambda value: (
        type(value) is not dict
        or all(other in value for key, others in needs.items() if key in value for other in others)
    )


def _items(held: object, _schema: object) -> Fits:
    rule = fitting(held)
    return lambda value: type(value) is not list or all(map(rule, value))


def _pattern(pattern: str, _schema: object) -> Fits:
    found = re.compile(pattern).search
    return lambda value: type(value) is not str or found(value) is not None


def _sized(kind: type[Sized], within: Callable[[int, int], bool]) -> Callable[[int, object], Fits]:
    return lambda bound, _schema: lambda value: not isinstance(value, kind) or within(len(value), bound)


def _bounded(within: Callable[[float, float], bool]) -> Callable[[float, object], Fits]:
    return lambda bound, _schema: lambda value: type(value) not in {int, float} or within(value, bound)


def _any_of(schemas: list[object], _schema: object) -> Fits:
    rules = [fitting(held) for held in schemas]
    return lambda value: any(rule(value) for rule in rules)


_RULES: Mapping[str, Callable[[Any, Any], Fits]] = {
    "type": _type,
    "enum": _enum,
    "const": _const,
    "properties": _properties,
    "patternProperties": _pattern_properties,
    "additionalProperties": _additional,
    "propertyNames": _names,
    "required": _required,
    "dependentRequired": _dependent,
    "items": _items,
    "anyOf": _any_of,
    "pattern": _pattern,
    "minLength": _sized(str, lambda size, bound: size >= bound),
    "maxLength": _sized(str, lambda size, bound: size <= bound),
    "minItems": _sized(list, lambda size, bound: size >= bound),
    "maxItems": _sized(list, lambda size, bound: size <= bound),
    "minProperties": _sized(dict, lambda size, bound: size >= bound),
    "maxProperties": _sized(dict, lambda size, bound: size <= bound),
    "minimum": _bounded(lambda value, bound: value >= bound),
    "maximum": _bounded(lambda value, bound: value <= bound),
    "exclusiveMinimum": _bounded(lambda value, bound: value > bound),
    "exclusiveMaximum": _bounded(lambda value, bound: value < bound),
}
