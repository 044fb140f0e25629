"""Ce que chacun tient sur le disque sans l'avoir déposé, et la place qui reste."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Max, Min, Sum

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.queries import adresse_prouvee
from beffroi.reponse.depots.models import BrouillonDeReponse, PartieRecue, Pli
from beffroi.reponse.depots.queries import fichiers_sans_pli
from beffroi.reponse.depots.rules import place as regles
from beffroi.socle.fondations.place import place_des_reponses


def qui_manque() -> int:
    """Ce qui manque à la réserve, en octets ; zéro sur S3, qui ne se mesure pas d'ici."""
    lue = place_des_reponses()
    return regles.manque(libre=lue.libre, total=lue.total) if lue else 0


def est_connue(personne: Utilisateur) -> bool:
    """Elle a confirmé son adresse, ou déposé une réponse."""
    return adresse_prouvee(personne) or Pli.objects.filter(depose_par=personne).exists()


def envoie_deja(brouillon: BrouillonDeReponse) -> bool:
    return PartieRecue.objects.filter(fichier__brouillon=brouillon).exists()


def a_commence_ailleurs(personne: Utilisateur) -> bool:
    """Elle a des octets ici : elle n'est pas nouvelle."""
    return PartieRecue.objects.filter(fichier__brouillon__commence_par=personne).exists()


def premieres(personne: Utilisateur) -> set[int]:
    """Sa réponse à chaque consultation, à chaque tour : la première qu'elle a commencée."""
    siennes = BrouillonDeReponse.objects.filter(commence_par=personne).order_by()
    par_consultation = siennes.values("consultation", "invitation").annotate(une=Min("pk"))
    return set(par_consultation.values_list("une", flat=True))


def tenus_en_plus(personne: Utilisateur) -> int:
    """Les octets jamais déposés de ses autres réponses."""
    autres = fichiers_sans_pli().filter(brouillon__commence_par=personne)
    somme: int | None = autres.exclude(brouillon__in=premieres(personne)).aggregate(
        somme=Sum("taille")
    )["somme"]
    return somme or 0


def a_ceder(le: datetime) -> Iterator[tuple[BrouillonDeReponse, int]]:
    """Ce qui n'a pas été déposé et peut s'effacer, dans l'ordre, avec ses octets."""
    brouillons = BrouillonDeReponse.objects.filter(
        pk__in=fichiers_sans_pli().values("brouillon")
    ).select_related("consultation", "commence_par", "invitation__tour")
    rangees = [
        (tour, garde.dernier_octet_le, brouillon.pk, brouillon)
        for brouillon in brouillons
        if (tour := regles.tour_de_ceder(garde := garde_de(brouillon), le=le)) is not None
    ]
    for *_, brouillon in sorted(rangees, key=lambda rangee: rangee[:3]):
        octets = fichiers_sans_pli().filter(brouillon=brouillon).aggregate(somme=Sum("taille"))
        yield brouillon, octets["somme"] or 0


def garde_de(brouillon: BrouillonDeReponse) -> regles.Garde:
    personne = brouillon.commence_par
    parties = PartieRecue.objects.filter(fichier__brouillon=brouillon)
    return regles.Garde(
        limite=brouillon.date_limite,
        est_connue=est_connue(personne),
        est_sa_reponse=brouillon.pk in premieres(personne),
        dernier_octet_le=parties.aggregate(le=Max("recue_le"))["le"] or brouillon.commence_le,
    )
