"""La composition d'une commission, et la raison écrite de s'en passer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from beffroi.achat.consultations.models import Consultation
from beffroi.choix.commissions.models import Commission, Dispense, Membre
from beffroi.choix.commissions.mots import Fonction, Sorte
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.models import Organisme
from beffroi.personnes.organismes.queries import agents_de
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.services import journaliser


@dataclass(frozen=True)
class ProjetDeCommission:
    """Ce qu'on dit d'une commission en la créant :
    le délai et la voix prépondérante viennent de son règlement intérieur.
    """

    nom: str
    sorte: str = Sorte.CAO
    delai_en_jours_francs: int = 5
    voix_preponderante: bool = False
    qualification: str = ""


@dataclass(frozen=True)
class ProjetDeMembre:
    """Une personne et sa fonction. L'adresse d'un agent de l'organisme lui ouvre ses réunions."""

    nom: str
    fonction: str
    qualite: str = ""
    courriel: str = ""
    qualifie: bool = False


@transaction.atomic
def creer_une_commission(
    *, organisme: Organisme, projet: ProjetDeCommission, par: Utilisateur, maintenant: datetime
) -> Commission:
    """Une commission de plus, sans membre encore."""
    if not projet.nom.strip():
        raise RegleEnfreinte("Donnez un nom à la commission.")
    commission = Commission.objects.create(
        organisme=organisme,
        sorte=projet.sorte,
        nom=projet.nom.strip(),
        delai_en_jours_francs=projet.delai_en_jours_francs,
        voix_preponderante=projet.voix_preponderante,
        qualification=projet.qualification.strip(),
        creee_le=maintenant,
    )
    noter("creer", commission, par=par, le=maintenant, donnees={"sorte": projet.sorte})
    return commission


@transaction.atomic
def ajouter_un_membre(
    *, commission: Commission, projet: ProjetDeMembre, par: Utilisateur, maintenant: datetime
) -> Membre:
    """Une personne de plus. Un seul président en fonction."""
    commission = verrouiller(commission, avec=("organisme",))
    if not projet.nom.strip():
        raise RegleEnfreinte("Donnez le nom de cette personne.")
    en_fonction = commission.membres.filter(jusqu_au=None)
    if (
        projet.fonction == Fonction.PRESIDENT
        and en_fonction.filter(fonction=Fonction.PRESIDENT).exists()
    ):
        raise RegleEnfreinte("La commission a déjà un président. Retirez-le d'abord.")
    courriel = projet.courriel.strip()
    agent = (
        agents_de(commission.organisme, maintenant)
        .filter(utilisateur__courriel__iexact=courriel)
        .first()
    )
    utilisateur = agent.utilisateur if agent and courriel else None
    if utilisateur and en_fonction.filter(utilisateur=utilisateur).exists():
        raise RegleEnfreinte("Cette personne est déjà de la commission.")
    membre = Membre.objects.create(
        commission=commission,
        utilisateur=utilisateur,
        nom=projet.nom.strip(),
        qualite=projet.qualite.strip(),
        courriel=courriel,
        fonction=projet.fonction,
        qualifie=projet.qualifie,
        depuis_le=maintenant,
    )
    donnees = {"membre": membre.reference, "fonction": membre.fonction}
    noter("ajouter_un_membre", commission, par=par, le=maintenant, donnees=donnees)
    return membre


@transaction.atomic
def retirer_un_membre(*, membre: Membre, par: Utilisateur, maintenant: datetime) -> Membre:
    """Met fin à ses fonctions.

    Ce qu'elle a voté reste, et les réunions déjà convoquées gardent sa place.
    """
    commission = verrouiller(membre.commission, avec=("organisme",))
    membre = verrouiller(membre)
    if membre.jusqu_au:
        raise ConflitEtat("Cette personne n'est déjà plus de la commission.")
    membre.jusqu_au = maintenant
    membre.save(update_fields=["jusqu_au"])
    noter(
        "retirer_un_membre",
        commission,
        par=par,
        le=maintenant,
        donnees={"membre": membre.reference},
    )
    return membre


@transaction.atomic
def dispenser(
    *,
    consultation: Consultation,
    lot: int | None,
    motif: str,
    par: Utilisateur,
    maintenant: datetime,
) -> Dispense:
    """Écrit pourquoi ce lot s'attribue sans un choix de la commission
    ici (CGCT, art. L. 1414-2).
    """
    consultation = verrouiller(consultation, avec=("organisme",))
    if not motif.strip():
        raise RegleEnfreinte("Dites pourquoi : la raison est gardée au journal.")
    dispense = Dispense.objects.create(
        consultation=consultation, lot=lot, motif=motif.strip(), dite_le=maintenant, dite_par=par
    )
    journaliser(
        "commission.dispenser",
        sujet=consultation.reference,
        organisme=consultation.organisme_du_journal,
        par=par.acteur,
        le=maintenant,
        donnees={"lot": lot, "motif": dispense.motif},
    )
    return dispense


def noter(
    acte: str,
    commission: Commission,
    *,
    par: Utilisateur,
    le: datetime,
    sujet: str = "",
    donnees: dict[str, Any],
) -> None:
    """L'écriture au journal d'un acte de la commission, ou d'une de ses réunions."""
    journaliser(
        f"commission.{acte}",
        sujet=sujet or commission.reference,
        organisme=commission.organisme.siret,
        par=par.acteur,
        le=le,
        donnees=donnees,
    )
