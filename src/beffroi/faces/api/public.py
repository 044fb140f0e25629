"""Ce que tout logiciel lit sans jeton :
les consultations publiées, leurs documents, et le fil de ce qui change.
"""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from ninja import Query, Router

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.queries import pieces_en_vigueur, publique, publiques
from beffroi.contrat.donnees_ouvertes.models import FaitPublic
from beffroi.contrat.donnees_ouvertes.queries import absolue, etat_public, faits_apres
from beffroi.faces.api import schemas
from beffroi.faces.api.debit import LecturesPubliques
from beffroi.socle.fondations.horloge import maintenant

ABSENTE: Any = {404: schemas.Probleme, 422: schemas.Probleme, 429: schemas.Probleme}
LISIBLE: Any = {422: schemas.Probleme, 429: schemas.Probleme}
FREIN = LecturesPubliques()
routes = Router(auth=None, tags=["lecture publique"], throttle=FREIN)


@routes.get("/consultations", response={200: schemas.PageDeConsultations, **LISIBLE})
def lister(request: HttpRequest, demande: Query[schemas.Pagination]) -> dict[str, Any]:
    """Les consultations publiées, de la plus ancienne à la plus récente ;
    `suivant` donne la page d'après.
    """
    le = maintenant()
    suivantes = publiques(le).filter(pk__gt=demande.apres).order_by("pk")[: demande.limite]
    trouvees = list(suivantes)
    return {
        "consultations": [en_bref(consultation) for consultation in trouvees],
        "suivant": trouvees[-1].pk if len(trouvees) == demande.limite else None,
    }


@routes.get("/consultations/{reference}", response={200: schemas.ConsultationEnDetail, **ABSENTE})
def lire(request: HttpRequest, reference: str) -> dict[str, Any]:
    """Une consultation publiée :
    dates, lots, pièces attendues, documents en vigueur et leurs empreintes.
    """
    consultation = publique(reference)
    return {
        **en_bref(consultation),
        "objet": consultation.objet,
        "lots": list(consultation.lots.values("numero", "intitule", "code_cpv")),
        "pieces_attendues": [
            {
                "piece": piece.reference,
                "intitule": piece.intitule,
                "enveloppe": piece.enveloppe,
                "lot": piece.lot.numero if piece.lot else None,
                "formats": [
                    extension.strip() for extension in piece.formats.split(",") if extension.strip()
                ],
            }
            for piece in consultation.pieces_attendues.select_related("lot")
        ],
        "documents": [
            {
                "document": piece.reference,
                "intitule": piece.intitule,
                "nom": piece.nom,
                "version": piece.version,
                "taille": piece.taille,
                "sha256": piece.sha256,
                "publie_le": piece.publiee_le,
                "adresse": absolue(
                    reverse(
                        "consultations:document",
                        args=(consultation.reference, piece.reference, piece.nom),
                    )
                ),
            }
            for piece in pieces_en_vigueur(consultation)
        ],
        "dossier": absolue(reverse("consultations:dossier", args=(consultation.reference,))),
    }


@routes.get("/changements", response={200: schemas.PageDuFil, **LISIBLE})
def suivre(request: HttpRequest, demande: Query[schemas.Pagination]) -> dict[str, Any]:
    """Ce qui a changé après ce numéro, dans l'ordre : rien ne manque, rien ne revient.

    Redemandez avec `suivant`.
    """
    faits = faits_apres(demande.apres, demande.limite)
    return {
        "changements": [en_fait(fait) for fait in faits],
        "suivant": faits[-1].sequence if faits else demande.apres,
    }


def en_bref(consultation: Consultation) -> dict[str, Any]:
    return {
        "reference": consultation.reference,
        "titre": consultation.titre,
        "acheteur": {"nom": consultation.organisme.nom, "siret": consultation.organisme.siret},
        "nature": consultation.nature,
        "procedure": consultation.type_de_procedure,
        "code_cpv": consultation.code_cpv,
        "lieu": consultation.lieu,
        "etat": etat_public(consultation, maintenant()),
        "publiee_le": consultation.publiee_le,
        "date_limite": consultation.date_limite_remise,
        "date_limite_des_questions": consultation.date_limite_questions,
        "adresse": absolue(reverse("consultations:fiche", args=(consultation.reference,))),
    }


def en_fait(fait: FaitPublic) -> dict[str, Any]:
    reference = fait.consultation.reference
    return {
        "sequence": fait.sequence,
        "sorte": fait.sorte,
        "consultation": reference,
        "texte": fait.texte,
        "le": fait.le,
        "adresse": absolue(reverse("consultations:fiche", args=(reference,))),
    }
