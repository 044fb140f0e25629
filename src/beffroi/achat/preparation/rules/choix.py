"""Choisir autre chose que ce qui est proposé : une voie permise, et une raison."""

from collections.abc import Sequence

from beffroi.achat.preparation.rules.procedure import est_menee
from droit.decision import Decision, Motif
from droit.regime import Alternative


def peut_etre_choisie(*, cle: str, voies: Sequence[Alternative], rang: int, motif: str) -> Decision:
    """La voie est dans la liste, la plateforme la mène, et l'acheteur dit pourquoi."""
    if not 0 <= rang < len(voies):
        return Decision.refus(Motif("Ce choix n'est plus proposé. Rechargez la page."))
    voie = voies[rang]
    if cle == "procedure" and not est_menee(voie.valeurs[0]):
        return Decision.refus(
            Motif(
                f"« {voie.libelle} » n'est pas encore menée par la plateforme. "
                "Demandez conseil au centre de gestion."
            )
        )
    if not motif.strip():
        return Decision.refus(Motif("Dites pourquoi : la raison est gardée avec le choix."))
    return Decision.accord()
