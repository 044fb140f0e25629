"""Lire les versions d'un dossier, ce qui se prépare, et le délai en cours."""

from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet

from beffroi.achat.consultations.models import ChangementPublie, Consultation, PieceDce
from beffroi.achat.consultations.queries import pieces_du_dossier
from beffroi.achat.consultations.rules import heure_limite
from beffroi.achat.dossiers.models import ModificationDuDossier, VersionDuDossier
from beffroi.achat.dossiers.rules.prolongation import Delai, Prolongation, prolongation_appelee
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.guichet.lecture import lu_une_fois


def pieces_avant(version: VersionDuDossier) -> QuerySet[PieceDce]:
    """Le dossier tel qu'il était juste avant cette version."""
    le = version.publiee_le
    encore_la = (Q(remplacee_par=None) | Q(remplacee_par__publiee_le__gte=le)) & (
        Q(retiree_le=None) | Q(retiree_le__gte=le)
    )
    return version.consultation.pieces.filter(encore_la, publiee_le__lt=le).order_by("rang", "pk")


@lu_une_fois
def versions_publiees(consultation: Consultation) -> list[VersionDuDossier]:
    """Les changements du dossier, le dernier d'abord, avec ce que chacun change."""
    modifications = ModificationDuDossier.objects.select_related("ancienne", "nouvelle")
    versions = consultation.versions_du_dossier.prefetch_related(
        Prefetch("modifications", modifications)
    )
    return list(versions.order_by("-numero"))


def version_publique(consultation: Consultation, numero: int) -> VersionDuDossier:
    """La version qui a succédé à celle que l'on demande."""
    version = consultation.versions_du_dossier.filter(numero=numero + 1).first()
    if version is None:
        raise Introuvable()
    return version


def numero_de_la_version(consultation: Consultation) -> int:
    """La première version du dossier est celle de la publication."""
    return 1 + consultation.versions_du_dossier.count()


def modifications_preparees(consultation: Consultation) -> QuerySet[ModificationDuDossier]:
    """Ce qui changera à la prochaine version ; personne d'autre ne le voit."""
    return consultation.modifications.filter(version=None).select_related("ancienne").order_by("pk")


def modification_pour(consultation: Consultation, reference: str) -> ModificationDuDossier:
    modification = modifications_preparees(consultation).filter(reference=reference).first()
    if modification is None:
        raise Introuvable()
    return modification


def prolongations_appelees(consultation: Consultation, le: datetime) -> dict[str, Prolongation]:
    """Ce que chaque portée appelle, pour le dire avant que l'acheteur choisisse."""
    delai = delai_de(consultation)
    return {
        portee.value: prolongation_appelee(portee.value, delai=delai, maintenant=le)
        for portee in VersionDuDossier.Portee
    }


def delai_de(consultation: Consultation) -> Delai:
    """Le délai en cours ; écourté, s'il n'a pu l'être que pour une urgence."""
    depart = consultation.publiee_le
    return Delai(
        limite=consultation.limite,
        procedure=consultation.procedure,
        ecourte=depart is not None
        and not heure_limite.suit_le_delai_ordinaire(
            limite=consultation.limite,
            depart=depart,
            procedure=consultation.procedure,
            acheteur=consultation.type_d_acheteur,
        ),
    )


def reglement_depasse(consultation: Consultation) -> bool:
    """Le délai a été prolongé après le règlement en ligne :
    il dit encore l'ancienne heure limite (CCP, art. R. 2151-4).
    """
    seule = [
        c.le for c in consultation.changements.all() if c.sorte == ChangementPublie.Sorte.DELAI
    ]
    avec_une_version = [v.publiee_le for v in versions_publiees(consultation) if v.nouvelle_limite]
    prolongee_le = max([*seule, *avec_une_version], default=None)
    return prolongee_le is not None and any(
        piece.publiee_le is not None and piece.publiee_le < prolongee_le
        for piece in pieces_du_dossier(consultation)
        if piece.sorte == PieceDce.Sorte.RC
    )
