"""Relire ce que d'autres ont joint au journal :
jetons qualifiés, cosignatures, et les heures que la base en répète.
"""

import hashlib
from collections.abc import Iterator

from django.conf import settings

from beffroi.socle.journal import cadence
from beffroi.socle.journal.models import Cosignature, Ecriture, JetonQualifie, PointDeControle
from sceau import SealError, log, timestamp


def fautes_des_annexes() -> Iterator[tuple[str, str]]:
    """Ce qui ne va pas, et où."""
    for jeton in JetonQualifie.objects.order_by("pk").iterator(chunk_size=500):
        for faute in fautes_du_jeton(jeton):
            yield faute, f"journal_jetonqualifie, {jeton.objet} {jeton.numero}"
    for cosignature in Cosignature.objects.order_by("pk").iterator(chunk_size=500):
        if not est_une_cosignature(cosignature):
            yield (
                "ce témoin n'a pas signé cette tête",
                f"journal_cosignature, tête {cosignature.point_id}",
            )
    for point in (
        PointDeControle.objects.select_related("publication")
        .order_by("taille")
        .iterator(chunk_size=500)
    ):
        if not est_signee_a_l_heure_d_un_fait(point):
            yield (
                "l'heure n'est celle d'aucun fait",
                f"journal_pointdecontrole, taille {point.taille}",
            )


def fautes_du_jeton(jeton: JetonQualifie) -> Iterator[str]:
    """Le jeton porte sur l'objet qu'il nomme, et les colonnes disent ce qu'il dit.

    Qui l'a émis se juge ailleurs.
    """
    texte = texte_de(jeton)
    if texte is None:
        yield "ce jeton ne porte sur rien"
        return
    try:
        lu = timestamp.read(bytes(jeton.jeton), hashlib.sha256(texte.encode()).digest())
    except SealError as erreur:
        yield f"le jeton qualifié n'est pas valable ({erreur})"
        return
    if lu.time != jeton.horodate_le or lu.authority[:250] != jeton.autorite:
        yield f"le jeton dit {lu.time.isoformat()}, par {lu.authority}"


def texte_de(jeton: JetonQualifie) -> str | None:
    if jeton.objet == JetonQualifie.Objet.ECRITURE:
        return (
            Ecriture.objects.filter(numero=jeton.numero).values_list("contenu", flat=True).first()
        )
    if jeton.objet == JetonQualifie.Objet.POINT_DE_CONTROLE:
        return (
            PointDeControle.objects.filter(taille=jeton.numero)
            .values_list("note", flat=True)
            .first()
        )
    return None


def est_une_cosignature(cosignature: Cosignature) -> bool:
    """La ligne nomme ce témoin, et signe cette tête si sa clé est encore dans les réglages."""
    note = (
        PointDeControle.objects.filter(pk=cosignature.point_id)
        .values_list("note", flat=True)
        .first()
        or ""
    )
    reglees = (log.Verifier(temoin.partition(" ")[0]) for temoin in settings.JOURNAL["temoins"])
    cles = [cle for cle in reglees if cle.name == cosignature.temoin]
    try:
        return cosignature.temoin in log.signers_named(note + cosignature.ligne) and (
            not cles or bool(log.open_note(note + cosignature.ligne, cles))
        )
    except SealError:
        return False


def est_signee_a_l_heure_d_un_fait(point: PointDeControle) -> bool:
    """Une tête est signée avec l'écriture qu'elle suit, ou au pas de l'horloge qui la publie."""
    publication = getattr(point, "publication", None)
    if publication and point.signe_le == cadence.instant(publication.rang):
        return True
    return Ecriture.objects.filter(numero=point.taille - 1, le=point.signe_le).exists()
