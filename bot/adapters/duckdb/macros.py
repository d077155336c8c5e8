"""Trino's functions where DuckDB's of that name differ, as macros; `functions` says which call becomes which.

Sources: https://trino.io/docs/current/functions.html, and what DuckDB 2.0 gave when asked.
"""

from collections.abc import Iterator

from bot.adapters.duckdb.addresses import MACROS as _ADDRESSES

PREFIX = "trino_"

# DuckDB types whose text Trino writes alike (a double or a timestamp it writes otherwise).
_SAME_TEXT = "('VARCHAR', 'BOOLEAN', 'TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'HUGEINT', 'DATE')"
_INTEGERS = "('TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'HUGEINT', 'UBIGINT', 'INTEGER_LITERAL')"
_WHOLE = r"'[+-]?\d{1,18}'"
_ISO = r"'\d{4}-\d\d-\d\d(T\d\d(:\d\d(:\d\d([.,]\d{1,9})?)?)?(Z|[+-]\d\d(:?\d\d)?)?)?'"

# Java's white space, which trim takes away (DuckDB's takes blanks alone).
_BLANK = r"[\t-\r\x1c-\x20\x{1680}\x{2000}-\x{2006}\x{2008}-\x{200a}\x{2028}\x{2029}\x{205f}\x{3000}]"

_MACROS = {
    # NULL on malformed JSON (DuckDB raises), on objects and arrays (DuckDB gives their text).
    "json_extract_scalar(j, p)": """CASE WHEN TRY(json_extract_string(j, p))[1] IN ('{', '[')
        AND json_type(j, p) IN ('OBJECT', 'ARRAY') THEN NULL ELSE TRY(json_extract_string(j, p)) END""",
    "json_extract(j, p)": "CASE WHEN json_valid(j) THEN json_extract(j, p) END",
    "json_array_length(j)": """CASE WHEN json_valid(j) AND json_type(j) = 'ARRAY'
        THEN CAST(json_array_length(j) AS BIGINT) END""",
    # NULL where nothing matches (DuckDB gives '').
    "regexp_extract(s, p, g)": "CASE WHEN regexp_matches(s, p) THEN regexp_extract(s, p, g) END",
    # NULL past the last part (DuckDB gives ''); the parts count from 1.
    "split_part(s, d, n)": """CASE WHEN n < 1 THEN error('split_part: index must be greater than zero')
        WHEN split_part(s, d, n) = '' AND n > 1 + (length(s) - length(replace(s, d, ''))) // length(d) THEN NULL
        ELSE split_part(s, d, n) END""",
    # '' from 0 on, and before the text's start (DuckDB begins at the start).
    "substr(s, n)": "CASE WHEN n = 0 OR abs(n) > length(s) THEN '' ELSE substr(s, n) END",
    "substr_for(s, n, l)": """CASE WHEN n = 0 OR l < 1 OR abs(n) > length(s) THEN ''
        ELSE substr(substr(s, n), 1, l) END""",
    "slice(a, n, l)": """CASE WHEN n = 0 THEN error('SQL array indices start at 1')
        WHEN l < 1 OR abs(n) > len(a) THEN []
        ELSE list_slice(list_slice(a, n, len(a)), 1, l) END""",
    # A plus is a blank in a query string, as Java decodes it.
    "url_decode(s)": "url_decode(replace(s, '+', ' '))",
    "contains(a, x)": """CASE WHEN list_contains(a, x) THEN TRUE
        WHEN x IS NULL OR len(list_filter(a, LAMBDA e : e IS NULL)) > 0 THEN NULL
        ELSE list_contains(a, x) END""",
    "from_iso8601_timestamp(s)": f"""CASE WHEN regexp_full_match(s, {_ISO}) THEN CAST(s AS TIMESTAMPTZ)
        WHEN s IS NOT NULL THEN error('Invalid format: "' || s || '"') END""",
    "to_varchar(x)": f"""CASE WHEN typeof(x) = 'JSON' THEN json_extract_string(CAST(x AS VARCHAR), '$')
        WHEN typeof(x) IN {_SAME_TEXT} THEN CAST(x AS VARCHAR)
        WHEN x IS NOT NULL THEN error('CAST AS varchar of ' || typeof(x) || ' is not supported here') END""",
    # Texts must be whole numbers (DuckDB rounds '1.5'); halves go up (DuckDB rounds to even).
    "to_bigint(x)": f"""CASE WHEN typeof(x) IN ('VARCHAR', 'JSON') AND NOT regexp_full_match(CAST(x AS VARCHAR), {_WHOLE})
        THEN error('Cannot cast ''' || CAST(x AS VARCHAR) || ''' to BIGINT')
        WHEN typeof(x) IN ('DOUBLE', 'FLOAT') THEN CAST(floor(CAST(x AS DOUBLE) + 0.5) AS BIGINT)
        ELSE CAST(x AS BIGINT) END""",
    "try_bigint(x)": f"""CASE WHEN typeof(x) IN ('VARCHAR', 'JSON')
        THEN CASE WHEN regexp_full_match(CAST(x AS VARCHAR), {_WHOLE}) THEN TRY_CAST(x AS BIGINT) END
        WHEN typeof(x) IN ('DOUBLE', 'FLOAT') THEN TRY_CAST(floor(TRY_CAST(x AS DOUBLE) + 0.5) AS BIGINT)
        ELSE TRY_CAST(x AS BIGINT) END""",
    # DuckDB gives NULL where Trino fails.
    "divide(a, b)": f"""CASE WHEN typeof(a) IN {_INTEGERS} AND typeof(b) IN {_INTEGERS} AND b = 0
        THEN error('Division by zero') ELSE a / b END""",
    "md5(b)": "unhex(md5(b))",
    "from_base(s, r)": """CASE WHEN r = 16 THEN CAST('0x' || s AS BIGINT)
        ELSE error('from_base is supported here for 16 alone') END""",
    "ltrim(s)": f"regexp_replace(s, '^{_BLANK}+', '')",
    "rtrim(s)": f"regexp_replace(s, '{_BLANK}+$', '')",
    # NULL among what is neither true nor false leaves the answer open (DuckDB passes it over).
    "any_true(b)": "CASE WHEN list_contains(b, TRUE) THEN TRUE WHEN len(list_filter(b, LAMBDA e : e IS NULL)) > 0 THEN NULL WHEN b IS NOT NULL THEN FALSE END",
    "all_true(b)": "CASE WHEN list_contains(b, FALSE) THEN FALSE WHEN len(list_filter(b, LAMBDA e : e IS NULL)) > 0 THEN NULL WHEN b IS NOT NULL THEN TRUE END",
    # Each once, NULL too, where it stood first (DuckDB drops NULL and the order).
    "array_distinct(a)": """list_filter(a, LAMBDA e, i : CASE WHEN e IS NULL
        THEN len(list_filter(a[1:i - 1], LAMBDA o : o IS NULL)) = 0 ELSE list_position(a, e) = i END)""",
    "modulo(a, b)": "CASE WHEN b = 0 THEN error('Division by zero') ELSE a % b END",
}


_ALL = _ADDRESSES | _MACROS


def prelude(sql: str | None = None) -> Iterator[str]:
    """The statements that make the macros: all, or only what `sql` needs, for making all takes 20 ms."""
    for signature in _ALL if sql is None else _needed(sql.lower()):
        yield f"CREATE MACRO {PREFIX}{signature} AS ({_ALL[signature]})"


def _needed(sql: str) -> list[str]:
    needed: list[str] = []
    for signature in reversed(_ALL):  # a macro calls those before it
        if f"{PREFIX}{signature.partition('(')[0]}(" in sql:
            needed.insert(0, signature)
            sql += _ALL[signature]
    return needed
