"""Sealed bids: seal, open, timestamp, register and prove. No Django here, and no network.

    from sceau import Identity, seal, unseal

    identity = Identity.generate()
    with open("offre.pdf", "rb") as clear, open("offre.pdf.age", "wb") as sealed:
        seal(clear, sealed, to=identity.recipient)
    with open("offre.pdf.age", "rb") as sealed, open("copie.pdf", "wb") as clear:
        unseal(sealed, clear, [identity])

SPEC.md is normative; vectors/ is part of it.
"""

from sceau import log, receipt, shares, timestamp
from sceau.errors import SealError
from sceau.keys import Identity, Recipient
from sceau.profile import check_sealed
from sceau.sealing import seal, unseal

__all__ = [
    "Identity",
    "Recipient",
    "SealError",
    "check_sealed",
    "log",
    "receipt",
    "seal",
    "shares",
    "timestamp",
    "unseal",
]
