"""Deep links into Config's console."""

from urllib.parse import quote

from bot.core import regions


def console(region: str | None, page: str, **named: str) -> str | None:
    """The page with its named values, quoted; None without a region (reference: config §9)."""
    if region is None or not regions.is_code(region):
        return None
    asked = "&".join(f"{name}={quote(value, safe='')}" for name, value in named.items())
    return f"https://{regions.console(region)}/config/home?region={region}#{page}?{asked}"
