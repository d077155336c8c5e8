"""The schema of composition objects and interactive elements.

Source: docs.slack.dev /reference/block-kit/composition-objects and /block-elements.
"""

from . import limits
from .checks import Check, any_of, anything, both, by_type, flag, items, link, one_of, shape, string, whole


def text(most: int, *kinds: str, least: int = 1) -> Check:
    """A text object: `emoji` only on plain_text, `verbatim` only on mrkdwn."""
    length = string(most, least)
    table = {
        "plain_text": shape({"text": length}, {"emoji": flag}),
        "mrkdwn": shape({"text": length}, {"verbatim": flag}),
    }
    return by_type(table, frozenset(kinds or table))


def plain(most: int) -> Check:
    """A plain_text object."""
    return text(most, "plain_text")


CONFIRM = shape(
    {"title": plain(limits.CONFIRM_TITLE), "text": text(limits.CONFIRM_TEXT)},
    {
        "confirm": plain(limits.CONFIRM_BUTTON),
        "deny": plain(limits.CONFIRM_BUTTON),
        "style": one_of("primary", "danger"),
    },
)
OPTION = shape(
    {"text": text(limits.OPTION_TEXT), "value": string(limits.OPTION_VALUE, 1)},
    {"description": text(limits.OPTION_TEXT), "url": link(limits.OPTION_URL)},
)
GROUP = shape({"label": plain(limits.GROUP_LABEL), "options": items(OPTION, limits.OPTIONS, 1)})
IMAGE = shape(
    {"alt_text": string(limits.ALT_TEXT, 1)}, {"image_url": link(limits.URL), "slack_file": anything}
)
COMMON = {"action_id": string(limits.ID, 1), "confirm": CONFIRM, "focus_on_load": flag}
PLACED = COMMON | {"placeholder": plain(limits.PLACEHOLDER)}
DISPATCH = shape({}, {"trigger_actions_on": items(one_of("on_enter_pressed", "on_character_entered"), 2, 1)})
LISTED = {"options": items(OPTION, limits.OPTIONS, 1), "option_groups": items(GROUP, limits.OPTIONS, 1)}
WRITTEN = {
    "placeholder": plain(limits.PLACEHOLDER),
    "dispatch_action_config": DISPATCH,
    "focus_on_load": flag,
}
WRITTEN |= {"action_id": string(limits.ID, 1)}
LENGTHS = {"min_length": whole(0, limits.INPUT_LENGTH), "max_length": whole(1, limits.INPUT_LENGTH)}
WANTED = {"response_url_enabled": flag, "default_to_current_conversation": flag, "filter": anything}


def boxes(initial: dict[str, Check]) -> Check:
    """Checkboxes or radio buttons."""
    return shape({"options": items(OPTION, limits.BOX_OPTIONS, 1)}, COMMON | initial)


def select(**own: Check) -> Check:
    """A select menu of one choice."""
    return shape({}, PLACED | own)


def multi(**own: Check) -> Check:
    """A select menu of several choices."""
    return shape({}, PLACED | {"max_selected_items": whole(1)} | own)


STRINGS = items(string())
STATIC = any_of("options", "option_groups")
ELEMENTS: dict[str, Check] = {
    "button": shape(
        {"text": plain(limits.BUTTON_TEXT)},
        {
            "action_id": COMMON["action_id"],
            "confirm": CONFIRM,
            "value": string(limits.BUTTON_VALUE),
            "url": link(limits.URL),
            "style": one_of("primary", "danger"),
            "accessibility_label": string(limits.BUTTON_TEXT),
            "agent_prompt": anything,
        },
    ),
    "checkboxes": boxes({"initial_options": items(OPTION, limits.BOX_OPTIONS, 1)}),
    "radio_buttons": boxes({"initial_option": OPTION}),
    "overflow": shape(
        {"options": items(OPTION, limits.OVERFLOW_OPTIONS, 1)},
        {"action_id": COMMON["action_id"], "confirm": CONFIRM},
    ),
    "datepicker": select(initial_date=string(10, 10)),
    "timepicker": select(initial_time=string(5, 5), timezone=string()),
    "datetimepicker": shape({}, COMMON | {"initial_date_time": whole(1)}),
    "static_select": both(select(**LISTED, initial_option=OPTION), STATIC),
    "external_select": select(initial_option=OPTION, min_query_length=whole(0)),
    "users_select": select(initial_user=string()),
    "channels_select": select(initial_channel=string(), response_url_enabled=flag),
    "conversations_select": select(initial_conversation=string(), **WANTED),
    "multi_static_select": both(multi(**LISTED, initial_options=items(OPTION, limits.OPTIONS, 1)), STATIC),
    "multi_external_select": multi(initial_options=items(OPTION), min_query_length=whole(0)),
    "multi_users_select": multi(initial_users=STRINGS),
    "multi_channels_select": multi(initial_channels=STRINGS),
    "multi_conversations_select": multi(initial_conversations=STRINGS, **WANTED),
    "plain_text_input": shape(
        {}, WRITTEN | LENGTHS | {"initial_value": string(limits.INPUT_LENGTH), "multiline": flag}
    ),
    "email_text_input": shape({}, WRITTEN | {"initial_value": string()}),
    "url_text_input": shape({}, WRITTEN | {"initial_value": string()}),
    "number_input": shape(
        {"is_decimal_allowed": flag},
        WRITTEN | {"initial_value": string(), "min_value": string(), "max_value": string()},
    ),
    "rich_text_input": shape(
        {}, WRITTEN | {"initial_value": anything, "min_lines": whole(1, 100), "max_lines": whole(1, 100)}
    ),
    "file_input": shape(
        {}, {"action_id": COMMON["action_id"], "filetypes": STRINGS, "max_files": whole(1, limits.MAX_FILES)}
    ),
    "workflow_button": shape(
        {"text": plain(limits.BUTTON_TEXT), "workflow": anything}, COMMON | {"style": anything}
    ),
    "image": both(IMAGE, any_of("image_url", "slack_file")),
    "feedback_buttons": shape({"positive_button": anything, "negative_button": anything}, COMMON),
    "icon_button": shape(
        {"icon": string(), "text": plain(limits.BUTTON_TEXT)},
        COMMON
        | {
            "value": string(limits.BUTTON_VALUE),
            "accessibility_label": string(75),
            "visible_to_user_ids": items(string(), 10),
        },
    ),
}
SELECTS = {kind for kind in ELEMENTS if kind.endswith("_select")}
PRESSED = SELECTS | {
    "button",
    "checkboxes",
    "radio_buttons",
    "overflow",
    "datepicker",
    "timepicker",
    "workflow_button",
}
IN_SECTION = frozenset(PRESSED | {"image"})
IN_ACTIONS = frozenset(PRESSED | {"datetimepicker", "rich_text_input"})
IN_INPUT = frozenset(
    SELECTS
    | {"checkboxes", "radio_buttons", "datepicker", "timepicker", "datetimepicker", "plain_text_input"}
    | {"email_text_input", "url_text_input", "number_input", "rich_text_input", "file_input"}
)
