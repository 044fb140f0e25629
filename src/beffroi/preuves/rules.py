"""Quand un dossier de preuve se remet, et ce qu'il couvre."""

from datetime import datetime, timedelta

from droit.decision import Decision, Motif
from formats import dates

AVANT, APRES = timedelta(hours=24), timedelta(hours=1)
# Une réponse se commence parfois des mois avant : la sonde, elle, mesure chaque minute.
SONDE_AU_PLUS = timedelta(days=7)


def fenetre(limite: datetime) -> tuple[datetime, datetime]:
    """Du jour d'avant l'heure limite à l'heure d'après : ce qui se dispute s'y passe."""
    return limite - AVANT, limite + APRES


def fenetre_de_la_tentative(
    *, limite: datetime | None, commence_le: datetime, le: datetime
) -> tuple[datetime, datetime]:
    """De son début à maintenant, ou à l'heure d'après l'heure limite ; ses sept derniers jours si elle dure plus."""
    debut, fin = fenetre(limite or le)
    fin = min(fin, le)
    return max(min(debut, commence_le), fin - SONDE_AU_PLUS), fin


def dossier_possible(*, limite: datetime | None, le: datetime) -> Decision:
    """Avant l'heure limite, il dirait à l'acheteur qui dépose (CCP, art. R. 2132-9 ; annexe 7)."""
    if limite is None:
        return Decision.refus(Motif("Cette consultation n'a pas d'heure limite : il n'y a rien à prouver encore."))
    if le <= limite + APRES:
        quand = dates.jour_et_heure_limite(limite + APRES)
        return Decision.refus(Motif(f"Le dossier de preuve se remet une heure après l'heure limite : le {quand}."))
    return Decision.accord()
