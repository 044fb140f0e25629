"""What can be concluded of the checks of an archive (SPEC.md, section 14).

found = receipt.verdict(receipt.verify(archive, log_keys=[log.Verifier(vkey)]))
sys.exit(found)  # 0 only when a key known from elsewhere says so
"""

from collections.abc import Collection, Iterable
from enum import IntEnum
from typing import Protocol

__all__ = ["Verdict", "agrees", "conclude"]

# A qualified token may come late, and needs roots of its own; the archive's own keys are told by
# the anchor that they leave without an answer.
_OPEN = {"qualified_timestamp", "key_from_archive"}


class Verdict(IntEnum):
    """The exit code of any program that verifies: each value is one, and no other is used."""

    INTACT = 0
    FALSE = 1
    UNREADABLE = 2
    NOT_ESTABLISHED = 3


class Judged(Protocol):
    """A check, as far as a conclusion needs it."""

    @property
    def code(self) -> str: ...

    @property
    def outcome(self) -> str: ...


def agrees(checks: Iterable[Judged], *, compulsory: Collection[str]) -> bool:
    """Whether nothing failed and everything compulsory succeeded, under whatever keys served."""
    outcomes = [(check.code, check.outcome) for check in checks]
    passed = {code for code, outcome in outcomes if outcome == "ok"}
    return passed >= {*compulsory} and all(outcome != "failed" for _, outcome in outcomes)


def conclude(
    checks: Iterable[Judged], *, compulsory: Collection[str], anchors: Collection[str]
) -> Verdict:
    """Intact when every compulsory check succeeded under every anchor, a key known from elsewhere.

    Without an anchor, the archive agrees with itself, and anybody can make one that does.
    """
    outcomes = [(check.code, check.outcome) for check in checks]
    failed = {code for code, outcome in outcomes if outcome == "failed"}
    if "archive" in failed:
        return Verdict.UNREADABLE
    if failed:
        return Verdict.FALSE
    passed = {code for code, outcome in outcomes if outcome == "ok"}
    undecided = {code for code, outcome in outcomes if outcome == "not_checked"} - _OPEN
    whole = passed >= {*compulsory, *anchors} and not undecided
    return Verdict.INTACT if whole else Verdict.NOT_ESTABLISHED
