"""Recevoir une demande sur ses données, la prolonger, y répondre, l'effacer.

Le journal n'en garde aucun texte.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from beffroi.garde.conformite import courriels, queries
from beffroi.garde.conformite.models import DemandeDeDroit
from beffroi.garde.conformite.rules import droits as regles
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.erreurs import exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import PLATEFORME, Acteur
from beffroi.socle.journal.franchissement import franchir
from beffroi.socle.journal.services import journaliser
from droit.calendrier.personnes import repondre_avant
from formats.dates import PARIS

SANS_COMPTE = Acteur(reference="sans-compte", libelle="Une personne sans compte")


@dataclass(frozen=True)
class Saisie:
    """Ce que la personne demande ; la même clé n'en fait qu'une."""

    droit: str
    texte: str
    nom: str
    courriel: str
    cle: str


@transaction.atomic
def demander(saisie: Saisie, *, compte: Utilisateur | None, maintenant: datetime) -> DemandeDeDroit:
    """Garde la demande. Un compte qui la fait de son adresse confirmée n'a rien à prouver ;
    tout autre reçoit un lien (RGPD, art. 12, § 6). Le mois court de l'envoi, non du clic.
    """
    deja = DemandeDeDroit.objects.filter(cle_d_envoi=saisie.cle).first()
    if deja is not None:
        return deja
    exiger(regles.recevable(texte=saisie.texte))
    liens = queries.liens_du_jour(saisie.courriel, maintenant)
    demande = DemandeDeDroit.objects.create(
        droit=saisie.droit,
        compte=compte,
        nom=saisie.nom.strip(),
        courriel=saisie.courriel.strip(),
        texte=saisie.texte.strip(),
        recue_le=maintenant,
        repondre_avant=repondre_avant(maintenant.astimezone(PARIS).date()),
        cle_d_envoi=saisie.cle,
    )
    journaliser(
        "demande_de_droit.recevoir",
        sujet=demande.reference,
        par=compte.acteur if compte else SANS_COMPTE,
        le=maintenant,
        donnees={"droit": demande.droit, "repondre_avant": demande.repondre_avant.isoformat()},
    )
    if compte and queries.est_son_adresse(compte, demande.courriel):
        return confirmer(demande=demande, maintenant=maintenant)
    if liens < regles.LIENS_PAR_JOUR:
        courriels.a_confirmer(demande, maintenant=maintenant)
    return demande


@transaction.atomic
def confirmer(*, demande: DemandeDeDroit, maintenant: datetime) -> DemandeDeDroit:
    """L'adresse est bien celle de qui demande :
    la demande compte, et le courriel dit le dernier jour (art. 12, § 3).
    """
    demande = verrouiller(demande, avec=("compte",))
    if not demande.est_a_confirmer:
        return demande
    exiger(regles.peut_compter(deja_ouvertes=queries.demandes_ouvertes_de(demande.courriel)))
    par = demande.compte.acteur if demande.compte else SANS_COMPTE
    demande = franchir(demande, "confirmer", par=par, le=maintenant)
    courriels.recue(demande, maintenant=maintenant)
    return demande


@transaction.atomic
def oublier(*, demande: DemandeDeDroit, maintenant: datetime) -> None:
    """Personne n'a cliqué : ni nom, ni adresse, ni texte ne restent."""
    franchir(demande, "oublier", par=PLATEFORME, le=maintenant, nom="", courriel="", texte="")


@transaction.atomic
def prolonger(
    *, demande: DemandeDeDroit, motif: str, par: Utilisateur, maintenant: datetime
) -> DemandeDeDroit:
    """Deux mois de plus, une fois, et la personne sait pourquoi (RGPD, art. 12, § 3)."""
    demande = verrouiller(demande)
    jour = maintenant.astimezone(PARIS).date()
    prolongee = demande.etat == DemandeDeDroit.Etat.PROLONGEE
    exiger(regles.peut_prolonger(le=jour, avant=demande.repondre_avant, deja=prolongee))
    avant = repondre_avant(demande.recue_le.astimezone(PARIS).date(), prolongee=True)
    demande = franchir(
        demande,
        "prolonger",
        par=par.acteur,
        le=maintenant,
        donnees={"repondre_avant": avant.isoformat()},
        motif_de_prolongation=motif.strip(),
        repondre_avant=avant,
    )
    courriels.prolongee(demande, maintenant=maintenant)
    return demande


@transaction.atomic
def repondre(
    *, demande: DemandeDeDroit, decision: str, reponse: str, par: Utilisateur, maintenant: datetime
) -> DemandeDeDroit:
    """Répond, motifs compris ;
    la personne sait qui saisir si la réponse ne lui va pas (RGPD, art. 12, § 4).
    """
    demande = franchir(
        demande,
        "repondre",
        par=par.acteur,
        le=maintenant,
        donnees={"decision": decision},
        decision=decision,
        reponse=reponse.strip(),
        repondue_le=maintenant,
        repondue_par=par,
    )
    courriels.repondue(demande, maintenant=maintenant)
    return demande


@transaction.atomic
def effacer(*, demande: DemandeDeDroit, maintenant: datetime) -> None:
    """Deux ans après la réponse : ni nom, ni adresse, ni texte (RGPD, art. 5, § 1, e)."""
    demande = verrouiller(demande)
    vides = dict.fromkeys(("nom", "courriel", "texte", "motif_de_prolongation", "reponse"), "")
    for champ, vide in vides.items():
        setattr(demande, champ, vide)
    demande.save(update_fields=list(vides))
    journaliser("demande_de_droit.effacer", sujet=demande.reference, par=PLATEFORME, le=maintenant)


def oublier_les_non_confirmees(*, le: datetime) -> int:
    perdues = list(queries.demandes_a_oublier(le))
    for demande in perdues:
        oublier(demande=demande, maintenant=le)
    return len(perdues)


def effacer_les_echues(*, le: datetime) -> int:
    echues = list(queries.demandes_a_effacer(le))
    for demande in echues:
        effacer(demande=demande, maintenant=le)
    return len(echues)
