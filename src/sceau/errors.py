"""The one family of errors of this package, and the sentences it says."""

from typing import Self


class Said(str):
    """An English sentence that keeps its template and its values:
    the template is stable, so another language can say it.
    """

    template: str
    values: dict[str, object]

    def __new__(cls, template: str, **values: object) -> Self:
        said = super().__new__(cls, template.format(**values) if values else template)
        said.template, said.values = template, values
        return said

    def followed_by(self, *details: str) -> "Said":
        """The same sentence;
        what follows it is for a person who investigates, and is not translated.
        """
        longer = str.__new__(Said, " ".join([self, *details]))
        longer.template, longer.values = self.template, self.values
        return longer


class SealError(Exception):
    """Something is not what it should be.

    The message is one English sentence; no secret ever enters it.
    """

    def __init__(self, template: str, *details: str, **values: object) -> None:
        self.said = Said(template, **values)
        super().__init__(self.said)
        self.details = details

    def diagnostics(self) -> list[str]:
        """What a person who investigates should read, line by line."""
        return [f"{type(self).__name__}: {self}", *self.details]


class NoMatch(SealError):
    """No given identity opens this file."""


class HeaderError(SealError):
    """The header is malformed, or a stanza breaks the rules of its type."""


class HmacError(SealError):
    """The header was altered after it was written."""


class PayloadError(SealError):
    """The content is truncated, altered, reordered or too long."""


class ArmorError(SealError):
    """The ASCII armor around the file is malformed."""


class TimestampError(SealError):
    """A timestamp token does not prove what it is said to prove."""


class UntrustedAuthority(TimestampError):
    """The token is sound, but nothing links its authority to a trusted root."""


class StolenKey(SealError):
    """A key of the register signed this, and others may sign with it: nothing can be concluded."""
