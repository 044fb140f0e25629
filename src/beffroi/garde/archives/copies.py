"""Un fichier qui porte les octets d'autres pièces :
les laisser, quand elles s'éliminent, serait ne rien éliminer.
"""

from collections.abc import Collection, Iterable, Iterator

from django.db.models import QuerySet

from beffroi.achat.consultations.archivage import gardes
from beffroi.achat.consultations.models import Consultation, PieceDce
from beffroi.achat.dossiers.models import VersionDuDossier
from beffroi.garde.archives import ports
from beffroi.garde.archives.models import Elimination, Paquet, PieceAEliminer
from beffroi.personnes.organismes.models import Organisme
from beffroi.socle.fondations.stockage import empreinte_gardee
from formats.versement import Etape, Piece, Sorte


def copie(titre: str, nom: str, *, cle: str, sha256: str, taille: int | None) -> Piece:
    return Piece(
        titre=titre,
        sorte=Sorte.REGISTRE,
        etape=Etape.EXECUTION,
        nom=nom,
        ouvrir=gardes(cle),
        sha256=sha256,
        taille=taille,
        cle=cle,
    )


def des_paquets(consultations: Iterable[Consultation]) -> Iterator[tuple[Consultation, Piece]]:
    """Les paquets établis de ces consultations."""
    etablis = Paquet.objects.filter(consultation__in=consultations).exclude(cle_de_stockage="")
    for paquet in etablis.select_related("consultation__organisme").order_by("pk"):
        yield (
            paquet.consultation,
            copie(
                f"Paquet d'archives {paquet.reference}",
                paquet.nom,
                cle=paquet.cle_de_stockage,
                sha256=paquet.sha256,
                taille=paquet.taille,
            ),
        )


def des_dossiers(consultations: Iterable[Consultation]) -> Iterator[tuple[Consultation, Piece]]:
    """Les dossiers de consultation rangés en ZIP,
    celui du jour et ceux d'avant chaque changement.
    """
    for consultation in consultations:
        versions = VersionDuDossier.objects.filter(consultation=consultation).order_by("numero")
        cles = [
            consultation.archive_du_dossier,
            *versions.values_list("archive_precedente", flat=True),
        ]
        for rang, cle in enumerate(filter(None, cles), start=1):
            nom = f"dossier-{consultation.reference}-{rang}.zip"
            titre = f"Dossier de consultation en ZIP, {consultation.reference}"
            yield (
                consultation,
                copie(titre, nom, cle=cle, sha256=empreinte_gardee(cle), taille=None),
            )


def des_archives(organisme: Organisme, cles: Collection[str]) -> Iterator[Piece]:
    """Les archives rendues, gardées ici, qui contiennent l'une de ces pièces.

    Sans inventaire, on ne suppose rien de moins.
    """
    gardees = ports.archives_rendues(organisme)
    finies = detruites(rendue.piece.cle for rendue in gardees)
    for rendue in gardees:
        contenues = rendue.contenues()
        if rendue.piece.cle not in finies and (not contenues or not contenues.isdisjoint(cles)):
            yield rendue.piece


def restantes(
    organisme: Organisme, consultations: Collection[Consultation], cles: Collection[str]
) -> list[str]:
    """Ce qui porterait encore les octets de ces pièces, une fois elles détruites :
    préparé depuis que la liste est arrêtée.
    """
    paquets = [piece for _, piece in des_paquets(consultations)]
    if PieceDce.objects.filter(consultation__in=consultations, cle_de_stockage__in=cles).exists():
        paquets += [piece for _, piece in des_dossiers(consultations)]
    portent = [*paquets, *des_archives(organisme, cles)]
    finies = detruites(piece.cle for piece in portent)
    return [piece.titre for piece in portent if piece.cle not in finies and piece.cle not in cles]


def detruites(cles: Iterable[str]) -> set[str]:
    """Celles de ces clés dont les octets ont été détruits sous visa."""
    lignes = lignes_detruites().filter(cle_de_stockage__in=[cle for cle in cles if cle])
    return set(lignes.values_list("cle_de_stockage", flat=True))


def lignes_detruites() -> QuerySet[PieceAEliminer]:
    """Les lignes des bordereaux dont le visa a été suivi."""
    return PieceAEliminer.objects.filter(elimination__etat=Elimination.Etat.DETRUITE).order_by()
