"""Tenir la place : refuser avant le premier octet, et céder ce que personne n'a déposé."""

from datetime import datetime

from django.db import transaction

from beffroi.reponse.depots import courriels, place, queries
from beffroi.reponse.depots.errors import limite_depassee
from beffroi.reponse.depots.models import BrouillonDeReponse
from beffroi.reponse.depots.rules import place as regles
from beffroi.reponse.depots.services.fichiers import effacer
from beffroi.socle.fondations.erreurs import EspaceInsuffisant
from beffroi.socle.fondations.verrous import verrouiller


def exiger_la_place(*, envoie_deja: bool) -> None:
    """Refuse, avant son premier octet, qui n'a encore rien ici quand la place manque."""
    decision = regles.peut_commencer_a_envoyer(manque=place.qui_manque(), envoie_deja=envoie_deja)
    if not decision.favorable:
        raise EspaceInsuffisant(decision.motifs[0].texte, motifs=decision.motifs)


def exiger_sa_part(brouillon: BrouillonDeReponse, octets: int) -> None:
    """Ce qu'une personne que rien ne prouve peut tenir, avec ce qu'elle annonce. Sous le verrou de
    sa ligne : deux réponses annoncées ensemble se comptent l'une après l'autre.
    """
    personne = brouillon.commence_par
    if place.est_connue(personne) or brouillon.pk in place.premieres(personne):
        return
    tenus = place.tenus_en_plus(verrouiller(personne)) + octets
    decision = regles.peut_tenir(est_connue=False, est_sa_reponse=False, tenus=tenus)
    if not decision.favorable:
        raise limite_depassee(
            decision.motifs[0].texte,
            limite="octets_sans_adresse_prouvee",
            valeur=regles.OCTETS_SANS_ADRESSE_PROUVEE,
        )


@transaction.atomic
def ceder_un_brouillon(*, brouillon: BrouillonDeReponse, maintenant: datetime) -> int:
    """La place manque : efface les fichiers d'une réponse que personne n'a déposée, et le dit.

    Rend leur nombre. Ce qui vient de recevoir un octet, ou d'être déposé, reste.
    """
    brouillon = verrouiller(brouillon)
    garde = place.garde_de(brouillon)
    if regles.tour_de_ceder(garde, le=maintenant) is None:
        return 0
    fichiers = list(queries.fichiers_sans_pli().filter(brouillon=brouillon))
    for fichier in fichiers:
        effacer(fichier)
    if fichiers:
        courriels.ecrire_que_la_place_manquait(brouillon, le=maintenant)
    return len(fichiers)
