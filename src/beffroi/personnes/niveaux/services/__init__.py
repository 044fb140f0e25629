"""Les actes d'une preuve : lancer et relever un défi, poster un code, constater, révoquer."""

from beffroi.personnes.niveaux.services.centre import (
    prouver_sur_pieces,
    revoquer,
    rouvrir,
)
from beffroi.personnes.niveaux.services.defis import (
    lancer_un_defi,
    oublier_les_defis,
    relever_le_defi,
)
from beffroi.personnes.niveaux.services.lettres import (
    CodeFaux,
    LettreImprimee,
    demander_une_lettre,
    imprimer_la_lettre,
    oublier_les_lettres,
    refuser_la_lettre,
    taper_le_code,
)

__all__ = [
    "CodeFaux",
    "LettreImprimee",
    "demander_une_lettre",
    "imprimer_la_lettre",
    "lancer_un_defi",
    "oublier_les_defis",
    "oublier_les_lettres",
    "prouver_sur_pieces",
    "refuser_la_lettre",
    "relever_le_defi",
    "revoquer",
    "rouvrir",
    "taper_le_code",
]
