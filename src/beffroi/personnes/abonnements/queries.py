"""Lire ce qu'une adresse suit, depuis un lien reçu par elle."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from beffroi.personnes.abonnements import jetons
from beffroi.personnes.abonnements.models import AdresseAbonnee, Suivi
from beffroi.personnes.abonnements.rules import VIE_D_UNE_DEMANDE
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.models import Courriel

PERIME = (
    "Ce lien n'est plus valable : il a plus de deux jours, ou ce suivi est déjà arrêté. "
    "Refaites votre demande."
)


def normalise(courriel: str) -> str:
    """Une adresse, écrite comme on la compare."""
    return courriel.strip().lower()


def demande_du_lien(jeton: str, *, le: datetime) -> Suivi:
    """Le suivi qu'un lien de confirmation désigne,
    confirmé ou demandé depuis moins de deux jours.
    """
    reference = jetons.reference_de(jetons.CONFIRMER, jeton)
    suivi = Suivi.objects.select_related("adresse").filter(reference=reference).first()
    if suivi is None or (suivi.confirme_le is None and suivi.demande_le <= le - VIE_D_UNE_DEMANDE):
        raise Introuvable(PERIME)
    return suivi


def autres_demandes(suivi: Suivi, *, le: datetime) -> list[Suivi]:
    """Ce que la même adresse a demandé sans le confirmer : un seul lien suffit à tout confirmer."""
    recentes = suivi.adresse.suivis.filter(confirme_le=None, demande_le__gt=le - VIE_D_UNE_DEMANDE)
    return list(recentes.exclude(pk=suivi.pk))


def suivis_du_lien_d_arret(jeton: str) -> list[Suivi]:
    """Le suivi, ou ceux d'un résumé ; aucun s'ils sont déjà arrêtés."""
    reference, _, genres = jetons.reference_de(jetons.ARRETER, jeton).partition(".")
    if genres:
        trouves = suivis_du_resume(genres.split(",")).filter(adresse__reference=reference)
    else:
        trouves = Suivi.objects.filter(reference=reference)
    return list(trouves.select_related("adresse"))


def suivis_du_resume(genres: Iterable[str]) -> QuerySet[Suivi]:
    """Ceux qu'un résumé annonce :
    confirmés, quotidiens, de ces genres (« consultation », « recherche »).
    """
    de_ces_genres = reduce(or_, (Q(sujet__startswith=f"{genre}:") for genre in genres))
    return Suivi.objects.filter(de_ces_genres, cadence=Suivi.Cadence.QUOTIDIEN).exclude(
        confirme_le=None
    )


def suit_autre_chose(suivis: Sequence[Suivi]) -> bool:
    """Leur adresse suit-elle, ou demande-t-elle, autre chose que ceux-là ?"""
    siens = Suivi.objects.filter(adresse__in={suivi.adresse_id for suivi in suivis})
    return siens.exclude(pk__in=[suivi.pk for suivi in suivis]).exists()


def adresse_du_lien(jeton: str) -> AdresseAbonnee:
    reference = jetons.reference_de(jetons.GERER, jeton)
    adresse = AdresseAbonnee.objects.filter(reference=reference).first()
    if adresse is None:
        raise Introuvable("Cette adresse ne suit plus rien, et nous l'avons effacée.")
    return adresse


def suivis_de(adresse: AdresseAbonnee) -> QuerySet[Suivi]:
    return adresse.suivis.exclude(confirme_le=None)


def suivis_confirmes(genre: str) -> QuerySet[Suivi]:
    """Tout ce qui se suit sous ce genre de sujet (« recherche: »),
    par des adresses qui reçoivent encore.
    """
    return suivis_vivants().filter(sujet__startswith=genre).select_related("adresse")


def suivis_vivants() -> QuerySet[Suivi]:
    """Confirmés, par des adresses qui reçoivent encore."""
    return Suivi.objects.filter(adresse__refusee_le=None).exclude(confirme_le=None)


def suivis_du_sujet(sujet: str) -> QuerySet[Suivi]:
    return suivis_vivants().filter(sujet=sujet).order_by("pk")


def nombre_de_suivis(sujet: str) -> int:
    """Combien d'adresses confirmées suivent ce sujet : un nombre, jamais un nom."""
    return suivis_du_sujet(sujet).count()


def etats_des_suivis(sujet: str) -> dict[str, str]:
    """Pour chaque adresse qui a demandé ce sujet, où elle en est :
    celui qui doit avertir sait qui ne le sera pas.
    """
    suivis = Suivi.objects.filter(sujet=sujet).select_related("adresse")
    return {suivi.adresse.courriel: etat_du_suivi(suivi) for suivi in suivis}


def etat_du_suivi(suivi: Suivi) -> str:
    if suivi.confirme_le is None:
        return "Adresse non confirmée"
    return "Adresse refusée par son serveur" if suivi.adresse.refusee_le else "Oui"


def courriels_de_demande(courriel: str, prefixe: str = "") -> list[datetime]:
    """Quand on a écrit à cette adresse sans qu'elle l'ait confirmé."""
    ecrits = Courriel.objects.filter(
        destinataire=courriel, cle__startswith=f"abonnement:demande:{prefixe}"
    )
    return list(ecrits.values_list("ecrit_le", flat=True))
