"""Ce qu'un adhérent retrouve de ses conventions quand tout lui est rendu :
les actes, les lettres, leurs preuves.
"""

from collections.abc import Iterator
from datetime import datetime

from beffroi.achat.consultations.archivage import gardee
from beffroi.centre.conventions.models import PieceDeConvention
from beffroi.personnes.organismes.models import Organisme
from formats.versement import Etape, Piece, Sorte


def hors_consultation(organisme: Organisme, *, le: datetime) -> Iterator[Piece]:
    """Sauf les projets : ce que le centre préparait n'est pas encore l'acte des deux parties."""
    pieces = PieceDeConvention.objects.filter(convention__adherent__organisme=organisme)
    pieces = pieces.exclude(sorte=PieceDeConvention.Sorte.PROJET).select_related("convention")
    for piece in pieces.order_by("ajoutee_le", "pk"):
        yield gardee(
            f"{piece.get_sorte_display()}, convention {piece.convention.reference}",
            piece,
            sorte=Sorte.CONTRAT,
            etape=Etape.EXECUTION,
            le=piece.ajoutee_le,
            sujet=piece.convention.reference,
        )
