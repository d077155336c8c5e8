"""EventBridge's matching, as far as the sources' patterns use it (docs: Event patterns; Comparison operators)."""

ABSENT = object()


def sent(source, event):
    """Whether any of the rules made of this source's patterns would send the event."""
    return any(selects(pattern, event) for pattern in source.patterns())


def selects(pattern, event):
    """Whether a rule with this pattern would send the event; arrays of objects match by any of theirs."""
    if isinstance(event, list):
        return any(selects(pattern, one) for one in event)
    if not isinstance(event, dict):
        return False
    return all(_field(name, wanted, event) for name, wanted in pattern.items())


def _field(name, wanted, event):
    if name == "$or":
        return any(selects(one, event) for one in wanted)
    if isinstance(wanted, dict):
        return selects(wanted, event.get(name))
    held = event.get(name, ABSENT)
    return any(_value(one, value) for one in wanted for value in (held if isinstance(held, list) else [held]))


def _value(wanted, value):
    match wanted:
        case {"exists": exists}:
            return exists is (value is not ABSENT)
        case {"prefix": prefix}:
            return isinstance(value, str) and value.startswith(prefix)
        case {"numeric": [">=", least]}:
            return isinstance(value, int | float) and value >= least
        case {"anything-but": others}:
            return value is not ABSENT and value not in (others if isinstance(others, list) else [others])
        case dict():
            raise NotImplementedError(wanted)
    return type(value) is type(wanted) and value == wanted
