"""Ce que les pages montrent d'un dossier qui change,
et ce que celles de la consultation en disent.
"""

from datetime import datetime
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.urls import reverse

from beffroi.achat.consultations import queries as consultations
from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.ports import HistoireDuDossier
from beffroi.achat.consultations.queries.presentation import DocumentAffiche, document_affiche
from beffroi.achat.dossiers import queries
from beffroi.achat.dossiers.models import ModificationDuDossier
from formats import tailles


class ModificationAffichee(NamedTuple):
    """Une ligne de la liste des différences : ce document, avant et après."""

    reference: str
    intitule: str
    nature: str
    signe: str
    avant: DocumentAffiche | None
    apres: DocumentAffiche | None
    precision: str
    sha256: str
    passages: list[dict[str, str]]
    lecture: str


class VersionAffichee(NamedTuple):
    numero: int
    publiee_le: datetime
    explication: str
    modifications: list[ModificationAffichee]
    nouvelle_limite: datetime | None
    dossier_d_avant: str
    motif_sans_prolongation: str


SIGNES = {"ajout": "plus", "remplacement": "crayon", "retrait": "croix"}


def modification_affichee(
    consultation: Consultation, modification: ModificationDuDossier
) -> ModificationAffichee:
    avant, apres = modification.ancienne, modification.nouvelle
    return ModificationAffichee(
        reference=modification.reference,
        intitule=modification.intitule,
        nature=modification.get_nature_display(),
        signe=SIGNES[modification.nature],
        avant=document_affiche(consultation, avant) if avant else None,
        apres=document_affiche(consultation, apres) if apres else None,
        precision=f"{modification.nom}, {tailles.humaniser(modification.taille)}"
        if modification.nom
        else "",
        sha256=modification.sha256,
        passages=modification.passages,
        lecture=modification.lecture,
    )


def versions_affichees(consultation: Consultation) -> list[VersionAffichee]:
    """L'histoire du dossier, la dernière version d'abord ;
    chacune donne accès au dossier d'avant.
    """
    return [
        VersionAffichee(
            numero=version.numero,
            publiee_le=version.publiee_le,
            explication=version.explication,
            modifications=[
                modification_affichee(consultation, m) for m in version.modifications.all()
            ],
            nouvelle_limite=version.nouvelle_limite,
            dossier_d_avant=reverse(
                "dossiers:d_avant", args=(consultation.reference, version.numero - 1)
            ),
            motif_sans_prolongation=version.motif_sans_prolongation,
        )
        for version in queries.versions_publiees(consultation)
    ]


def dossier_a_changer(consultation: Consultation) -> dict[str, Any]:
    """Les documents en vigueur qui ne changent pas encore, et les changements prêts."""
    prets = list(queries.modifications_preparees(consultation))
    touchees = {modification.ancienne_id for modification in prets}
    return {
        "pieces": [
            (piece, document_affiche(consultation, piece))
            for piece in consultations.pieces_en_vigueur(consultation)
            if piece.pk not in touchees
        ],
        "prets": [modification_affichee(consultation, modification) for modification in prets],
        "numero": queries.numero_de_la_version(consultation) + 1,
    }


def histoire_du_dossier(consultation: Consultation, *, a_l_acheteur: bool) -> HistoireDuDossier:
    """Pour la page publique et celle de l'acheteur :
    les versions, rendues, et ce qui se prépare.
    """
    # Close, elle ne change plus : ce qui se préparait ne se publiera pas.
    se_prepare = a_l_acheteur and consultation.etat == Consultation.Etat.PUBLIEE
    contexte = {
        "versions": versions_affichees(consultation),
        "consultation": consultation,
        "a_l_acheteur": a_l_acheteur,
    }
    return HistoireDuDossier(
        versions=render_to_string("dossiers/histoire.html", contexte),
        prets=queries.modifications_preparees(consultation).count() if se_prepare else 0,
        url=reverse("dossiers:changer", args=(consultation.reference,)),
        reglement_depasse=a_l_acheteur and queries.reglement_depasse(consultation),
    )
