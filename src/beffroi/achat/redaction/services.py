"""Mettre au dossier les documents que l'outil écrit ;
les récrire remplace ceux d'avant, tant que rien n'est publié.
"""

import io
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from beffroi.achat.consultations import services as consultations
from beffroi.achat.consultations.models import Consultation, PieceDce
from beffroi.achat.preparation import queries as preparation
from beffroi.achat.redaction.documents import Manque, a_completer, tous
from beffroi.achat.redaction.fichiers import Fichier, rendre
from beffroi.achat.redaction.portee import peut_s_ecrire
from beffroi.socle.journal.acteurs import Acteur
from droit.achat import Achat, DocumentDuDossier
from droit.en_vigueur import Droit

# Ce que l'entreprise lit est en PDF ; ce qu'elle remplit est en ODT.
AU_DOSSIER = {
    "reglement": (PieceDce.Sorte.RC, "pdf", "Règlement de la consultation"),
    "acte-d-engagement": (PieceDce.Sorte.AE, "odt", "Acte d'engagement"),
    "lettre-de-candidature": (PieceDce.Sorte.AUTRE, "odt", "Lettre de candidature"),
    "declaration-du-candidat": (PieceDce.Sorte.AUTRE, "odt", "Déclaration du candidat"),
    "pieces-a-deposer": (PieceDce.Sorte.AUTRE, "pdf", "Pièces à déposer"),
}


def achat_a_ecrire(consultation: Consultation, *, le: datetime) -> Achat:
    """L'achat, son dossier complété de ce que l'outil va y mettre :
    le règlement nomme aussi ces documents-là.

    Publié, l'achat est gelé ;
    le délai et le dossier changent encore, et un règlement à jour dit ceux d'aujourd'hui.
    """
    achat = preparation.achat_de(consultation, le=le)
    ecrits = tuple(
        DocumentDuDossier(nom=f"{nom}.{extension}", intitule=intitule, sorte=sorte.value)
        for nom, (sorte, extension, intitule) in AU_DOSSIER.items()
    )
    noms = {document.nom for document in ecrits}
    dates = replace(
        achat.dates,
        limite=consultation.date_limite_remise,
        derniere_question=consultation.date_limite_questions,
    )
    presents = preparation.documents_du_dossier(consultation)
    return replace(
        achat, dates=dates, documents=(*ecrits, *(d for d in presents if d.nom not in noms))
    )


def ecrire_les_documents(
    consultation: Consultation, *, le: datetime
) -> dict[str, tuple[Fichier, Fichier]]:
    """Chaque document en PDF et en ODT, d'après les réponses d'aujourd'hui.

    Lève `RegleEnfreinte` hors de portée.
    """
    achat = achat_a_ecrire(consultation, le=le)
    return {
        nom: rendre(nom, document)
        for nom, document in tous(achat, droit_du_jour(consultation, le=le), le).items()
    }


def manques_des_documents(consultation: Consultation, *, le: datetime) -> tuple[Manque, ...]:
    """Les réponses que les documents attendent encore ;
    aucune si l'outil n'écrit pas ceux de cette procédure.
    """
    achat, droit = achat_a_ecrire(consultation, le=le), droit_du_jour(consultation, le=le)
    return a_completer(achat, droit, le) if peut_s_ecrire(achat, droit).favorable else ()


def droit_du_jour(consultation: Consultation, *, le: datetime) -> Droit:
    return Droit.au(preparation.jour_de_reference(preparation.preparation_de(consultation), le))


@transaction.atomic
def mettre_au_dossier(
    *,
    consultation: Consultation,
    ecrits: dict[str, tuple[Fichier, Fichier]],
    par: Acteur,
    maintenant: datetime,
) -> list[PieceDce]:
    """Dépose les cinq documents dans le dossier du brouillon,
    à la place de ceux que l'outil y avait mis.
    """
    retenus = {nom: _dans(ecrits[nom], AU_DOSSIER[nom][1]) for nom in AU_DOSSIER}
    for ancienne in consultation.pieces.filter(
        nom__in=[fichier.nom for fichier in retenus.values()]
    ):
        consultations.retirer_piece(piece=ancienne, par=par, maintenant=maintenant)
    return [
        consultations.ajouter_piece(
            consultation=consultation,
            sorte=AU_DOSSIER[nom][0],
            intitule=AU_DOSSIER[nom][2],
            nom=fichier.nom,
            flux=io.BytesIO(fichier.octets),
            par=par,
            maintenant=maintenant,
        )
        for nom, fichier in retenus.items()
    ]


def _dans(rendus: tuple[Fichier, Fichier], extension: str) -> Fichier:
    return next(fichier for fichier in rendus if fichier.nom.endswith(f".{extension}"))
