"""Être rappelé : combien de temps une demande se garde, et jusqu'où la file s'allonge."""

import re
from datetime import timedelta

from droit.decision import Decision, Motif

VIE_APRES_L_APPEL = timedelta(days=7)
VIE_SANS_APPEL = timedelta(days=30)
# Un robot ne remplit pas la base ; personne n'est bloqué pour autant : la page donne le numéro à composer.
EN_ATTENTE_AU_PLUS = 300
_CHIFFRES = (9, 15)  # un numéro français sans son zéro ; le plus long de tous (UIT-T E.164)


def chiffres(telephone: str) -> str:
    """« 03 53 01 62 62 » et « +33 3 53 01 62 62 » sont le même numéro."""
    seuls = re.sub(r"\D", "", telephone)
    if telephone.strip().startswith("+") or seuls.startswith("00"):
        return seuls.removeprefix("00")
    return f"33{seuls[1:]}" if seuls.startswith("0") else seuls


def numero_lisible(telephone: str) -> Decision:
    if re.search(r"[^\d\s().+-]", telephone) or not _CHIFFRES[0] <= len(chiffres(telephone)) <= _CHIFFRES[1]:
        return Decision.refus(Motif("Ce numéro n'est pas complet. Exemple : 06 12 34 56 78, ou +32 470 12 34 56."))
    return Decision.accord()


def la_file_est_ouverte(*, en_attente: int) -> Decision:
    if en_attente < EN_ATTENTE_AU_PLUS:
        return Decision.accord()
    return Decision.refus(
        Motif("Trop de personnes attendent déjà d'être rappelées. Composez vous-même le numéro de l'assistance.")
    )
