"""Ce qu'un adhérent retrouve de ses contributions quand tout lui est rendu :
chaque appel, son titre, ses paiements.
"""

from collections.abc import Iterator
from datetime import datetime

from beffroi.achat.consultations.archivage import faits
from beffroi.centre.contributions.models import Contribution
from beffroi.centre.recettes.models import TitreDeRecette
from beffroi.personnes.organismes.models import Organisme
from formats.versement import Etape, Piece, Sorte

COLONNES = (
    "reference",
    "numero",
    "nom",
    "siret",
    "agents",
    "annee_de_l_effectif",
    "presumee",
    "habitants",
    "habitants_au",
    "source_des_habitants",
    "volume",
    "motif_du_volume",
    "consultations",
    "convention",
    "debut",
    "fin",
    "tranche",
    "jours",
    "montant",
    "motifs",
    "emise_le",
    "recue_le",
)


def hors_consultation(organisme: Organisme, *, le: datetime) -> Iterator[Piece]:
    appelees = Contribution.objects.filter(adherent__organisme=organisme, emise_le__isnull=False)
    for contribution in appelees.select_related("exercice").order_by("emise_le", "pk"):
        yield faits(
            f"Contribution, {contribution.exercice}",
            f"contribution-{contribution.reference}.json",
            _contribution(contribution),
            sorte=Sorte.DONNEES,
            etape=Etape.EXECUTION,
            le=contribution.emise_le,
            sujet=contribution.reference,
        )


def _contribution(contribution: Contribution) -> dict[str, object]:
    titres = contribution.titres.prefetch_related("paiements")
    return {
        **{colonne: getattr(contribution, colonne) for colonne in COLONNES},
        "exercice": str(contribution.exercice),
        "titres": [_titre(titre) for titre in titres],
    }


def _titre(titre: TitreDeRecette) -> dict[str, object]:
    paiements = titre.paiements.filter(contrepasse_le=None).order_by("recu_le", "pk")
    return {
        "titre": titre.dit,
        "emis_le": titre.emis_le,
        "montant": titre.montant,
        "annule_le": titre.annule_le,
        "motif_d_annulation": titre.motif_d_annulation,
        "paiements": [{"recu_le": paye.recu_le, "montant": paye.montant} for paye in paiements],
    }
