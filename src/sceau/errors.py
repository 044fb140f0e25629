"""The one family of errors of this package."""


class SealError(Exception):
    """Something is not what it should be. The message is one English sentence; no secret ever enters it."""

    def __init__(self, message: str, *details: str) -> None:
        super().__init__(message)
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
