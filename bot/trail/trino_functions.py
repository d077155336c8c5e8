"""The functions of Athena's SQL that a person's statement may call: they compute, and do nothing else.

Source: Athena user guide, Functions in Amazon Athena (engine version 3), and Trino's list of functions. Names
that are not here are refused: they may be an administrator's own, and reach out.
"""

from typing import Final

_COUNTING = """
    any_value approx_distinct approx_most_frequent approx_percentile arbitrary array_agg avg bool_and bool_or
    checksum corr count count_if covar_pop covar_samp cume_dist dense_rank every first_value geometric_mean
    histogram kurtosis lag last_value lead listagg map_agg map_union max max_by min min_by multimap_agg nth_value
    ntile numeric_histogram percent_rank rank regr_intercept regr_slope row_number skewness stddev stddev_pop
    stddev_samp sum var_pop var_samp variance
"""
_TEXTS = """
    chr codepoint concat concat_ws contains format format_number hamming_distance length levenshtein_distance
    lower lpad ltrim luhn_check normalize position regexp_count regexp_extract regexp_extract_all regexp_like
    regexp_position regexp_replace regexp_split replace reverse rpad rtrim soundex split split_part split_to_map
    split_to_multimap starts_with strpos substr substring translate trim upper word_stem
    url_decode url_encode url_extract_fragment url_extract_host url_extract_parameter url_extract_path
    url_extract_port url_extract_protocol url_extract_query
    json_array_contains json_array_get json_array_length json_extract json_extract_scalar json_format json_parse
    json_size is_json_scalar
    from_base from_base32 from_base64 from_base64url from_hex from_utf8 md5 sha1 sha256 sha512 crc32 xxhash64
    to_base to_base32 to_base64 to_base64url to_hex to_utf8
"""
_LISTS = """
    all_match any_match none_match array_distinct array_except array_intersect array_join array_max array_min
    array_position array_remove array_sort array_union arrays_overlap cardinality combinations element_at filter
    flatten map map_concat map_entries map_filter map_from_entries map_keys map_values map_zip_with ngrams reduce
    repeat row sequence shuffle slice transform transform_keys transform_values trim_array unnest zip zip_with
"""
_TIMES = """
    at_timezone current_date current_time current_timestamp current_timezone date date_add date_diff date_format
    date_parse date_trunc day day_of_month day_of_week day_of_year dow doy extract format_datetime
    from_iso8601_date from_iso8601_timestamp from_iso8601_timestamp_nanos from_unixtime hour
    human_readable_seconds last_day_of_month localtime localtimestamp millisecond minute month now
    parse_datetime parse_duration quarter second timezone_hour timezone_minute to_iso8601 to_milliseconds
    to_unixtime week week_of_year with_timezone year year_of_week yow
"""
_NUMBERS = """
    abs acos asin atan atan2 bit_count bitwise_and bitwise_and_agg bitwise_left_shift bitwise_not bitwise_or
    bitwise_or_agg bitwise_right_shift bitwise_xor cbrt ceil ceiling cos cosh degrees e exp floor infinity
    is_finite is_infinite is_nan ln log log10 log2 mod nan pi pow power radians rand random round sign sin sinh
    sqrt tan tanh to_char truncate width_bucket
"""
_OTHERS = "coalesce if nullif greatest least try typeof grouping uuid cast try_cast exists"

FUNCTIONS: Final = frozenset(f"{_COUNTING} {_TEXTS} {_LISTS} {_TIMES} {_NUMBERS} {_OTHERS}".split())
