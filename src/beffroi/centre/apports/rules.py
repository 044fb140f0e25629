"""Quand une collectivité peut renvoyer quoi."""

from beffroi.centre.conventions.states import Etat
from droit.decision import Decision, Motif

ATTENDU = {Etat.CHEZ_LA_COLLECTIVITE: "deliberation", Etat.DELIBERATION_RECUE: "exemplaire"}
APPORTS_PAR_JOUR = 10
PLUS_RIEN = (
    "Cette convention n'attend plus rien de vous. "
    "Appelez le centre de gestion si vous pensez le contraire."
)


def attendu(etat: str, *, a_signe: bool) -> str:
    """`deliberation`, `exemplaire`, ou rien :
    ce que la convention attend de l'adhérent dans cet état.
    """
    sorte = ATTENDU.get(Etat(etat), "")
    return "" if sorte == "exemplaire" and a_signe else sorte


def vaut_encore(sorte: str, *, attendue: str) -> Decision:
    """Un fichier ne se retient que si la convention l'attend toujours."""
    if sorte == attendue:
        return Decision.accord()
    return Decision.refus(
        Motif("La convention n'attend plus ce fichier : elle a avancé depuis qu'il est arrivé.")
    )


def peut_apporter(sorte: str, *, etat: str, a_signe: bool, du_jour: int) -> Decision:
    """Ce que la convention attend, et dix fois par jour au plus."""
    return Decision.selon(
        Motif(PLUS_RIEN) if attendu(etat, a_signe=a_signe) != sorte else None,
        Motif(
            "Dix fichiers sont déjà arrivés aujourd'hui pour cette convention. "
            "Appelez le centre de gestion."
        )
        if du_jour >= APPORTS_PAR_JOUR
        else None,
    )
