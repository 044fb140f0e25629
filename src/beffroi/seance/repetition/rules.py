"""Quand on répète l'ouverture, et quand on rappelle de le faire."""

from datetime import datetime, timedelta

from droit.citation import Article
from droit.decision import Decision, Motif

RAPPEL_AVANT_L_HEURE_LIMITE = timedelta(days=1)
SECRET_JUSQU_A_L_HEURE = Article("CCP", "R. 2132-9")


def peut_se_repeter(*, publiee: bool, date_limite: datetime, maintenant: datetime) -> Decision:
    """On répète tant que les réponses restent secrètes :
    après, on les ouvre (CCP, art. R. 2132-9).
    """
    return Decision.selon(
        Motif("Une consultation qui n'est plus publiée ne se répète pas.") if not publiee else None,
        Motif(
            (
                "L'heure limite est passée : il n'est plus temps de répéter. "
                "Préparez la séance d'ouverture."
            ),
            SECRET_JUSQU_A_L_HEURE,
        )
        if maintenant > date_limite
        else None,
    )


def rappel_est_du(*, repetee: bool, date_limite: datetime, maintenant: datetime) -> bool:
    """La veille de l'heure limite, si personne n'a répété."""
    return not repetee and date_limite - RAPPEL_AVANT_L_HEURE_LIMITE <= maintenant <= date_limite


def texte_attendu(*, engagement: str, obtenu: str) -> Decision:
    """Le serveur a trouvé dans l'enveloppe d'essai ce que le navigateur y avait scellé."""
    if engagement == obtenu:
        return Decision.accord()
    return Decision.refus(
        Motif("Le contenu de l'enveloppe d'essai n'est pas celui qui a été scellé.")
    )
