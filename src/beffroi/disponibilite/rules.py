"""Ce que vaut un constat, et ce qu'une annonce doit dire."""

from datetime import datetime, timedelta

from beffroi.disponibilite.models import Evenement
from droit.decision import Decision, Motif

# L'ouvrier fait sa ronde toutes les vingt secondes : au-delà, il ne donne plus signe de vie.
SILENCE_DE_L_OUVRIER = timedelta(minutes=2)
PERIODE_DU_STOCKAGE = timedelta(minutes=5)
SILENCE_DU_STOCKAGE = timedelta(minutes=15)
COURRIEL_EN_RETARD = timedelta(minutes=15)
# Un jeton par jour, sur la tête publique : deux heures de marge.
JETON_DU_JOUR = timedelta(hours=26)
VIE_D_UN_EVENEMENT_MONTRE = timedelta(days=365)


def est_frais(le: datetime | None, *, maintenant: datetime, silence: timedelta) -> bool:
    return le is not None and maintenant - le <= silence


def annonce_possible(*, sorte: str, commence_le: datetime, fin_prevue_le: datetime | None) -> Decision:
    """Une maintenance dit quand elle finit : on s'organise autour d'elle."""
    if sorte == Evenement.Sorte.MAINTENANCE and fin_prevue_le is None:
        return Decision.refus(Motif("Dites quand la maintenance finira : les entreprises s'organisent autour d'elle."))
    if fin_prevue_le is not None and fin_prevue_le <= commence_le:
        return Decision.refus(Motif("La fin prévue vient avant le début. Vérifiez les deux heures."))
    return Decision.accord()


def affluence(*, fermetures: int) -> str:
    """Un mot sur ce qui vient : les heures limites attirent le monde."""
    if fermetures == 0:
        return "Calme : aucune heure limite dans les 24 heures."
    if fermetures == 1:
        return "Une consultation ferme dans les 24 heures."
    return f"{fermetures} consultations ferment dans les 24 heures. Déposez avec de la marge."
