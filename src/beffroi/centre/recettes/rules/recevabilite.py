"""Ce qui peut se noter : un titre, un paiement, une contre-passation.

Pur : des valeurs nues, une décision motivée.
"""

from datetime import date
from decimal import Decimal

from droit.decision import Decision, Motif
from formats.sommes import en_euros


def peut_noter_un_titre(
    *,
    exercice: int,
    emis_le: date,
    montant: Decimal,
    appele: Decimal,
    deja_titree: str,
    aujourd_hui: date,
) -> Decision:
    """Un titre a sa date, passée, de l'exercice ou de sa journée complémentaire ;
    il ne demande pas plus que l'appel.
    """
    motifs = [*_date_passee("Un titre", emis_le, aujourd_hui)]
    if emis_le.year not in {exercice, exercice + 1}:
        motifs.append(
            f"Un titre de l'exercice {exercice} ne date pas de {emis_le.year}. "
            "Vérifiez l'exercice ou la date."
        )
    if deja_titree:
        motifs.append(
            f"Cet appel a déjà le titre {deja_titree}. Annulez-le d'abord, "
            "s'il est annulé chez vous."
        )
    if montant > appele:
        motifs.append(
            f"Le titre demande {en_euros(montant)}, et l'appel {en_euros(appele)} seulement."
        )
    return Decision.selon(*map(Motif, motifs))


def peut_encaisser(
    *,
    recu_le: date,
    montant: Decimal,
    reste: Decimal,
    aujourd_hui: date,
    garde_le_surplus: bool = False,
) -> Decision:
    """Un paiement partiel se reçoit ; plus que le titre ne demande encore, non,
    sauf si une personne décide d'en garder le surplus, à rendre.

    `reste` est celui du titre, avoirs non déduits :
    un mandat parti avant l'avoir est de l'argent reçu, un trop-perçu.
    """
    motifs = [*_date_passee("Un paiement", recu_le, aujourd_hui)]
    if montant > reste and not garde_le_surplus:
        dit = f"il ne reste que {en_euros(reste)} à payer" if reste else "il ne reste rien à payer"
        motifs.append(f"Le paiement est de {en_euros(montant)}, et {dit} de ce titre.")
    return Decision.selon(*map(Motif, motifs))


def peut_contre_passer(*, recu_le: date, le: date, aujourd_hui: date) -> Decision:
    motifs = [*_date_passee("Une contre-passation", le, aujourd_hui)]
    if le < recu_le:
        motifs.append("Une contre-passation ne précède pas le paiement qu'elle défait.")
    return Decision.selon(*map(Motif, motifs))


def _date_passee(quoi: str, jour: date, aujourd_hui: date) -> list[str]:
    return [f"{quoi} n'a pas une date à venir : le {jour:%d/%m/%Y}."] if jour > aujourd_hui else []
