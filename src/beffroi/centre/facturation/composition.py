"""La facture d'une contribution, et de chacun de ses avoirs,
tirée de ce qui a été figé à l'appel.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from beffroi.centre.contributions.documents import numero_d_appel
from beffroi.centre.contributions.models import Contribution
from beffroi.centre.facturation.creancier import Creancier
from beffroi.centre.facturation.lecture import AFacturer
from beffroi.centre.tarif.rules.dates import echeance
from formats.dates import PARIS
from formats.facture import (
    Adresse,
    Facture,
    FactureRectifiee,
    Ligne,
    Mentions,
    Partie,
    References,
    hors_taxe_de,
)

MENTIONS = Mentions(
    frais_de_recouvrement=(
        "Indemnité forfaitaire pour frais de recouvrement en cas de retard : 40 €."
    ),
    penalites=(
        "En cas de retard, intérêts moratoires au taux de la Banque centrale européenne "
        "majoré de huit points."
    ),
    escompte="Aucun escompte pour paiement anticipé.",
    paiement=(
        "Mandat administratif au service de gestion comptable, "
        "dans les trente jours de la réception de l'appel."
    ),
)
D_UN_AVOIR = replace(
    MENTIONS,
    paiement=(
        "Somme déduite de la contribution ; déjà payée, le service de gestion comptable la rend."
    ),
)
RIEN = Decimal(0)


def facture(une: AFacturer, *, centre: Creancier) -> Facture:
    contribution, avoir = une.contribution, une.avoir
    somme = (avoir.montant if avoir else contribution.montant) or RIEN
    recue = contribution.recue_le
    return Facture(
        numero=une.numero,
        emise_le=une.emise_le,
        vendeur=centre.partie,
        acheteur=acheteur(contribution),
        lignes=(_ligne(une, somme),),
        mentions=D_UN_AVOIR if avoir else MENTIONS,
        references=_references(contribution),
        rectifie=_rectifiee(contribution) if avoir else None,
        echeance=echeance(recue) if recue and not avoir else None,
        note=avoir.explication if avoir else "",
        du=somme,
    )


def acheteur(contribution: Contribution) -> Partie:
    """Le nom et le SIRET sont ceux de l'appel ;
    un SIRET demandé depuis, et l'adresse, sont ceux de l'annuaire.
    """
    adherent = contribution.adherent
    return Partie(
        nom=contribution.nom,
        siret=contribution.siret or adherent.siret,
        adresse=Adresse(
            voie=adherent.adresse, code_postal=adherent.code_postal, ville=adherent.ville
        ),
        service=_service(contribution),
    )


def _service(contribution: Contribution) -> str:
    organisme = contribution.adherent.organisme
    return organisme.service_chorus if organisme else ""


def _ligne(une: AFacturer, somme: Decimal) -> Ligne:
    contribution, avoir = une.contribution, une.avoir
    annee = contribution.exercice.annee
    debut, fin = periode(contribution)
    libelle = f"Contribution {annee} à la plateforme de dématérialisation"
    return Ligne(
        libelle=f"{avoir.get_motif_display()} : {libelle.lower()}" if avoir else libelle,
        precision=(
            f"Tranche {contribution.tranche}, {contribution.volume} consultations, "
            f"{contribution.jours} jours"
        ),
        prix=hors_taxe_de(somme, une.regime),
        regime=une.regime,
        debut=debut,
        fin=fin,
    )


def periode(contribution: Contribution) -> tuple[date, date]:
    """Les jours de l'année que la convention couvre ;
    finie pour impayé, toute la fin de l'année reste due.
    """
    annee = contribution.exercice.annee
    premier, dernier = date(annee, 1, 1), date(annee, 12, 31)
    fin = contribution.fin if contribution.fin and not contribution.fin_pour_impaye else dernier
    return max(premier, contribution.debut), min(dernier, fin)


def _references(contribution: Contribution) -> References:
    grille = contribution.exercice.grille
    return References(
        convention=contribution.convention,
        deliberation=grille.numero_de_deliberation if grille else "",
        service=_service(contribution),
    )


def _rectifiee(contribution: Contribution) -> FactureRectifiee:
    assert contribution.emise_le is not None
    emise_le = contribution.emise_le.astimezone(PARIS).date()
    return FactureRectifiee(numero=numero_d_appel(contribution), emise_le=emise_le)
