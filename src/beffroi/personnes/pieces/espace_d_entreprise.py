"""« Mon entreprise » : les pièces gardées pour les réponses."""

from datetime import datetime

from beffroi.personnes.entreprises.models import Membre
from beffroi.personnes.entreprises.ports import Element, Rubrique
from beffroi.personnes.pieces.queries import lignes

# Ce que « Mon entreprise » en montre ; le reste est sur sa propre page.
LIGNES = 5


def pieces(membre: Membre, *, le: datetime) -> Rubrique:
    elements = [
        Element(
            ligne.piece.intitule,
            f"/entreprise/pieces/{ligne.piece.reference}/",
            ligne.version.nom,
            ligne.ton,
            ligne.mot,
        )
        for ligne in lignes(membre.equipe, le=le)[:LIGNES]
    ]
    vide = "Vous ne gardez encore aucune pièce. Gardez celles que chaque acheteur redemande."
    return Rubrique(
        "pieces", "Nos pièces", "/entreprise/pieces/", "Toutes nos pièces", elements, vide
    )
