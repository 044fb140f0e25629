"""Ouvrir un tour d'offres, et le prolonger pour tous."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from beffroi.achat.consultations.events import ConsultationDeclareeSansSuite
from beffroi.achat.consultations.models import Consultation
from beffroi.achat.tours import rules
from beffroi.achat.tours.courriels import ecrire_l_invitation, ecrire_la_prolongation
from beffroi.achat.tours.models import Invitation, Tour
from beffroi.personnes.cles.models import PaireDeCles
from beffroi.personnes.cles.services import publier_la_cle, retirer_paire
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises.models import Equipe
from beffroi.socle.fondations.erreurs import RegleEnfreinte, exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.services import journaliser, signer_un_point_de_controle


@dataclass(frozen=True)
class Remise:
    """Ce que l'acheteur fixe pour un tour :
    l'heure limite, ce qui la justifie, et ce qu'il ajoute à la lettre.
    """

    date_limite: datetime
    delai: str = Tour.Delai.ORDINAIRE
    motif_du_delai: str = ""
    message: str = ""


@dataclass(frozen=True)
class Invite:
    """Un candidat retenu :
    qui, d'après quelle candidature, pour quels lots, avec quel groupement.
    """

    equipe: Equipe
    destinataire: Utilisateur
    candidature: str
    lots: Sequence[int] = ()
    groupement: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def creer_le_tour(
    *,
    consultation: Consultation,
    remise: Remise,
    invites: Sequence[Invite],
    cle: PaireDeCles,
    par: Utilisateur,
    maintenant: datetime,
) -> Tour:
    """Écrit le tour, ses invitations et leurs courriels, à tous en même temps ;
    l'acte qui l'appelle les journalise (CCP, art. R. 2144-8).
    """
    precedent = Tour.objects.filter(consultation=consultation).order_by("-numero").first()
    numero = precedent.numero + 1 if precedent else 1
    if remise.delai not in Tour.Delai.values:
        raise RegleEnfreinte("Dites d'où vient le délai des offres.")
    if remise.delai == Tour.Delai.URGENCE and not remise.motif_du_delai.strip():
        raise RegleEnfreinte("Dites quelle urgence empêche de laisser le délai ordinaire.")
    exiger(
        rules.delai_des_offres(
            limite=remise.date_limite,
            invitation=maintenant,
            procedure=consultation.procedure,
            acheteur=consultation.type_d_acheteur,
            delai=remise.delai,
            numero=numero,
        )
    )
    publier_la_cle(
        paire=cle, consultation=consultation.reference, par=par.acteur, maintenant=maintenant
    )
    tour = Tour.objects.create(
        consultation=consultation,
        numero=numero,
        date_limite=remise.date_limite,
        delai=remise.delai,
        motif_du_delai=remise.motif_du_delai.strip(),
        cle=cle,
        message=remise.message.strip(),
        ouvert_le=maintenant,
        ouvert_par=par,
    )
    ecrites = Invitation.objects.bulk_create(
        Invitation(
            tour=tour,
            equipe=invite.equipe,
            destinataire=invite.destinataire,
            candidature=invite.candidature,
            lots=list(invite.lots),
            groupement=invite.groupement,
        )
        for invite in invites
    )
    for invitation in ecrites:
        ecrire_l_invitation(invitation, le=maintenant)
    return tour


@transaction.atomic
def prolonger_le_tour(
    *, tour: Tour, nouvelle: datetime, motif: str, par: Utilisateur, maintenant: datetime
) -> Tour:
    """Repousse l'heure limite des offres, pour tous les invités à la fois (CCP, art. R. 2151-4)."""
    tour = verrouiller(tour, avec=("consultation__organisme",))
    clos = tour.clos_le is not None
    exiger(
        rules.peut_se_prolonger(
            actuelle=tour.date_limite, nouvelle=nouvelle, maintenant=maintenant, clos=clos
        )
    )
    ancienne, tour.date_limite = tour.date_limite, nouvelle
    tour.save(update_fields=["date_limite"])
    for invitation in tour.invitations.select_related("destinataire"):
        ecrire_la_prolongation(invitation, tour=tour, motif=motif.strip(), le=maintenant)
    journaliser(
        "tour.prolonger",
        sujet=tour.reference,
        organisme=tour.consultation.organisme_du_journal,
        par=par.acteur,
        le=maintenant,
        donnees={
            "ancienne": ancienne.isoformat(),
            "nouvelle": nouvelle.isoformat(),
            "motif": motif.strip(),
        },
    )
    signer_un_point_de_controle(le=maintenant)
    return tour


@transaction.atomic
def noter_la_cloture_du_tour(
    *, tour: Tour, donnees: Mapping[str, Any], maintenant: datetime
) -> Tour:
    """L'heure limite du tour est passée : le journal retient `donnees`.

    Rien n'en dépend, sinon la preuve.
    """
    if tour.clos_le is not None:
        return tour
    tour.clos_le = maintenant
    tour.save(update_fields=["clos_le"])
    journaliser(
        "tour.clore",
        sujet=tour.reference,
        organisme=tour.consultation.organisme_du_journal,
        par=PLATEFORME,
        le=maintenant,
        donnees=donnees,
    )
    return tour


def retirer_les_cles_des_tours(renonciation: ConsultationDeclareeSansSuite) -> None:
    """L'acheteur renonce : la clé d'un tour de négociation ne servira plus.

    Celle du premier est celle de la consultation.
    """
    tours = Tour.objects.filter(consultation__reference=renonciation.reference, numero__gt=1)
    for tour in tours.select_related("cle"):
        retirer_paire(paire=tour.cle, par=PLATEFORME, maintenant=renonciation.le)
