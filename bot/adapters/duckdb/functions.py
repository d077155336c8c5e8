"""Which of Trino's functions may be asked here, and what each becomes in DuckDB.

Whoever is missing fails loudly: a function that means something else in DuckDB must not answer.
"""

import re
from collections.abc import Callable

from sqlglot import exp

from bot.adapters.duckdb.macros import PREFIX
from bot.errors import QueryFailed

SAME: frozenset[type[exp.Expr]] = frozenset(
    {
        exp.Abs,
        exp.And,
        exp.AnyValue,
        exp.Array,
        exp.ArrayAgg,
        exp.ArrayFilter,
        exp.ArraySize,
        exp.Avg,
        exp.Case,
        exp.Ceil,
        exp.Coalesce,
        exp.Concat,
        exp.Count,
        exp.Day,
        exp.DenseRank,
        exp.Exists,
        exp.FirstValue,
        exp.Floor,
        exp.Greatest,
        exp.Hour,
        exp.If,
        exp.Lag,
        exp.LastValue,
        exp.Lead,
        exp.Least,
        exp.Length,
        exp.LogicalAnd,
        exp.LogicalOr,
        exp.Lower,
        exp.Max,
        exp.Min,
        exp.Minute,
        exp.Month,
        exp.Nullif,
        exp.Or,
        exp.Rank,
        exp.RegexpLike,
        exp.Replace,
        exp.Reverse,
        exp.RowNumber,
        exp.Split,
        exp.StartsWith,
        exp.StrPosition,
        exp.Sum,
        exp.TimestampTrunc,
        exp.Transform,
        exp.Unnest,
        exp.Upper,
        exp.Year,
    }
)
"""Functions that sqlglot's own translation carries over with their meaning."""

_CASTS = {exp.DType.VARCHAR: "varchar", exp.DType.TEXT: "varchar", exp.DType.JSON: "json"}
_PLAIN_CASTS = frozenset({exp.DType.DOUBLE})
_WHOLE_CASTS = frozenset({exp.DType.BIGINT, exp.DType.INT})
_MOMENTS = frozenset({exp.DType.DATE, exp.DType.TIMESTAMP, exp.DType.TIMESTAMPTZ})
_UNITS = frozenset({"millisecond", "second", "minute", "hour", "day", "week"})
# What Trino's and DuckDB's formats spell alike, once sqlglot made %i and %s of MySQL's into its own.
_FORM = re.compile(r"([^%]|%[YmdHMS])*")
_GROUP = re.compile(r"\$(\d)(?!\d)")


def call(name: str, *arguments: exp.Expr) -> exp.Anonymous:
    """A call of one of our macros."""
    return exp.Anonymous(this=PREFIX + name, expressions=list(arguments))


def unsupported(what: str) -> QueryFailed:
    """The error for what this engine lacks."""
    return QueryFailed(
        f"The duckdb engine does not know {what}.",
        "Ask with the athena engine, or without it.",
    )


def _json_path(node: exp.Expr) -> exp.Expr:
    path = node.expression
    if not isinstance(path, exp.JSONPath):
        raise unsupported("a JSON path that is not written out, or not of keys and positions")
    return exp.Literal.string("$" + "".join(_step(step) for step in path.expressions[1:]))


def _step(step: exp.Expr) -> str:
    name = step.this
    if isinstance(step, exp.JSONPathKey) and isinstance(name, str):
        escaped = name.replace("\\", "\\\\").replace('"', '\\"')
        return f'."{escaped}"'
    if isinstance(step, exp.JSONPathSubscript) and isinstance(name, int) and name >= 0:
        return f"[{name}]"
    raise unsupported("a JSON path of anything but keys and positions")


def _replacement(node: exp.RegexpReplace) -> exp.Expr:
    r"""The same call with `$1` as `\1`; replaces every match, as Trino does (sqlglot adds the flag)."""
    text = node.args.get("replacement") or exp.Literal.string("")
    if not (isinstance(text, exp.Literal) and text.is_string) or "\\" in text.this or "${" in text.this:
        raise unsupported("regexp_replace with such a replacement")
    node.set("replacement", exp.Literal.string(_GROUP.sub(r"\\\1", text.this)))
    return node


def _substr(node: exp.Substring) -> exp.Expr:
    start, length = node.args["start"], node.args.get("length")
    return call("substr_for", node.this, start, length) if length else call("substr", node.this, start)


def _cast(node: exp.Cast) -> exp.Expr:
    """A cast whose meaning is Trino's; `try` of a text that is no number gives NULL."""
    to, trying = node.to, isinstance(node, exp.TryCast)
    if _is_address(node) and isinstance(node.parent, exp.ArrayContains) and node.arg_key == "expression":
        return node
    if to.this in _MOMENTS and isinstance(node.this, exp.Literal) and "." not in node.this.name:
        to.set("expressions", None)  # no fraction of a second, so no precision
    if to.is_type(exp.DType.ARRAY):
        if to.expressions and to.expressions[0].is_type(exp.DType.JSON):
            return node
    elif to.expressions or (to.this in _MOMENTS and not isinstance(node.this, exp.Literal)):
        pass
    elif to.this in _MOMENTS or to.this in _PLAIN_CASTS:
        return node
    elif to.this in _WHOLE_CASTS:
        return call("try_bigint" if trying else "to_bigint", node.this)
    elif to.this in _CASTS:
        return _to_json(node.this) if to.this == exp.DType.JSON else call("to_varchar", node.this)
    raise unsupported(f"CAST AS {to.sql('trino').lower()}")


def _to_json(value: exp.Expr) -> exp.Expr:
    return exp.Anonymous(this="to_json", expressions=[value])


def _contains(node: exp.ArrayContains) -> exp.Expr:
    """An array's `contains`, or a network's: the second's address is a cast, which `_cast` leaves to this."""
    address = node.expression
    if not _is_address(address):
        return call("contains", node.this, address)
    name = "try_ipaddress" if isinstance(address, exp.TryCast) else "ipaddress"
    return call("in_network", node.this, call(name, address.this))


def _is_address(node: exp.Expr) -> bool:
    return isinstance(node, exp.Cast) and bool(node.to.is_type(exp.DType.IPADDRESS))


def _by(node: exp.ArgMax | exp.ArgMin) -> exp.Expr:
    name = "max" if isinstance(node, exp.ArgMax) else "min"
    if node.args.get("count"):
        raise unsupported(f"{name}_by of several")
    return exp.Anonymous(this=f"arg_{name}_null", expressions=[node.this, node.expression])


def _date_diff(node: exp.DateDiff) -> exp.Expr:
    """Whole units between two times, as DuckDB's date_sub counts them (its date_diff counts boundaries)."""
    unit = node.text("unit").lower()
    if unit not in _UNITS:
        raise unsupported(f"date_diff in {unit or 'such units'}")
    return exp.Anonymous(this="date_sub", expressions=[exp.Literal.string(unit), node.expression, node.this])


def _date_format(node: exp.TimeToStr) -> exp.Expr:
    form = node.args.get("format")
    if not (isinstance(form, exp.Literal) and form.is_string and _FORM.fullmatch(form.this)):
        raise unsupported("date_format with other than %Y %m %d %H %i %s")
    return exp.Anonymous(this="strftime", expressions=[node.this, form])


def _trim(node: exp.Trim) -> exp.Expr:
    if node.expression:
        raise unsupported("trim of other than white space")
    sides = {"LEADING": ("ltrim",), "TRAILING": ("rtrim",)}.get(
        node.text("position").upper(), ("ltrim", "rtrim")
    )
    trimmed: exp.Expr = node.this
    for side in sides:
        trimmed = call(side, trimmed)
    return trimmed


def match(name: str, node: exp.Anonymous) -> exp.Expr:
    """`any_match`, `all_match`, `none_match` of an array and a lambda."""
    if len(node.expressions) != 2 or not isinstance(node.expressions[1], exp.Lambda):  # noqa: PLR2004 - both
        raise unsupported(f"{name} without a lambda")
    met = exp.Transform(this=node.expressions[0], expression=node.expressions[1])
    found = call("all_true" if name == "all_match" else "any_true", met)
    return exp.Not(this=exp.Paren(this=found)) if name == "none_match" else found


def _join(node: exp.ArrayToString) -> exp.Expr:
    if node.args.get("null"):
        raise unsupported("array_join with a text for NULL")
    return node


def _sort(node: exp.ArraySort) -> exp.Expr:
    if node.args.get("expression"):
        raise unsupported("array_sort with a comparison")
    return node


REWRITTEN: dict[type[exp.Expr], Callable[..., exp.Expr]] = {
    exp.ApproxDistinct: lambda node: exp.Count(this=exp.Distinct(expressions=[node.this])),
    exp.ArgMax: _by,
    exp.ArgMin: _by,
    exp.ArrayContains: _contains,
    exp.ArrayDistinct: lambda node: call("array_distinct", node.this),
    exp.ArraySlice: lambda node: call("slice", node.this, node.args["start"], node.args["end"]),
    exp.ArraySort: _sort,
    exp.ArrayToString: _join,
    exp.Cast: _cast,
    # DuckDB's count_if of nothing but NULLs is NULL, Trino's 0.
    exp.CountIf: lambda node: exp.Count(this=exp.case().when(node.this, exp.Literal.number(1))),
    exp.DateDiff: _date_diff,
    exp.Div: lambda node: call("divide", node.this, node.expression),
    exp.Encode: lambda node: exp.Anonymous(this="encode", expressions=[node.this]),
    exp.FromBase: lambda node: call("from_base", node.this, node.expression),
    exp.FromISO8601Timestamp: lambda node: call("from_iso8601_timestamp", node.this),
    exp.Hex: lambda node: exp.Anonymous(this="hex", expressions=[node.this]),
    exp.JSONExtract: lambda node: call("json_extract", node.this, _json_path(node)),
    exp.JSONExtractScalar: lambda node: call("json_extract_scalar", node.this, _json_path(node)),
    exp.JSONFormat: lambda node: exp.cast(node.this, "varchar", copy=False),
    exp.MD5Digest: lambda node: call("md5", node.this),
    exp.Mod: lambda node: call("modulo", node.this, node.expression),
    exp.ParseJSON: lambda node: exp.Anonymous(this="json", expressions=[node.this]),
    exp.RegexpExtract: lambda node: call(
        "regexp_extract", node.this, node.expression, node.args.get("group") or exp.Literal.number(0)
    ),
    exp.RegexpReplace: _replacement,
    exp.SplitPart: lambda node: call(
        "split_part", node.this, node.args["delimiter"], node.args["part_index"]
    ),
    exp.Substring: _substr,
    exp.TimeToStr: _date_format,
    exp.Trim: _trim,
    exp.TryCast: _cast,
}
"""Functions (and operators) that become something else."""

MATCHES: frozenset[str] = frozenset({"any_match", "all_match", "none_match"})
"""Functions of an array and a lambda, for `match`."""

NAMED: frozenset[str] = frozenset({"url_decode", "json_array_length"})
"""Functions that sqlglot has no class for and `macros` has a macro for."""
