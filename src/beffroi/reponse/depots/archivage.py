"""Ce que les archives reçoivent des dépôts :
les réponses scellées telles que reçues, et leurs récépissés.

Une réponse retirée reste scellée (`coffre.flux_scelle`) : son récépissé seul est remis.
Rien avant l'heure limite.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet

from beffroi.achat.consultations.archivage import faits
from beffroi.achat.consultations.models import Consultation, PieceAttendue
from beffroi.reponse.depots import queries, recepisse
from beffroi.reponse.depots.coffre import flux_scelle
from beffroi.reponse.depots.models import DepotMateriel, Enveloppe, FichierScelle, Pli
from formats.versement import Blocs, Etape, Piece, Sorte, composee

_LECTURE_OCTETS = 256 * 1024
_ETAPES = {
    PieceAttendue.Enveloppe.CANDIDATURE: Etape.CANDIDATURES,
    PieceAttendue.Enveloppe.OFFRE: Etape.OFFRES,
}


def recus(consultation: Consultation, *, le: datetime) -> list[QuerySet[Pli]]:
    return [queries.plis_connus(consultation, le=le)]


def pieces(consultation: Consultation, *, le: datetime) -> Iterator[Piece]:
    for pli in queries.plis_connus(consultation, le=le).order_by("recu_le", "pk"):
        yield Piece(
            titre=f"Récépissé {pli.reference}, {pli.equipe.nom}",
            sorte=Sorte.RECEPISSE,
            etape=Etape.CANDIDATURES,
            nom=f"recu-{pli.reference}.zip",
            ouvrir=composee(lambda pli=pli: recepisse.archive_du_recu(pli, etabli_le=le)),  # type: ignore[misc]
            le=pli.recu_le,
            sujet=pli.reference,
            pli=pli.reference,
        )
        if pli.etat != Pli.Etat.RETIRE:
            for enveloppe in pli.enveloppes.all():
                yield from scelles(pli, enveloppe, le=le)


def recus_au_guichet(consultation: Consultation, *, le: datetime) -> list[QuerySet[DepotMateriel]]:
    return [consultation.depots_materiels.all()]


def materiels(consultation: Consultation, *, le: datetime) -> Iterator[Piece]:
    remis = consultation.depots_materiels.order_by("recu_le", "pk")
    if remis:
        dits = [
            {
                "sorte": d.get_sorte_display(),
                "deposant": d.deposant,
                "lot": d.lot,
                "recu_le": d.recu_le,
                "preuve": d.preuve,
            }
            for d in remis
        ]
        yield faits(
            "Dépôts matériels",
            "depots-materiels.json",
            dits,
            sorte=Sorte.REGISTRE,
            etape=Etape.CANDIDATURES,
        )


def scelles(pli: Pli, enveloppe: Enveloppe, *, le: datetime) -> Iterator[Piece]:
    """Le manifeste, puis les fichiers, dans l'ordre où ils ont été annoncés."""
    for fichier in (enveloppe.manifeste, *enveloppe.fichiers.all()):
        yield Piece(
            titre=f"{enveloppe}, {pli.reference}, {fichier.nom}",
            sorte=Sorte.PLI_SCELLE,
            etape=_ETAPES[PieceAttendue.Enveloppe(enveloppe.sorte)],
            nom=f"{fichier.nom.removesuffix('.age')}.age",
            ouvrir=blocs_scelles(fichier, le=le),
            sha256=fichier.sha256_recalcule,
            taille=fichier.taille,
            le=pli.recu_le,
            sujet=pli.reference,
            pli=pli.reference,
            cle=fichier.cle_de_stockage,
        )


def blocs_scelles(fichier: FichierScelle, *, le: datetime) -> Blocs:
    def blocs() -> Iterator[bytes]:
        with flux_scelle(fichier, le) as flux:
            while bloc := flux.read(_LECTURE_OCTETS):
                yield bloc

    return blocs
