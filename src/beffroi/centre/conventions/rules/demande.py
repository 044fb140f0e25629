"""Demander à adhérer, en ligne : ce qui se refuse, et combien de courriels partent."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from stdnum import luhn

from beffroi.socle.budgets.rules import Budget
from droit.decision import Decision, Motif

APPELER = "Appelez le centre de gestion."
VIE_D_UNE_DEMANDE = timedelta(days=7)
ENTRE_DEUX_COURRIELS = timedelta(minutes=10)
COURRIELS_PAR_JOUR = 5
# Un robot ne remplit pas la base ; la page donne toujours le numéro à composer.
EN_ATTENTE_AU_PLUS = 200
DEMANDES = Budget(acte="conventions.adherer", par_reseau=5, en_tout=40, sinon=APPELER)
# L'adhérent qui entre à l'annuaire, et sa convention : deux lignes au registre.
CONFIRMATIONS = Budget(
    acte="conventions.confirmer", par_reseau=5, en_tout=20, lignes=2, sinon=APPELER
)
VOLUME_AU_PLUS = 10_000


def siren_juste(siren: str) -> Decision:
    """Neuf chiffres, et leur clé."""
    if len(siren) != 9 or not (siren.isascii() and siren.isdigit()):
        return Decision.refus(Motif("Un SIREN a 9 chiffres."))
    if not luhn.is_valid(siren):
        return Decision.refus(
            Motif("Ce SIREN n'existe pas : un chiffre est faux, ou deux sont inversés.")
        )
    return Decision.accord()


def volume_plausible(volume: int) -> Decision:
    if not 0 <= volume <= VOLUME_AU_PLUS:
        return Decision.refus(
            Motif(f"Donnez un nombre de consultations entre 0 et {VOLUME_AU_PLUS}.")
        )
    return Decision.accord()


def peut_demander(*, en_attente: int, convention: str) -> Decision:
    """Une collectivité n'a qu'une convention ; la file des demandes a une fin."""
    return Decision.selon(
        Motif(
            f"Cette collectivité a déjà une convention ou une demande ({convention}). "
            "Appelez le centre de gestion : il vous "
            "dira où elle en est."
        )
        if convention
        else None,
        Motif("Trop de demandes attendent déjà d'être confirmées. Appelez le centre de gestion.")
        if en_attente >= EN_ATTENTE_AU_PLUS
        else None,
    )


def peut_ecrire(*, ecrits: Sequence[datetime], maintenant: datetime) -> bool:
    """Cinq courriels par jour à une adresse, un toutes les dix minutes."""
    du_jour = [le for le in ecrits if le > maintenant - timedelta(days=1)]
    return len(du_jour) < COURRIELS_PAR_JOUR and not any(
        le > maintenant - ENTRE_DEUX_COURRIELS for le in ecrits
    )
