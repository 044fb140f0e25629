"""La liste des étapes d'une réponse, telle que tous ses écrans la montrent.

L'ordre est libre ; chacune a son adresse.
"""

from typing import NamedTuple

from django.urls import reverse

from beffroi.reponse.reponses.queries.avancement import (
    A_FAIRE,
    CANDIDATURE,
    PAS_ENCORE,
    Avancement,
    Mention,
    Place,
)
from formats import dates


class Tache(NamedTuple):
    nom: str
    url: str
    ton: str
    mot: str
    signe: str
    ici: bool


def taches(reponse: Avancement, *, ici: str = "") -> list[Tache]:
    """Les étapes, avec leur état. `ici` est le code de celle qu'on regarde."""
    reference = reponse.brouillon.reference
    invitation = reponse.brouillon.invitation
    # Sur invitation, le groupement et les lots sont ceux de la candidature
    # retenue (CCP, art. R. 2142-26).
    groupement = "" if invitation else reverse("reponses:groupement", args=[reference])
    lots = reverse("reponses:lots", args=[reference]) if reponse.lots and not invitation else ""
    lignes: list[tuple[str, str, str, Mention]] = [
        ("entreprise", "Entreprise", reverse("entreprises:entreprise"), Mention("ok", "Complet")),
        ("groupement", "Groupement", groupement, du_groupement(reponse)),
        ("lots", "Lots", lots, des_lots(reponse)),
    ]
    for place in reponse.places:
        lignes.append(
            (place.code, place.titre, adresse_des_pieces(reference, place), place.mention)
        )
    verifier = reverse("reponses:verifier_la_reponse", args=[reference]) if reponse.recus else ""
    lignes.append(("verifier", "Vérifier", verifier, A_FAIRE if verifier else PAS_ENCORE))
    lignes.append(
        ("deposer", "Déposer", f"{verifier}#deposer" if verifier else "", du_depot(reponse))
    )
    return [Tache(nom, url, *mention, ici=code == ici) for code, nom, url, mention in lignes]


def adresse_des_pieces(reference: str, place: Place) -> str:
    """`/pieces/` pour la candidature, `/pieces/lot-1/` ou `/pieces/offre/` pour une offre."""
    if place.enveloppe == CANDIDATURE:
        return reverse("reponses:pieces", args=[reference])
    return reverse("reponses:pieces_d_offre", args=[reference, place.code])


def du_groupement(reponse: Avancement) -> Mention:
    brouillon = reponse.brouillon
    if brouillon.groupement_vu_le is None:
        return A_FAIRE
    membres = brouillon.groupement.get("membres", [])
    return Mention("ok", f"Complet, {len(membres) + 1} entreprises" if membres else "Complet, seul")


def des_lots(reponse: Avancement) -> Mention:
    if not reponse.lots:
        return Mention("ok", "Complet, sans lot")
    numeros = [str(numero) for numero in reponse.brouillon.lots]
    return Mention("ok", f"Complet, lot{'s' if len(numeros) > 1 else ''} {' et '.join(numeros)}")


def du_depot(reponse: Avancement) -> Mention:
    if reponse.depot and not reponse.a_des_nouveautes:
        return Mention("ok", f"Complet, à {dates.heure(reponse.depot.recu_le)}")
    if not reponse.recoit_encore or not reponse.recus:
        return PAS_ENCORE
    return Mention("attention", "À reprendre", "crayon") if reponse.depot else A_FAIRE


def etape(liste: list[Tache]) -> tuple[int, int]:
    """« Étape 5 sur 7 » : le rang de l'étape en cours, et leur nombre."""
    return next((rang for rang, tache in enumerate(liste, start=1) if tache.ici), 0), len(liste)
