"""What the template is told, and what follows from it."""

from typing import Any

from bot.deploy.cloudformation import ref
from bot.deploy.names import BILL_REGION


def parameters() -> dict[str, Any]:
    """Only the home region must be said."""
    return {
        "Name": _text("What everything here is called", "noroshi", "[a-z][a-z0-9-]{0,30}[a-z0-9]"),
        "HomeRegion": _text("The region of the bot's queue; the same in every stack", None, "[a-z0-9-]+"),
        "HomeAccount": _text("The bot's account; empty for this one", "", "([0-9]{12})?"),
        "Organization": _text("An organisation whose accounts may send home", "", "(o-[a-z0-9]{10,32})?"),
        "Accounts": {
            "Type": "CommaDelimitedList",
            "Default": "",
            "Description": "Or single accounts that may, by their ids",
        },
        "Encryption": _choice(
            "sqs costs nothing; kms makes a key in each region (1 USD a month)", "sqs", "kms"
        ),
        "RootReads": _choice("Whether root's calls that only read are told too", "yes", "no"),
        "OperatorEmail": _text("Who is mailed when the way itself is broken", "", r"([^@\s]+@[^@\s]+)?"),
        "Store": _choice("dynamodb makes a table, for several replicas of the bot", "sqlite", "dynamodb"),
        "BotRole": _text("The name of the bot's role, which is given its policy", "", r"[\w+=,.@-]{0,64}"),
        "Archive": _choice(
            "Whether the bot may archive findings, for those whom access.change names", "no", "yes"
        ),
    }


def _text(description: str, default: str | None, pattern: str) -> dict[str, Any]:
    given = {} if default is None else {"Default": default}
    return {"Type": "String", **given, "AllowedPattern": pattern, "Description": description}


def _choice(description: str, default: str, *others: str) -> dict[str, Any]:
    values = [default, *others]
    return {"Type": "String", "Default": default, "AllowedValues": values, "Description": description}


def conditions() -> dict[str, Any]:
    """What this stack is: home, where the bill is, or only where events come from; and what was asked for."""
    in_account = {"Condition": "InHomeAccount"}
    at_home = {"Condition": "AtHome"}
    return {
        "NamesHomeAccount": _given("HomeAccount"),
        "InHomeAccount": {"Fn::Or": [_is("HomeAccount", ""), _is("HomeAccount", ref("AWS::AccountId"))]},
        "AtHome": {"Fn::And": [in_account, _is("AWS::Region", ref("HomeRegion"))]},
        "Away": {"Fn::Not": [at_home]},
        "HearsBill": {"Fn::And": [in_account, _is("AWS::Region", BILL_REGION)]},
        "HearsOrganization": {"Fn::And": [at_home, _given("Organization")]},
        "HearsAccounts": {
            "Fn::And": [
                at_home,
                {"Fn::Not": [{"Fn::Equals": [{"Fn::Join": ["", ref("Accounts")]}, ""]}]},
            ]
        },
        "OwnKey": _is("Encryption", "kms"),
        "RootReads": _is("RootReads", "yes"),
        "HasOperator": _given("OperatorEmail"),
        "HasQueueKey": {"Fn::And": [at_home, {"Condition": "OwnKey"}]},
        "HasTable": {"Fn::And": [at_home, _is("Store", "dynamodb")]},
        "HasRole": _given("BotRole"),
        "MayArchive": {"Fn::And": [at_home, _is("Archive", "yes")]},
    }


def _is(name: str, value: Any) -> dict[str, Any]:
    return {"Fn::Equals": [ref(name), value]}


def _given(name: str) -> dict[str, Any]:
    return {"Fn::Not": [_is(name, "")]}
