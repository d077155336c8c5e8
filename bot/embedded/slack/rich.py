"""The schema of rich_text blocks and of table cells.

Source: docs.slack.dev /reference/block-kit/blocks/rich-text-block, /table-block, /data-table-block.
"""

from . import limits
from .checks import Check, by_type, flag, items, link, nullable, one_of, shape, string, whole

STYLE = shape(
    {},
    dict.fromkeys(
        ("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink"), flag
    ),
)
STYLED = {"style": STYLE}
LEAVES: dict[str, Check] = {
    "text": shape({"text": string(None, 1)}, STYLED),
    "link": shape({"url": link(limits.URL)}, STYLED | {"text": string(), "unsafe": flag}),
    "emoji": shape({"name": string(None, 1)}, STYLED | {"unicode": string(), "skin_tone": whole(1, 6)}),
    "user": shape({"user_id": string(None, 1)}, STYLED),
    "usergroup": shape({"usergroup_id": string(None, 1)}, STYLED),
    "channel": shape({"channel_id": string(None, 1)}, STYLED),
    "team": shape({"team_id": string(None, 1)}, STYLED),
    "broadcast": shape({"range": one_of("here", "channel", "everyone")}, STYLED),
    "color": shape({"value": string(None, 1)}, STYLED),
    "date": shape(
        {"timestamp": whole(0), "format": string(None, 1)},
        STYLED | {"url": link(limits.URL), "fallback": string()},
    ),
}
# An empty section, quote or preformatted part makes Slack refuse the whole message (observed).
LEAF = items(by_type(LEAVES), None, 1)
BORDER = {"border": whole(0, 1)}
SECTION = shape({"elements": LEAF})
LIST = shape(
    {"elements": items(by_type({"rich_text_section": SECTION})), "style": one_of("bullet", "ordered")},
    BORDER | {"indent": whole(0, limits.LIST_INDENT), "offset": whole(0)},
)
PARTS: dict[str, Check] = {
    "rich_text_section": SECTION,
    "rich_text_list": LIST,
    "rich_text_preformatted": shape(
        {"elements": items(by_type(LEAVES, frozenset({"text", "link"})), None, 1)},
        BORDER | {"language": string()},
    ),
    "rich_text_quote": shape({"elements": LEAF}, BORDER),
}
RICH_TEXT = shape({"elements": items(by_type(PARTS), None, 1)}, {"block_id": string(limits.ID, 1)})

# Slack refuses empty cells: write a dash or a space instead.
RAW_TEXT = shape({"text": string(None, 1)})
CELLS: dict[str, Check] = {"raw_text": RAW_TEXT, "rich_text": RICH_TEXT}
COLUMN = shape({}, {"align": one_of("left", "center", "right"), "is_wrapped": flag})
TABLE = shape(
    {"rows": items(items(by_type(CELLS), limits.TABLE_COLUMNS), limits.TABLE_ROWS, 1)},
    {"column_settings": items(nullable(COLUMN), limits.TABLE_COLUMNS), "block_id": string(limits.ID, 1)},
)
RAW_NUMBER = shape({"value": whole(-(2**53))}, strict=False)
DATA_TABLE = shape(
    {
        "caption": string(None, 1),
        "rows": items(
            items(by_type(CELLS | {"raw_number": RAW_NUMBER}), limits.TABLE_COLUMNS, 1),
            limits.DATA_TABLE_ROWS,
            2,
        ),
    },
    {
        "page_size": whole(1, limits.PAGE_SIZE),
        "row_header_column_index": whole(0),
        "block_id": string(limits.ID, 1),
    },
)
