"""What is logged holds no token, whoever wrote it."""

import pytest

from bot.edges.logs import without_secrets


@pytest.mark.parametrize("token", ["xoxb-1-2-abc", "xapp-1-A-2-def", "xoxp-9-8-x"])
def test_a_token_is_cut_out_of_every_text(token):
    event = without_secrets(None, "info", {"event": f"refused {token}", "why": f"({token})", "count": 3})

    assert token not in str(event)
    assert event["count"] == 3
    assert event["event"].startswith("refused xo" if token.startswith("xo") else "refused xapp")
