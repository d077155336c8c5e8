"""IP addresses and networks in DuckDB's SQL, as macros: it has no type for them here.

Trino's `contains(network, address)` (https://trino.io/docs/current/functions/ipaddress.html), whose addresses
are parsed as Guava's InetAddresses does: no leading zeros in IPv4, no zone in IPv6; ::ffff:10.0.0.1 is 10.0.0.1.
"""

from typing import Final

_OCTET = r"(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_V4 = rf"{_OCTET}([.]{_OCTET}){{3}}"
_GROUPS = r"([0-9a-fA-F]{1,4}(:[0-9a-fA-F]{1,4})*)?"
# Groups, or groups around one :: that stands for at least one.
_V6 = rf"[0-9a-fA-F]{{1,4}}(:[0-9a-fA-F]{{1,4}}){{7}}|{_GROUPS}::{_GROUPS}"
_IN_V6 = rf"[0-9a-fA-F:]*:{_V4}"
_MAPPED = "00000000000000000000ffff"

MACROS: Final = {
    # Four numbers as eight digits.
    "ip4_digits(s)": "list_aggregate(list_transform(string_split(s, '.'), LAMBDA o : format('{:02x}', CAST(o AS INTEGER))), 'string_agg', '')",
    # IPv4 at the end of IPv6 as two groups.
    "ip6_groups(s)": f"""CASE WHEN regexp_full_match(s, '{_IN_V6}')
        THEN regexp_replace(s, '[^:]*$', '') || trino_ip4_digits(regexp_extract(s, '[^:]*$'))[1:4]
            || ':' || trino_ip4_digits(regexp_extract(s, '[^:]*$'))[5:8]
        ELSE s END""",
    "ip6_side(s)": "list_transform(list_filter(string_split(s, ':'), LAMBDA g : g <> ''), LAMBDA g : lpad(g, 4, '0'))",
    "ip6_sides(l, r, gap)": """CASE WHEN gap AND len(l) + len(r) < 8 OR NOT gap AND len(l) = 8
        THEN list_aggregate(l || list_resize(CAST([] AS VARCHAR[]), 8 - len(l) - len(r), '0000') || r, 'string_agg', '') END""",
    "ip6_digits(s)": f"""CASE WHEN regexp_full_match(s, '{_V6}') THEN trino_ip6_sides(trino_ip6_side(split_part(s, '::', 1)),
        trino_ip6_side(split_part(s, '::', 2)), strpos(s, '::') > 0) END""",
    # The address as 32 digits; NULL for what is none.
    "try_ipaddress(s)": f"""CASE WHEN regexp_full_match(s, '{_V4}') THEN '{_MAPPED}' || trino_ip4_digits(s)
        WHEN strpos(s, ':') > 0 THEN trino_ip6_digits(lower(trino_ip6_groups(s))) END""",
    "ipaddress(s)": """CASE WHEN s IS NULL OR trino_try_ipaddress(s) IS NOT NULL THEN trino_try_ipaddress(s)
        ELSE error('Cannot cast value to IPADDRESS: ' || s) END""",
    # DuckDB casts for every row of a column, also behind the last digit.
    "same_bits(a, b, n)": """a[1:n // 4] = b[1:n // 4] AND (n % 4 = 0 OR TRY_CAST('0x' || a[n // 4 + 1] AS INTEGER)
        >> (4 - n % 4) = TRY_CAST('0x' || b[n // 4 + 1] AS INTEGER) >> (4 - n % 4))""",
    "in_network(n, a)": f"""CASE WHEN n IS NULL OR a IS NULL THEN NULL
        WHEN NOT regexp_full_match(n, '[^/]+/\\d{{1,3}}') OR trino_try_ipaddress(split_part(n, '/', 1)) IS NULL
            OR TRY_CAST(split_part(n, '/', 2) AS INTEGER) > (CASE WHEN strpos(n, ':') > 0 THEN 128 ELSE 32 END)
        THEN error('Invalid CIDR: ' || n)
        WHEN (strpos(n, ':') = 0) <> starts_with(a, '{_MAPPED}') THEN FALSE
        ELSE trino_same_bits(a, trino_try_ipaddress(split_part(n, '/', 1)),
            TRY_CAST(split_part(n, '/', 2) AS INTEGER) + (CASE WHEN strpos(n, ':') > 0 THEN 0 ELSE 96 END)) END""",
}
"""Signatures without the prefix, and bodies."""
