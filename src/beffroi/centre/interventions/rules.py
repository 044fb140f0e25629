"""Ce qu'une intervention permet, et jusqu'à quand.

Des règles pures (convention, art. 2 ; REQ-03).
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from droit.decision import Decision, Motif
from formats.dates import a_la_minute, jour

# Bornée par la base aussi : rien ne la prolonge, on en ouvre une autre, avec son motif.
MINUTES_AU_PLUS = 480
DUREES = {
    30: "30 minutes",
    60: "1 heure",
    120: "2 heures",
    240: "4 heures",
    MINUTES_AU_PLUS: "8 heures",
}
ADMINISTRATEUR = "administrateur"


def fin(ouverte_le: datetime, minutes: int) -> datetime:
    """L'heure où elle finit, à la minute :
    l'écran la dit, et rien ne dure quelques secondes de plus.
    """
    return (ouverte_le + timedelta(minutes=minutes)).replace(second=0, microsecond=0)


def peut_ouvrir(*, minutes: int, motif: str, est_en_service: bool) -> Decision:
    return Decision.selon(
        None
        if 1 <= minutes <= MINUTES_AU_PLUS
        else Motif("Une intervention dure huit heures au plus. Choisissez une durée plus courte."),
        None if motif.strip() else Motif("Dites pourquoi vous intervenez : l'organisme le lira."),
        None
        if est_en_service
        else Motif(
            "Cet organisme n'a pas encore d'administrateur en service : "
            "préparez-le sans ouvrir d'intervention."
        ),
    )


def peut_agir(
    *, expire_le: datetime | None, close_le: datetime | None, arretee: bool = False, le: datetime
) -> Decision:
    """Agir chez un organisme en service demande sa propre intervention, ouverte à cet instant."""
    ouvrez = "Ouvrez-en une autre, puis renvoyez ce formulaire : votre saisie est encore là."
    if expire_le is None:
        return Decision.refus(
            Motif(
                "Cet organisme a un administrateur : ouvrez une intervention, avec son motif, "
                "puis recommencez. "
                "Rien n'a changé."
            )
        )
    if arretee and close_le:
        return Decision.refus(
            Motif(
                f"L'organisme a arrêté votre intervention à {a_la_minute(close_le)}. "
                "Rien n'a changé. "
                "Appelez son administrateur avant d'en ouvrir une autre : "
                "votre saisie est encore là."
            )
        )
    if close_le or le >= expire_le:
        heure = a_la_minute(min(close_le or expire_le, expire_le))
        return Decision.refus(
            Motif(f"Votre intervention a pris fin à {heure}. Rien n'a changé. {ouvrez}")
        )
    return Decision.accord()


def peut_importer(*, arret: datetime | None) -> Decision:
    """Un tableau ne rouvre pas ce que l'organisme a arrêté :
    il faut d'abord y ouvrir une assistance, qu'il lit aussitôt.
    """
    if arret:
        return Decision.refus(
            Motif(
                f"L'organisme a arrêté l'intervention du centre le {jour(arret)} à "
                f"{a_la_minute(arret)}. "
                "Appelez son administrateur, puis ouvrez-y une intervention."
            )
        )
    return Decision.accord()


def peut_recevoir_un_role(*, est_du_centre: bool) -> Decision:
    """Nul agent du centre n'entre chez un organisme par une intervention :
    il y lirait ce que les clés protègent.
    """
    if est_du_centre:
        return Decision.refus(
            Motif(
                "Cette personne a un rôle au centre de gestion : "
                "une intervention ne lui en donne pas ici."
            )
        )
    return Decision.accord()


def peut_changer_les_roles(
    *, avant: Collection[str], apres: Collection[str], est_en_service: bool, accord: str
) -> Decision:
    """Faire ou défaire un administrateur d'un organisme en service demande
    que l'organisme l'ait voulu.
    """
    change = (ADMINISTRATEUR in avant) != (ADMINISTRATEUR in apres)
    if change and est_en_service and not accord.strip():
        return Decision.refus(
            Motif(
                "Le rôle « administrateur » appartient à l'organisme. Notez qui, chez lui, "
                "en est d'accord : "
                "ouvrez une intervention qui le dit."
            )
        )
    return Decision.accord()
