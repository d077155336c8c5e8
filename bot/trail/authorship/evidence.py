"""What a call's parameters say of one piece of a change: that it did it, that it may have, or that it did not."""

import re
from enum import IntEnum

from bot.trail.authorship.atoms import Atom
from bot.trail.authorship.deeds import Deed
from bot.trail.authorship.values import Pairs


class Evidence(IntEnum):
    """How well a call explains a piece."""

    NOT = 0
    """It can't have done it: it writes something else, or its parameters say something else."""
    ASIDE = 1
    """It says something else that Config shows, but what it says may have brought this about."""
    SILENT = 2
    """It may write anything, and its parameters do not name this."""
    MAY = 3
    """It writes this part and nothing else, but does not say with what."""
    AGREES = 4
    """Its parameters say this."""


_NOT, _ASIDE, _SILENT, _MAY, _AGREES = Evidence
# What follows other changes by itself.
_FOLLOWS = re.compile(r"status|state|^pending|^lastupdate|^latest|^cpuoptions|^endpoint|^publicip|^publicdns")


def evidence(deed: Deed, atom: Atom) -> Evidence:  # noqa: PLR0911 - one return a kind of piece
    """How well the call explains the piece."""
    match atom.about:
        case "made":
            return _AGREES if deed.writer.effect == "creates" else _NOT
        case "gone":
            return _AGREES if deed.writer.effect == "deletes" else _NOT
        case "tag":
            return _tag(deed, atom)
        case _:
            pass
    if not deed.writer.writes(atom.part) or not _directed(deed, atom):
        return _NOT
    match atom.about:
        case "rule" if deed.writer.effect in {"creates", "deletes"}:
            return _NOT
        case "rule":
            return _rule(deed, atom)
        case "document":
            return _document(deed, atom)
        case _:
            return _setting(deed, atom)


def _directed(deed: Deed, atom: Atom) -> bool:
    """Whether what it does to the part can look like this."""
    match deed.writer.effect:
        case "adds":
            return atom.kind != "removed"
        case "removes":
            return atom.kind == "removed"
        case "clears":
            return atom.kind != "added"
        case _:
            return True


def _tag(deed: Deed, atom: Atom) -> Evidence:
    if not deed.writer.known or not deed.writer.writes(atom.part) or deed.writer.parts == ("*",):
        return _NOT
    key, new = atom.tag
    said = key in deed.tags
    match deed.writer.effect:
        case "removes":
            # Without keys all of them go (DeleteBucketTagging).
            return _AGREES if atom.kind == "removed" and (said or not deed.tags) else _NOT
        case "sets":
            if key in deed.tags if new is None else deed.tags.get(key) != new:
                return _NOT
            # Those of AWS's own stay whatever is set.
            whole = {pair for pair in atom.whole if not pair[0].startswith("aws:")}
            return _AGREES if whole == set(deed.tags.items()) else _MAY
        case _:
            return _AGREES if said and new is not None and (deed.tags[key] or "") == new else _NOT


def _rule(deed: Deed, atom: Atom) -> Evidence:
    if atom.rule in deed.rules:
        return _AGREES
    # By a rule's id alone, or of what was there before it was modified.
    unsaid = not deed.rules or deed.unread_rules or (deed.writer.effect == "sets" and atom.kind == "removed")
    return _MAY if unsaid else _NOT


def _document(deed: Deed, atom: Atom) -> Evidence:
    if atom.name and deed.documents and not atom.name & deed.texts:
        return _NOT
    if deed.documents & atom.documents:
        return _AGREES
    if deed.documents:
        # AWS writes some documents anew (a deleted role's ARN becomes its id).
        return _SILENT if atom.documents else _NOT
    return _setting(deed, atom)


def _setting(deed: Deed, atom: Atom) -> Evidence:
    if deed.writer.effect in {"creates", "deletes"} and not deed.writer.narrow:
        # What is made or goes passes through states of its own, and no call says so.
        return _SILENT
    if deed.writer.effect == "clears":
        return _AGREES if atom.kind == "removed" else _MAY
    if (found := _content(deed, atom)) is not None:
        return found
    return _unsaid_by_narrow(deed, atom) if deed.writer.narrow else _unsaid_by_broad(deed, atom)


def _unsaid_by_narrow(deed: Deed, atom: Atom) -> Evidence:
    """Of a call that writes this part alone, and whose parameters do not say it."""
    if atom.pairs and atom.kind != "removed" and (told := _answer(deed, atom)):
        return _AGREES if told == atom.pairs else _NOT
    return _NOT if _is_of_another(deed, atom) else _MAY


def _unsaid_by_broad(deed: Deed, atom: Atom) -> Evidence:
    """Of a call that may write anything: what it does say, Config would show."""
    if atom.fields & {name for name, _ in deed.pairs}:
        return _SILENT if _FOLLOWS.search(atom.part) else _ASIDE
    return _SILENT


def _content(deed: Deed, atom: Atom) -> Evidence | None:
    """What its parameters say of it; None where they say neither yes nor no."""
    same = bool(deed.texts & atom.texts) if atom.texts else bool(deed.pairs & atom.pairs)
    if atom.kind == "removed" and deed.writer.effect == "sets":
        # What is set anew holds what stays.
        return _NOT if same and atom.texts else None
    if atom.kind != "removed" and _says_otherwise(deed, atom):
        return _NOT
    if not same:
        return None
    # Two permissions to the same service have much in common, but not their names.
    other = atom.keys and deed.writer.effect in {"adds", "removes"} and not atom.keys & deed.texts
    return _MAY if other or _differs_beside(deed, atom) else _AGREES


def _answer(deed: Deed, atom: Atom) -> Pairs:
    """What its answer says of the very fields (a function's new code has a digest that no parameter holds)."""
    names = {name for name, _ in atom.pairs}
    return frozenset(pair for pair in deed.answered if pair[0] in names)


def _is_of_another(deed: Deed, atom: Atom) -> bool:
    """Whether it names what it adds or removes (a policy's ARN), or tells what comes of it, and it is another."""
    if deed.writer.implies:
        return bool(atom.texts)
    return deed.writer.effect in {"adds", "removes"} and _names(deed) and bool(atom.texts)


def _names(deed: Deed) -> bool:
    return any(len(value) > 1 and not value.isdigit() for _, value in deed.pairs)


def _says_otherwise(deed: Deed, atom: Atom) -> bool:
    """Whether it sets the very field to something else."""
    said = {name for name, _ in deed.pairs}
    return any(name in said and (name, value) not in deed.pairs for name, value in atom.pairs)


def _differs_beside(deed: Deed, atom: Atom) -> bool:
    """Whether it sets the whole part, and to what it did not quite become: another set it after, or before."""
    if not deed.writer.narrow or deed.writer.effect != "sets":
        return False
    said, held = ({name for name, _ in pairs} for pairs in (deed.pairs, atom.whole))
    kept = {name for name, _ in deed.pairs & atom.whole}
    return bool((said & held) - kept)


def touches(deed: Deed, atom: Atom) -> bool:
    """Whether it is about the very thing that changed, whatever it does to it."""
    if not deed.writer.writes(atom.part):
        return False
    match atom.about:
        case "tag":
            return atom.tag[0] in deed.tags or deed.writer.effect == "sets"
        case "rule":
            return atom.rule in deed.rules
        case "document":
            return not atom.name or bool(atom.name & deed.texts)
        case _:
            names = {name for name, _ in deed.pairs}
            return bool(atom.keys & deed.texts) or any(name in names for name, _ in atom.pairs)
