"""Rendre ce qui a été appelé en trop : un avoir s'ajoute, l'appel émis ne change pas.

Rendre de l'argent demande deux personnes : `avoirs_a_deux`, ou l'appel que deux ont validé.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum

from beffroi.centre.contributions import depart
from beffroi.centre.contributions.couverture import conventions_par_adherent, couverture
from beffroi.centre.contributions.models import Avoir, Contribution
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte
from beffroi.socle.fondations.services import numero_suivant
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.services import journaliser
from formats.sommes import en_euros

RIEN = Decimal(0)


@dataclass(frozen=True)
class Rendu:
    """Pourquoi, combien, et ce qu'on en dit."""

    motif: str
    montant: Decimal
    explication: str


@transaction.atomic
def accorder(
    *, contribution: Contribution, rendu: Rendu, par: Utilisateur, maintenant: datetime
) -> Avoir:
    """Rend une part d'une contribution émise, sans jamais rendre plus que ce qui a été appelé."""
    contribution = verrouiller(contribution, avec=("exercice",))
    exiger_de_pouvoir_rendre(contribution, rendu)
    avoir = Avoir.objects.create(
        contribution=contribution,
        numero=numero_suivant("avoir"),
        motif=rendu.motif,
        montant=rendu.montant,
        explication=rendu.explication,
        accorde_par=par,
        accorde_le=maintenant,
    )
    journaliser(
        "contribution.accorder_un_avoir",
        sujet=contribution.reference,
        organisme=contribution.siret,
        par=par.acteur,
        le=maintenant,
        donnees={"avoir": avoir.reference, "montant": f"{avoir.montant:.2f}", "motif": avoir.motif},
    )
    return avoir


def exiger_de_pouvoir_rendre(contribution: Contribution, rendu: Rendu) -> None:
    """Un appel émis, que rien d'autre ne corrige, et jamais plus que ce qu'il en reste."""
    if contribution.emise_le is None:
        raise ConflitEtat(
            "Cette contribution n'est pas émise : elle se corrige encore, sans avoir."
        )
    if Contribution.objects.filter(regularise=contribution, emise_le=None).exists():
        raise ConflitEtat(
            "Sa régularisation est en préparation : émettez-la d'abord, elle tient compte du reste."
        )
    reste = (contribution.montant or RIEN) - deja_rendu(contribution)
    if not RIEN < rendu.montant <= reste:
        raise RegleEnfreinte(
            f"Un avoir rend plus de 0 € et {en_euros(reste)} au plus : ce qui reste de l'appel."
        )


def deja_rendu(contribution: Contribution) -> Decimal:
    return contribution.avoirs.aggregate(total=Sum("montant"))["total"] or RIEN


@transaction.atomic
def rendre_apres_un_depart(
    *, contribution: Contribution, par: Utilisateur, maintenant: datetime
) -> Avoir | None:
    """Qui part en cours d'année ne doit que ses jours ;
    la convention dit sa fin, et si elle finit pour impayé (ruling 13).
    """
    contribution = verrouiller(contribution, avec=("exercice__grille",))
    rendu = du_apres_un_depart(contribution)
    if rendu is None:
        return None
    return accorder(contribution=contribution, rendu=rendu, par=par, maintenant=maintenant)


def du_apres_un_depart(contribution: Contribution) -> Rendu | None:
    """Ce que ce départ rend ; rien, si tout est dû. Lève `ConflitEtat` s'il est déjà réglé."""
    if Contribution.objects.filter(regularise=contribution).exists():
        raise ConflitEtat(
            "Cette contribution est régularisée sur l'année finie : ses jours y sont déjà comptés."
        )
    if contribution.avoirs.filter(motif=Avoir.Motif.DEPART).exists():
        raise ConflitEtat("L'avoir de ce départ est déjà accordé.")
    ecart = _du_depart(contribution)
    if ecart.montant <= RIEN:
        return None
    return Rendu(Avoir.Motif.DEPART, ecart.montant, ecart.explication[:500])


def _du_depart(contribution: Contribution) -> depart.Ecart:
    annee = contribution.exercice.annee
    siennes = conventions_par_adherent(annee).get(contribution.adherent_id)
    if not siennes:
        raise RegleEnfreinte(
            f"Aucune convention ne couvre un jour de {annee} : accordez un avoir pour erreur."
        )
    couvert = couverture(siennes)
    if not couvert.s_arrete_en(annee):
        raise RegleEnfreinte(
            f"La convention {couvert.convention} ne finit pas en {annee} : rien n'est à rendre."
        )
    return depart.ecart(contribution, couvert)
