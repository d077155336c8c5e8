"""The schema of blocks, and on which surfaces each may stand.

Source: docs.slack.dev /reference/block-kit/blocks/<name>-block. Where a block is newer than what we
know for sure, its fields are open and only the known limits hold.
"""

from . import limits
from .checks import Check, any_of, anything, both, by_type, flag, items, link, one_of, shape, string, whole
from .elements import ELEMENTS, IN_ACTIONS, IN_INPUT, IN_SECTION, plain, text
from .rich import DATA_TABLE, RICH_TEXT, TABLE

NAMED = {"block_id": string(limits.ID, 1)}
IN_CONTEXT: dict[str, Check] = {
    "image": ELEMENTS["image"],
    "mrkdwn": text(limits.TEXT),
    "plain_text": text(limits.TEXT),
}
CARD = both(
    shape(
        {},
        {
            "title": text(limits.CARD_TITLE),
            "subtitle": text(limits.CARD_TITLE),
            "body": text(limits.CARD_BODY),
            "subtext": text(limits.CARD_BODY),
            "actions": items(by_type(ELEMENTS), limits.CARD_ACTIONS),
        },
        strict=False,
    ),
    any_of("hero_image", "title", "actions", "body"),
)
BLOCKS: dict[str, Check] = {
    "section": both(
        shape(
            {},
            NAMED
            | {
                "text": text(limits.TEXT),
                "fields": items(text(limits.FIELD_TEXT), limits.SECTION_FIELDS, 1),
                "accessory": by_type(ELEMENTS, IN_SECTION),
                "expand": flag,
            },
        ),
        any_of("text", "fields"),
    ),
    "header": shape({"text": plain(limits.HEADER)}, NAMED | {"level": whole(1, 4)}),
    "divider": shape({}, NAMED),
    "context": shape({"elements": items(by_type(IN_CONTEXT), limits.CONTEXT_ELEMENTS, 1)}, NAMED),
    "context_actions": shape(
        {
            "elements": items(
                by_type(ELEMENTS, frozenset({"feedback_buttons", "icon_button"})), limits.CONTEXT_ACTIONS, 1
            )
        },
        NAMED,
    ),
    "actions": shape({"elements": items(by_type(ELEMENTS, IN_ACTIONS), limits.ACTIONS, 1)}, NAMED),
    "image": both(
        shape(
            {"alt_text": string(limits.ALT_TEXT, 1)},
            NAMED
            | {"image_url": link(limits.URL), "slack_file": anything, "title": plain(limits.IMAGE_TITLE)},
        ),
        any_of("image_url", "slack_file"),
    ),
    "input": shape(
        {"label": plain(limits.LABEL), "element": by_type(ELEMENTS, IN_INPUT)},
        NAMED | {"hint": plain(limits.LABEL), "optional": flag, "dispatch_action": flag},
    ),
    "rich_text": RICH_TEXT,
    "table": TABLE,
    "data_table": DATA_TABLE,
    "markdown": shape({"text": string(limits.MARKDOWN_CHARS, 1)}, NAMED),
    "file": shape({"external_id": string(limits.ID, 1), "source": one_of("remote")}, NAMED),
    "video": shape(
        {
            "alt_text": string(limits.ALT_TEXT, 1),
            "title": plain(limits.VIDEO_TITLE),
            "thumbnail_url": link(limits.URL),
            "video_url": link(limits.URL),
        },
        {"description": plain(limits.VIDEO_TITLE), "author_name": string(limits.VIDEO_AUTHOR)},
        strict=False,
    ),
    "alert": shape(
        {"text": text(limits.ALERT_TEXT)},
        NAMED | {"level": one_of("default", "info", "warning", "error", "success")},
        strict=False,
    ),
    "card": CARD,
    "carousel": shape({"elements": items(by_type({"card": CARD}), limits.CAROUSEL_CARDS, 1)}, strict=False),
    "container": both(
        shape(
            {"child_blocks": items(anything, limits.CONTAINER_BLOCKS, 1)},
            {"title": plain(limits.CARD_TITLE), "subtitle": plain(limits.CARD_TITLE)},
            strict=False,
        ),
        any_of("title", "rich_text_title"),
    ),
    "plan": shape({}, {"tasks": items(anything, limits.PLAN_TASKS)}, strict=False),
    "task_card": shape({}, {"status": one_of("in_progress", "complete", "error")}, strict=False),
    "data_visualization": shape({}, {"title": string(limits.CHART_TITLE)}, strict=False),
}
MESSAGE_ONLY = {"context_actions", "markdown", "task_card", "plan"}
NOT_IN_MODALS = {"table", "data_table", "carousel", "container", "data_visualization"}
MODAL_ONLY = {"alert"}
SURFACES: dict[str, frozenset[str]] = {
    "message": frozenset(BLOCKS) - MODAL_ONLY,
    "modal": frozenset(BLOCKS) - MESSAGE_ONLY - NOT_IN_MODALS,
    "home": frozenset(BLOCKS) - MESSAGE_ONLY - MODAL_ONLY,
}
