"""What IAM Access Analyzer says of a policy (IAM user guide, "Access Analyzer policy validation")."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["error", "security-warning", "warning", "suggestion"]


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark: its code (`INVALID_ACTION`), its words, and where in the document (`Statement.0.Action`)."""

    kind: Kind
    code: str
    words: str
    where: str = ""
