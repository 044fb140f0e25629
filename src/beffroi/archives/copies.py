"""Un fichier qui porte les octets d'autres pièces : les laisser, quand elles s'éliminent, serait ne rien éliminer."""

from collections.abc import Iterable, Iterator

from beffroi.archives.models import Elimination, Paquet, PieceAEliminer
from beffroi.consultations.archivage import gardes
from beffroi.consultations.models import Consultation
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


def detruites(cles: Iterable[str]) -> set[str]:
    """Celles de ces clés dont les octets ont été détruits sous visa."""
    lignes = PieceAEliminer.objects.filter(
        cle_de_stockage__in=[cle for cle in cles if cle], elimination__etat=Elimination.Etat.DETRUITE
    )
    return set(lignes.values_list("cle_de_stockage", flat=True))
