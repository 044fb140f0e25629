"""Lire le journal : ses têtes, ses preuves, ses tuiles, et l'histoire d'un objet."""

import base64
import json
from bisect import bisect_right
from collections.abc import Collection, Iterable
from datetime import datetime
from functools import partial

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery

from beffroi.socle.fondations.requetes import la_premiere, prete
from beffroi.socle.guichet.lecture import lu_une_fois
from beffroi.socle.journal import cadence, chainage, releves, remplissage
from beffroi.socle.journal.cadence import Repere
from beffroi.socle.journal.models import (
    Cosignature,
    Ecriture,
    JetonQualifie,
    PointDeControle,
    Publication,
)
from sceau import log


def derniere_publication() -> Publication | None:
    """La tête que tout le monde voit, et le pas de l'horloge qui l'a publiée."""
    return Publication.objects.select_related("point").order_by("-rang").first()


def derniere_tete() -> PointDeControle | None:
    """La dernière tête publique.

    Les têtes des récépissés, elles, restent à qui tient le récépissé.
    """
    publication = derniere_publication()
    return publication.point if publication else None


def etat_public() -> log.Checkpoint:
    """Ce que dit la dernière tête publique ; d'une autre, on lirait l'activité (ADR 0009)."""
    tete = derniere_tete()
    if tete is None:
        return log.Checkpoint(settings.JOURNAL["origine"], 0, log.EMPTY_ROOT)
    return log.Checkpoint.parse(tete.note)


def derniere_tete_signee() -> PointDeControle | None:
    """La tête la plus longue, publique ou non : pour qui tient la base."""
    return PointDeControle.objects.order_by("-taille").first()


def repere() -> Repere | None:
    """La dernière publication, telle que la cadence la lit."""
    derniere = la_premiere(_dernier_pas())
    return Repere(*derniere) if derniere else None


@prete
def _dernier_pas() -> QuerySet[Publication, tuple[int, int]]:
    return Publication.objects.order_by("-rang").values_list("rang", "point_id")[:1]


def publication_due(le: datetime) -> bool:
    """L'horloge a-t-elle fait un pas depuis la dernière publication ?"""
    connu = repere()
    return connu is not None and cadence.rang(le) > connu.rang


def tetes() -> QuerySet[PointDeControle]:
    """Toutes les têtes publiques, dans l'ordre."""
    return PointDeControle.objects.filter(publication__isnull=False).order_by("taille")


@lu_une_fois
def tete_qui_couvre(numero: int) -> PointDeControle | None:
    """La première tête signée après cette écriture ;
    de préférence sous la clé d'aujourd'hui, et la première qu'un témoin a signée aussi.
    """
    if presente := _tete_de_la_cle_presente([numero]):
        return presente
    suivantes = PointDeControle.objects.filter(taille__gt=numero).order_by("taille")
    return suivantes.filter(cosignatures__isnull=False).first() or suivantes.first()


def _tete_de_la_cle_presente(
    numeros: Collection[int], *, au: datetime | None = None
) -> PointDeControle | None:
    """Celle qui couvre tout ce qui précède la dernière relève, s'il y a ici de quoi : qui ne
    connaît que la clé d'aujourd'hui s'y retrouve. Une tête publique : celle d'un récépissé est à
    lui (ADR 0009).
    """
    depuis = releves.depuis_la_releve(au=au)
    if not any(numero < depuis for numero in numeros):
        return None
    publiques = tetes().filter(taille__gte=depuis)
    vues = publiques.filter(cosignatures__isnull=False)
    if au is not None:
        publiques = publiques.filter(publication__rang__lt=cadence.rang(au))
        vues = publiques.filter(cosignatures__recue_le__lte=au)
    return vues.first() or publiques.first()


def tetes_qui_couvrent(
    numeros: Collection[int], *, au: datetime | None = None
) -> dict[int, PointDeControle]:
    """La même, de plusieurs écritures, en peu de lectures ;
    celle que rien ne couvre encore n'y est pas.

    `au` : d'après les seules signatures de témoins reçues à cette heure.
    """
    presente = _tete_de_la_cle_presente(numeros, au=au)
    depuis = releves.depuis_la_releve(au=au) if presente else 0
    d_avant = {numero: presente for numero in numeros if presente and numero < depuis}
    return d_avant | _premieres_tetes(set(numeros) - d_avant.keys(), au=au)


def _premieres_tetes(
    numeros: Collection[int], *, au: datetime | None
) -> dict[int, PointDeControle]:
    # Une tête par dépôt, mais une par heure au plus qu'un témoin signe :
    # celles-là se lisent toutes.
    vues = (
        Cosignature.objects.filter(point__gt=min(numeros, default=0)).order_by("point").distinct()
    )
    vues = vues if au is None else vues.filter(recue_le__lte=au)
    cosignees = [*vues.values_list("point", flat=True)]
    rangs = {numero: bisect_right(cosignees, numero) for numero in numeros}
    tailles = {numero: cosignees[rang] for numero, rang in rangs.items() if rang < len(cosignees)}
    suivante = (
        PointDeControle.objects.filter(taille__gt=OuterRef("numero"))
        .order_by("taille")
        .values("taille")[:1]
    )
    autres = Ecriture.objects.filter(numero__in=rangs.keys() - tailles.keys()).annotate(
        suivante=Subquery(suivante)
    )
    tailles |= dict(autres.filter(suivante__isnull=False).values_list("numero", "suivante"))
    points = PointDeControle.objects.prefetch_related("cosignatures").in_bulk(set(tailles.values()))
    return {numero: points[taille] for numero, taille in tailles.items()}


def tetes_datees(
    numeros: Collection[int], *, au: datetime | None = None
) -> dict[int, PointDeControle]:
    """La première tête après chaque écriture qu'une autorité qualifiée a datée (ADR 0015) :
    une par jour, toujours publique.
    """
    jetons = jetons_recus(JetonQualifie.Objet.POINT_DE_CONTROLE, au=au).filter(
        numero__gt=min(numeros, default=0), numero__gte=releves.depuis_la_releve(au=au, volees=True)
    )
    datees = [*jetons.order_by("numero").values_list("numero", flat=True)]
    rangs = {numero: bisect_right(datees, numero) for numero in numeros}
    tailles = {numero: datees[rang] for numero, rang in rangs.items() if rang < len(datees)}
    points = PointDeControle.objects.prefetch_related("cosignatures").in_bulk(set(tailles.values()))
    return {numero: points[taille] for numero, taille in tailles.items()}


def tete_publique_qui_couvre(numero: int) -> PointDeControle | None:
    """La première tête publique après cette écriture :
    sa taille ne dit rien de l'activité (ADR 0009).
    """
    return tetes().filter(taille__gt=numero).first()


def racine_signee(point: PointDeControle) -> str:
    """La racine que cette tête signe, en hexadécimal :
    la troisième ligne de sa note (C2SP tlog-checkpoint).
    """
    return base64.b64decode(point.note.split("\n")[2]).hex()


def note_complete(point: PointDeControle, *, au: datetime | None = None) -> str:
    """La tête signée, et les signatures des témoins à sa suite (C2SP signed-note) ; `au` :
    celles reçues à cette heure.
    """
    recues = [une for une in point.cosignatures.all() if au is None or une.recue_le <= au]
    return point.note + "".join(cosignature.ligne for cosignature in recues)


def derniere_taille_cosignee(temoin: str) -> int:
    """La taille de la dernière tête que ce témoin a signée ; zéro s'il n'en a signé aucune."""
    derniere = (
        PointDeControle.objects.filter(cosignatures__temoin=temoin).order_by("-taille").first()
    )
    return derniere.taille if derniere else 0


def histoire(sujet: str) -> QuerySet[Ecriture]:
    """Tout ce que le journal retient d'un objet, dans l'ordre."""
    return Ecriture.objects.filter(sujet=sujet).order_by("numero")


def histoires(sujets: Iterable[str]) -> QuerySet[Ecriture]:
    """La même, de plusieurs objets : une seule lecture."""
    return Ecriture.objects.filter(sujet__in=list(sujets)).order_by("numero")


def donnees_inscrites(numero: int, *, sujet: str) -> dict[str, object]:
    """Les données de cette écriture, si elle porte bien sur ce sujet ; rien sinon."""
    contenu = (
        Ecriture.objects.filter(numero=numero, sujet=sujet)
        .values_list("contenu", flat=True)
        .first()
    )
    donnees: dict[str, object] = json.loads(contenu)["donnees"] if contenu else {}
    return donnees


@lu_une_fois
def objets_detruits() -> frozenset[str]:
    """Les clés de stockage des pièces détruites sous visa :
    leur absence n'est pas une faute (code du patrimoine, L. 212-2).
    """
    contenus = destructions().values_list("contenu", flat=True)
    return frozenset(
        f["cle"] for contenu in contenus for f in json.loads(contenu)["donnees"]["fichiers"]
    )


def destructions() -> QuerySet[Ecriture]:
    return Ecriture.objects.filter(acte="elimination.detruire")


@lu_une_fois
def jeton_qualifie(objet: str, numero: int) -> JetonQualifie | None:
    return JetonQualifie.objects.filter(objet=objet, numero=numero).first()


def jetons_recus(objet: str, *, au: datetime | None = None) -> QuerySet[JetonQualifie]:
    """Ceux de cette sorte d'objet, tous, ou reçus à cette heure."""
    jetons = JetonQualifie.objects.filter(objet=objet)
    return jetons if au is None else jetons.filter(recu_le__lte=au)


def jetons_qualifies(
    objet: str, numeros: Iterable[int], *, au: datetime | None = None
) -> dict[int, bytes]:
    """Ceux de plusieurs objets, par numéro ; celui qui n'est pas encore arrivé n'y est pas."""
    jetons = jetons_recus(objet, au=au).filter(numero__in=list(numeros))
    return {numero: bytes(jeton) for numero, jeton in jetons.values_list("numero", "jeton")}


def tuile(niveau: int, indice: int, largeur: int) -> bytes | None:
    """Une tuile d'empreintes (C2SP tlog-tiles), si la dernière tête publique la couvre."""
    if not est_couverte(niveau, indice, largeur):
        return None
    return chainage.sur_l_arbre(partial(log.tile, niveau, indice, largeur))


def tuile_de_feuilles(indice: int, largeur: int) -> bytes | None:
    """Les feuilles publiques d'une tuile, si la dernière tête publique la couvre."""
    if not est_couverte(0, indice, largeur):
        return None
    debut = indice * log.TILE_WIDTH
    return log.entries(remplissage.feuilles(debut, debut + largeur))


def est_couverte(niveau: int, indice: int, largeur: int) -> bool:
    tete = derniere_tete()
    feuilles_par_noeud = log.TILE_WIDTH**niveau
    fin = (indice * log.TILE_WIDTH + largeur) * feuilles_par_noeud
    return tete is not None and 0 < largeur <= log.TILE_WIDTH and fin <= tete.taille
