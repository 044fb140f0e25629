"""Être rappelé : combien de temps une demande se garde, et jusqu'où la file s'allonge."""

import re
from datetime import datetime, timedelta

from beffroi.socle.budgets.rules import Budget
from droit.decision import Decision, Motif

VIE_APRES_L_APPEL = timedelta(days=7)
VIE_SANS_APPEL = timedelta(days=30)
# Un robot ne remplit pas la base ; personne n'est bloqué pour autant :
# la page donne le numéro à composer.
EN_ATTENTE_AU_PLUS = 300
RAPPELS_D_INCONNUS = Budget(
    acte="aide.etre_rappele",
    par_reseau=10,
    en_tout=100,
    lignes=1,
    sinon="Composez vous-même le numéro de l'assistance.",
)
# Ce que chaque page promet : on passe en premier dans les deux heures avant une heure limite.
AVANT_L_HEURE_LIMITE = timedelta(hours=2)
# Juste après, on dépose encore, hors délai : l'appel sert toujours.
APRES_L_HEURE_LIMITE = timedelta(minutes=30)
_REFERENCE = re.compile(r"\d{4}-\d{4,}")
_CHIFFRES = (9, 15)  # un numéro français sans son zéro ; le plus long de tous (UIT-T E.164)


def chiffres(telephone: str) -> str:
    """« 03 53 01 62 62 » et « +33 3 53 01 62 62 » sont le même numéro."""
    seuls = re.sub(r"\D", "", telephone)
    if telephone.strip().startswith("+") or seuls.startswith("00"):
        return seuls.removeprefix("00")
    return f"33{seuls[1:]}" if seuls.startswith("0") else seuls


def reference_dite(texte: str) -> str:
    """« n° 2026-0142, toiture » nomme 2026-0142 ; vide si la personne n'en nomme aucune."""
    trouvee = _REFERENCE.search(texte)
    return trouvee[0] if trouvee else ""


def passe_en_premier(*, limite: datetime | None, maintenant: datetime) -> bool:
    """L'heure limite de la consultation nommée tombe dans les deux heures, ou vient de tomber."""
    return (
        limite is not None
        and limite - AVANT_L_HEURE_LIMITE <= maintenant <= limite + APRES_L_HEURE_LIMITE
    )


def numero_lisible(telephone: str) -> Decision:
    if (
        re.search(r"[^\d\s().+-]", telephone)
        or not _CHIFFRES[0] <= len(chiffres(telephone)) <= _CHIFFRES[1]
    ):
        return Decision.refus(
            Motif("Ce numéro n'est pas complet. Exemple : 06 12 34 56 78, ou +32 470 12 34 56.")
        )
    return Decision.accord()


def la_file_est_ouverte(*, en_attente: int) -> Decision:
    if en_attente < EN_ATTENTE_AU_PLUS:
        return Decision.accord()
    return Decision.refus(
        Motif(
            "Trop de personnes attendent déjà d'être rappelées. "
            "Composez vous-même le numéro de l'assistance."
        )
    )
