"""Adopter une grille, changer un choix de la convention :
rien ne se modifie, une version suit l'autre.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from beffroi.centre.contributions.models import ChoixDuTarif, Grille, TrancheTarifaire
from beffroi.centre.tarif.rules import parametres
from beffroi.centre.tarif.rules.grille import Tarif, peut_etre_adoptee
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.erreurs import ConflitEtat, exiger
from beffroi.socle.journal.services import journaliser

Categorie = TrancheTarifaire.Categorie


@dataclass(frozen=True)
class Deliberation:
    """L'acte qui fonde une décision de tarif."""

    numero: str
    du: date


@transaction.atomic
def adopter_une_grille(
    *, tarif: Tarif, deliberation: Deliberation, effet: date, par: Utilisateur, maintenant: datetime
) -> Grille:
    """Garde une grille entière, pour un 1er janvier à venir ;
    celles d'avant restent telles quelles.
    """
    exiger(peut_etre_adoptee(tarif, deliberee_le=deliberation.du, effet=effet))
    try:
        with transaction.atomic():
            grille = Grille.objects.create(
                numero_de_deliberation=deliberation.numero.strip(),
                deliberee_le=deliberation.du,
                effet=effet,
                seuil=tarif.seuil,
                gardee_par=par,
                gardee_le=maintenant,
            )
    except IntegrityError as doublon:
        raise ConflitEtat(
            "Cette délibération a déjà une grille qui prend effet ce jour-là."
        ) from doublon
    for categorie, tranches in (
        (Categorie.AU_DELA, tarif.au_dela),
        (Categorie.JUSQU_AU_SEUIL, tarif.jusqu_au_seuil),
    ):
        for (
            tranche
        ) in tranches:  # une à une, dans l'ordre : la base vérifie que chacune suit la précédente
            TrancheTarifaire.objects.create(
                grille=grille,
                categorie=categorie,
                numero=tranche.numero,
                de=tranche.de,
                jusqu_a=tranche.jusqu_a,
                montant=tranche.montant,
            )
    journaliser(
        "grille.adopter",
        sujet=grille.reference,
        par=par.acteur,
        le=maintenant,
        donnees={"deliberation": grille.numero_de_deliberation, "effet": effet.isoformat()},
    )
    return grille


@transaction.atomic
def choisir(
    *, cle: str, valeur: str, effet: date, deliberation: str, par: Utilisateur, maintenant: datetime
) -> ChoixDuTarif:
    """Répond autrement à ce que la convention laisse ouvert, à partir d'un jour."""
    exiger(parametres.peut_etre_choisi(cle, valeur))
    choix = ChoixDuTarif.objects.create(
        cle=cle,
        valeur=valeur,
        effet=effet,
        deliberation=deliberation.strip(),
        choisi_par=par,
        choisi_le=maintenant,
    )
    donnees = {"valeur": valeur, "effet": effet.isoformat(), "deliberation": choix.deliberation}
    journaliser("tarif.choisir", sujet=cle, par=par.acteur, le=maintenant, donnees=donnees)
    return choix
