"""Sans tiers de télétransmission agréé,
l'acheteur transmet lui-même par @CTES et joint la preuve.
"""

from beffroi.contrat.marches.ports import TransmissionDesActes


def tiers() -> TransmissionDesActes | None:
    return None
