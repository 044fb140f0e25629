"""Sans tiers de télétransmission agréé, l'acheteur transmet lui-même par @CTES et joint la preuve."""

from beffroi.marches.ports import AccuseDeTransmission, ActeATransmettre


def a_la_main(_: ActeATransmettre) -> AccuseDeTransmission | None:
    return None
