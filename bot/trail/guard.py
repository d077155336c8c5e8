"""A person's statement, read into a tree and let through only where each of its parts is known to be harmless.

What is allowed is listed, not what is forbidden: a kind of node, a function or a table that nobody has thought of is
refused. The text that is sent is written anew from the tree, so nothing that was not understood is sent.
Loads sqlglot, which takes a while: import it only where a statement is there to be read.
"""

import re
from typing import Final

import sqlglot
from sqlglot import exp
from sqlglot.errors import ErrorLevel, SqlglotError

from bot.trail.guard_words import first_line, nearest, one, refuse, too_deep
from bot.trail.trino_functions import FUNCTIONS

_DIALECT = "trino"
_DEEPEST = 100
_FUNCTION = re.compile(r"([a-z0-9_]+)(\(|$)")

_CLAUSES = (
    *(
        exp.Select,
        exp.SetOperation,
        exp.Subquery,
        exp.With,
        exp.CTE,
        exp.From,
        exp.Join,
        exp.Where,
        exp.Group,
    ),
    *(exp.Having, exp.Order, exp.Ordered, exp.Limit, exp.Offset, exp.Distinct, exp.Values, exp.Unnest),
    *(exp.GroupingSets, exp.Rollup, exp.Cube, exp.Window, exp.WindowSpec, exp.WithinGroup, exp.Filter),
    *(exp.IgnoreNulls, exp.RespectNulls),
)
_NAMES = (exp.Table, exp.TableAlias, exp.Alias, exp.Column, exp.Identifier, exp.Star, exp.Dot, exp.Var)
_VALUES = (
    *(exp.Literal, exp.Boolean, exp.Null, exp.Interval, exp.DataType, exp.DataTypeParam, exp.ColumnDef),
    *(
        exp.Tuple,
        exp.Paren,
        exp.Bracket,
        exp.Slice,
        exp.Lambda,
        exp.AtTimeZone,
        exp.JSONPath,
        exp.JSONPathPart,
    ),
    *(exp.Struct, exp.PropertyEQ),
)
_OPERATORS = (
    *(exp.And, exp.Or, exp.Not, exp.Neg, exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Is, exp.In),
    *(exp.Between, exp.Like, exp.Escape, exp.NullSafeEQ, exp.NullSafeNEQ, exp.Add, exp.Sub, exp.Mul, exp.Div),
    *(exp.Mod, exp.DPipe, exp.Case, exp.If, exp.Cast, exp.TryCast, exp.Any, exp.All, exp.Exists, exp.Array),
)
_ALLOWED = (*_CLAUSES, *_NAMES, *_VALUES, *_OPERATORS)
_WORDS: Final[dict[type[exp.Expr], str]] = {
    exp.Fetch: "FETCH FIRST (say LIMIT)",
    exp.UnicodeString: "a text with unicode escapes (say the characters)",
    exp.TableSample: "TABLESAMPLE",
    exp.Version: "a table's earlier version",
    exp.Lateral: "LATERAL",
    exp.Into: "SELECT INTO",
    exp.Hint: "a hint",
}


def guard(text: str) -> exp.Query:
    """The tree of one SELECT all of whose nodes are harmless, its tables and columns not yet looked at.

    Raises BadRequest that names what is refused.
    """
    tree = _parsed(one(text))
    nested = max((_depth(node) for node in tree.find_all(exp.Literal, exp.Identifier, exp.Star)), default=0)
    if nested > _DEEPEST:
        too_deep()
    for node in tree.walk():
        _check(node)
    return tree


def written(tree: exp.Query) -> str:
    """The tree in Athena's SQL, without comments; raises BadRequest for what it has no word for."""
    try:
        return tree.sql(_DIALECT, comments=False, unsupported_level=ErrorLevel.RAISE)
    except SqlglotError as error:
        refuse(f"Athena's SQL does not have that: {first_line(error)}.")
    except RecursionError:
        too_deep()


def _parsed(text: str) -> exp.Query:
    try:
        trees = [tree for tree in sqlglot.parse(text, read=_DIALECT) if tree]
    except SqlglotError as error:
        refuse(f"The SQL can't be read: {first_line(error)}.")
    except RecursionError:
        too_deep()
    tree = trees[0] if len(trees) == 1 else None
    if not isinstance(tree, exp.Select | exp.SetOperation):
        refuse("I take one SELECT, with WITH or UNION if you like, and no parentheses around the whole.")
    return tree


def _depth(node: exp.Expr) -> int:
    depth, above = 0, node.parent
    while above is not None and depth <= _DEEPEST:
        depth, above = depth + 1, above.parent
    return depth


def _check(node: exp.Expr) -> None:
    if isinstance(node, exp.Func) and not isinstance(node, _OPERATORS):
        return _check_function(node)
    if not isinstance(node, _ALLOWED):
        refuse(f"{_WORDS.get(type(node), node.key.upper())} is not taken here.")
    _check_clause(node)
    return None


def _check_clause(node: exp.Expr) -> None:
    match node:
        case exp.With() if node.args.get("recursive"):
            refuse("WITH RECURSIVE is not taken.")
        case exp.Table() if not isinstance(node.this, exp.Identifier):
            refuse("A table function is not taken.")
        case exp.Subquery() if not isinstance(node.this, exp.Query):
            refuse("Parentheses stand around a SELECT only, not around a table.")
        case exp.Join() if node.method:
            refuse(f"{node.method} JOIN is not taken: say JOIN … ON.")
        case exp.Star() if any(node.args.values()):
            refuse("* EXCEPT and * REPLACE are not Athena's: name the columns.")
        case exp.Dot() if isinstance(node.expression, exp.Func):
            refuse("A function of a catalog or a schema is not taken; Athena's own ones are.")
        case exp.Dot() if isinstance(node.expression, exp.Star):
            refuse("A row's fields are to be named, instead of *.")
        case exp.Select() | exp.SetOperation() if more := set(_used(node)) - _QUERIES:
            refuse(f"{' and '.join(sorted(more)).replace('_', ' ').upper()} is not taken.")


_QUERIES = frozenset(
    {
        *(
            "expressions",
            "from_",
            "where",
            "group",
            "having",
            "order",
            "limit",
            "offset",
            "distinct",
            "joins",
            "with_",
        ),
        *("this", "expression"),  # a UNION's two sides
    }
)


def _used(node: exp.Expr) -> list[str]:
    return [name for name, value in node.args.items() if value]


def _check_function(node: exp.Func) -> None:
    said = node.name if isinstance(node, exp.Anonymous) else node.sql(_DIALECT)
    found = _FUNCTION.match(said.lower())
    name = found[1] if found else said.partition("(")[0].lower()
    if name not in FUNCTIONS:
        refuse(f"I know no function {name[:60]} of Athena's.{nearest(name, FUNCTIONS)}")
