"""Ce que vaut un constat, et ce qu'une annonce doit dire."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from beffroi.disponibilite.models import Evenement
from droit.decision import Decision, Motif
from formats import dates

# L'ouvrier fait sa ronde toutes les vingt secondes : au-delà, il ne donne plus signe de vie.
SILENCE_DE_L_OUVRIER = timedelta(minutes=2)
PERIODE_DU_STOCKAGE = timedelta(minutes=5)
SILENCE_DU_STOCKAGE = timedelta(minutes=15)
COURRIEL_EN_RETARD = timedelta(minutes=15)
# Un jeton par jour, sur la tête publique : deux heures de marge.
JETON_DU_JOUR = timedelta(hours=26)
MARGE_APRES_MAINTENANCE = timedelta(hours=24)
UNE_MINUTE = timedelta(minutes=1)
JOURS_PREVUS = 15
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


def maintenance_possible(*, commence_le: datetime, fin_prevue_le: datetime, limites: Sequence[datetime]) -> Decision:
    """Aucune heure limite pendant la maintenance, ni dans les vingt-quatre heures qui la suivent : qui dépose a besoin de nous.

    `limites` : les heures limites connues, dans n'importe quel ordre.
    """
    genantes = sorted(limite for limite in limites if commence_le <= limite <= fin_prevue_le + MARGE_APRES_MAINTENANCE)
    if not genantes:
        return Decision.accord()
    libre = premiere_fenetre(depuis=commence_le, duree=fin_prevue_le - commence_le, limites=limites)
    combien = "Une consultation ferme" if len(genantes) == 1 else f"{len(genantes)} consultations ferment"
    return Decision.refus(
        Motif(
            f"{combien} pendant cette maintenance ou dans les 24 heures qui la suivent, "
            f"la première le {dates.jour_et_heure_limite(genantes[0])}. "
            f"Premier moment libre : à partir du {dates.jour_et_heure_limite(libre)}."
        )
    )


def premiere_fenetre(*, depuis: datetime, duree: timedelta, limites: Sequence[datetime]) -> datetime:
    """Le premier début, `depuis` compris, d'une maintenance de cette durée qu'aucune heure limite ne gêne."""
    debut = depuis
    for limite in sorted(limites):
        if debut <= limite <= debut + duree + MARGE_APRES_MAINTENANCE:
            debut = limite + UNE_MINUTE
    return debut


def affluence(*, fermetures: int) -> str:
    """Un mot sur ce qui vient : les heures limites attirent le monde."""
    if fermetures == 0:
        return "Calme : aucune heure limite dans les 24 heures."
    if fermetures == 1:
        return "Une consultation ferme dans les 24 heures."
    return f"{fermetures} consultations ferment dans les 24 heures. Déposez avec de la marge."
