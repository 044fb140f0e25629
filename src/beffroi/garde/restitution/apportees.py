"""Ce que l'organisme avait apporté d'une autre plateforme repart avec lui :
mêmes octets, même registre, mêmes preuves.
"""

import itertools
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet

from beffroi.garde.archives import bordereau
from beffroi.garde.archives.copies import copie
from beffroi.garde.restitution import forme
from beffroi.garde.restitution.ecriture import Ecrivain, en_json
from beffroi.garde.restitution.models import FichierRepris, Reprise
from beffroi.personnes.organismes.models import Organisme
from beffroi.socle.journal.queries import objets_detruits
from formats.versement import Piece

ENTETE = (
    "reference",
    "siren",
    "siret",
    "nom",
    "manifeste",
    "origine",
    "cle_d_origine",
    "restitution",
)


def de(organisme: Organisme) -> QuerySet[Reprise]:
    """Ce qui est repris est à l'organisme du même SIRET, et à lui seul."""
    return Reprise.objects.filter(siret=organisme.siret).order_by("reprise_le", "pk")


def gardees_de(reprise: Reprise) -> Iterator[Piece]:
    """Chaque fichier gardé d'une archive reprise, sauf ce qu'un visa a fait détruire."""
    de_la_reprise: Iterable[FichierRepris] = reprise.pieces.all()
    siennes = [une.pieces.all() for une in reprise.consultations.all()]
    return (piece for _, piece in _presentes(itertools.chain(de_la_reprise, *siennes)))


def ecrire(ecrivain: Ecrivain, reprise: Reprise, inventaire: dict[str, str]) -> dict[str, Any]:
    """Les fichiers, puis ce qu'ils sont : de quoi la reprendre ailleurs comme elle l'a été ici."""
    dossier, rangs = forme.dossier_de_la_reprise(reprise.reference), itertools.count(1)

    def ecrits(fichiers: Iterable[FichierRepris]) -> list[dict[str, Any]]:
        return [
            _ecrit(ecrivain, dossier, next(rangs), *present, inventaire)
            for present in _presentes(fichiers)
        ]

    dite = {
        **{colonne: getattr(reprise, colonne) for colonne in ENTETE},
        "etablie_le": reprise.etablie_le.isoformat(),
        "pieces": ecrits(reprise.pieces.all()),
        "consultations": [
            {
                "reference": une.reference,
                "consultation": une.faits,
                "finie": une.finie,
                "pieces": ecrits(une.pieces.all()),
            }
            for une in reprise.consultations.all()
        ],
    }
    ecrivain.ajouter(forme.donnees_de_la_reprise(reprise.reference), en_json(dite))
    return dite


def _presentes(fichiers: Iterable[FichierRepris]) -> Iterator[tuple[FichierRepris, Piece]]:
    detruits = objets_detruits()
    for fichier in fichiers:
        if fichier.cle_de_stockage not in detruits:
            yield (
                fichier,
                copie(
                    fichier.titre,
                    fichier.nom,
                    cle=fichier.cle_de_stockage,
                    sha256=fichier.sha256,
                    taille=fichier.taille,
                ),
            )


def _ecrit(
    ecrivain: Ecrivain,
    dossier: str,
    rang: int,
    fichier: FichierRepris,
    piece: Piece,
    inventaire: dict[str, str],
) -> dict[str, Any]:
    chemin = f"{dossier}{bordereau.objet(rang, piece).uri}"
    ecrivain.copier(chemin, bordereau.surveillee(piece))
    inventaire[piece.cle] = fichier.sha256
    decrits = ("titre", "sorte", "etape", "nom", "le", "taille", "sha256")
    return {"chemin": chemin, **{colonne: getattr(fichier, colonne) for colonne in decrits}}
