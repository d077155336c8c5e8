"""What Config's own refusals mean, for the question that was asked."""

from bot.adapters.aws.config_asked import ABSENT
from bot.adapters.aws.errors import code
from bot.adapters.aws.together import Refusals
from bot.core.configuration.item import Resource
from bot.errors import BadRequest, NoroshiError, NotFound, Upstream

_NO_TYPE = frozenset({"ValidationException", "InvalidParameterValueException"})


def meaning(error: Upstream, resource: Resource, where: str) -> NoroshiError:
    """Give the error that says what a refused history means; `where` is the place in words."""
    match code(error):
        case "ResourceNotDiscoveredException":
            return NotFound(
                f"AWS Config has never recorded {resource.type} {resource.id} in {where}.",
                "Ids are told apart by case. It may be in another account or region, of a type that is not recorded, "
                "or gone before it was recorded.",
            )
        case "NoAvailableConfigurationRecorderException":
            return NotFound(
                f"AWS Config is not switched on in {where}, so it has no history there.",
                "Switch a recorder on there (AWS Config developer guide: Setting up AWS Config).",
            )
        case refused if refused in _NO_TYPE:
            return BadRequest(
                f"AWS Config does not take {resource.type} {resource.id[:80]}: it knows no such type, or no such id.",
                "Say --type as AWS writes it, such as AWS::EC2::SecurityGroup.",
            )
    return error


def refusals() -> Refusals:
    """None yet; that a place has no record of something will be none."""
    return Refusals("config-refused", ABSENT)


def is_absence(error: Upstream) -> bool:
    """Whether the place merely has no record of it."""
    return code(error) in ABSENT


def is_nonsense(error: Upstream) -> bool:
    """Whether Config does not take the type or the id at all."""
    return code(error) in _NO_TYPE
