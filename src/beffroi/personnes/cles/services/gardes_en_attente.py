"""Les gardes qui attendent : données à une adresse, elles ne valent qu'une fois prouvée."""

from datetime import datetime

from django.db import transaction

from beffroi.personnes.cles import queries, rules
from beffroi.personnes.cles.models import Gardien, GardienEnAttente
from beffroi.personnes.cles.services.gardiens import (
    VERROU_DES_GARDIENS,
    designer_gardien,
    est_acheteur,
)
from beffroi.personnes.comptes import liens
from beffroi.personnes.comptes import services as comptes
from beffroi.personnes.comptes.events import AdresseProuvee
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.queries import adresse_prouvee, comptes_sans_preuve
from beffroi.personnes.comptes.rules import ATTENTE_D_UNE_ADRESSE
from beffroi.socle.fondations.erreurs import ConflitEtat, exiger
from beffroi.socle.fondations.services import ecrire_a
from beffroi.socle.fondations.verrous import verrou_nomme, verrouiller
from beffroi.socle.journal.acteurs import PLATEFORME, Acteur
from beffroi.socle.journal.services import journaliser


@transaction.atomic
def designer(
    *,
    utilisateur: Utilisateur,
    organisation: str,
    releve_de_l_exploitant: bool,
    par: Acteur,
    maintenant: datetime,
) -> Gardien | GardienEnAttente:
    """Désigne un gardien : tout de suite si son compte a prouvé son adresse,
    et sinon dès que la personne ouvre le lien qu'elle y reçoit.
    """
    if adresse_prouvee(utilisateur):
        return designer_gardien(
            utilisateur=utilisateur,
            organisation=organisation,
            releve_de_l_exploitant=releve_de_l_exploitant,
            par=par,
            maintenant=maintenant,
        )
    verrou_nomme(VERROU_DES_GARDIENS)
    exiger(
        rules.peut_designer_un_gardien(
            en_fonction=rules.NOMBRE_DE_GARDIENS - queries.places_de_gardien(),
            deja=queries.garde_attendue(utilisateur.courriel) is not None,
            est_agent_de_l_acheteur=est_acheteur(utilisateur),
        )
    )
    return _attendre(
        utilisateur,
        organisation=organisation,
        releve_de_l_exploitant=releve_de_l_exploitant,
        par=par,
        maintenant=maintenant,
    )


def _attendre(
    utilisateur: Utilisateur,
    *,
    organisation: str,
    releve_de_l_exploitant: bool,
    par: Acteur,
    maintenant: datetime,
) -> GardienEnAttente:
    attente = GardienEnAttente.objects.create(
        attendue=comptes.attendre(
            courriel=utilisateur.courriel, nom=utilisateur.nom, maintenant=maintenant
        ),
        organisation=organisation,
        releve_de_l_exploitant=releve_de_l_exploitant,
        depuis_le=maintenant,
    )
    _inscrire("garde_en_attente", attente, par=par, maintenant=maintenant)
    _ecrire_le_lien(attente, maintenant=maintenant)
    return attente


@transaction.atomic
def renvoyer_le_lien(*, attente: GardienEnAttente, par: Acteur, maintenant: datetime) -> None:
    """Écrit de nouveau à l'adresse que la garde attend."""
    attente = _prendre(attente)
    attente.depuis_le = maintenant
    attente.save(update_fields=["depuis_le"])
    _ecrire_le_lien(attente, maintenant=maintenant)
    _inscrire("lien_de_garde_renvoye", attente, par=par, maintenant=maintenant)


@transaction.atomic
def annuler_la_garde(*, attente: GardienEnAttente, par: Acteur, maintenant: datetime) -> None:
    """Cette garde ne sera pas donnée ; si rien d'autre n'attend l'adresse, elle s'oublie."""
    attente = _prendre(attente)
    attente.delete()
    comptes.ne_plus_attendre(attente.attendue)
    _inscrire("garde_annulee", attente, par=par, maintenant=maintenant)


def recevoir_la_garde(fait: AdresseProuvee) -> None:
    """L'adresse est prouvée : la personne devient gardienne.

    Si la règle s'y oppose désormais (elle achète, entre-temps), la garde continue d'attendre :
    l'exploitant la voit, et l'annule. L'adresse, elle, reste prouvée.
    """
    attente = queries.garde_attendue(fait.utilisateur.courriel)
    if attente is None or est_acheteur(fait.utilisateur):
        return
    if attente.depuis_le <= fait.le - ATTENTE_D_UNE_ADRESSE:
        return
    attente.delete()
    designer_gardien(
        utilisateur=fait.utilisateur,
        organisation=attente.organisation,
        releve_de_l_exploitant=attente.releve_de_l_exploitant,
        par=fait.utilisateur.acteur,
        maintenant=fait.le,
    )


@transaction.atomic
def suspendre_les_gardes_sans_preuve(*, maintenant: datetime) -> int:
    """Une base d'avant cette règle : un gardien dont l'adresse n'est pas prouvée attend qu'elle
    le soit. Rend leur nombre ; sans effet une fois fait.
    """
    gardiens = list(
        queries.gardiens_en_fonction().filter(
            utilisateur__est_actif=True, utilisateur__in=comptes_sans_preuve()
        )
    )
    for gardien in gardiens:
        gardien.retire_le = maintenant
        gardien.save(update_fields=["retire_le"])
        _attendre(
            gardien.utilisateur,
            organisation=gardien.organisation,
            releve_de_l_exploitant=gardien.releve_de_l_exploitant,
            par=PLATEFORME,
            maintenant=maintenant,
        )
    return len(gardiens)


def _prendre(attente: GardienEnAttente) -> GardienEnAttente:
    """Reçue ou annulée au même instant, elle n'est plus là."""
    try:
        return verrouiller(attente, avec=("attendue",))
    except GardienEnAttente.DoesNotExist:
        raise ConflitEtat(
            "Cette garde n'attend plus : la personne a ouvert son lien, ou un collègue l'a "
            "annulée. Rechargez la page des gardiens."
        ) from None


def _ecrire_le_lien(attente: GardienEnAttente, *, maintenant: datetime) -> None:
    ecrire_a(
        attente.attendue.courriel,
        cle=f"garde/{attente.reference}/{maintenant.isoformat()}",
        sujet="Une part de secours vous est confiée",
        gabarit="cles/courriels/garde_en_attente.txt",
        contexte={
            "attendue": attente.attendue,
            "page": liens.adresse_du_lien(attente.attendue, le=maintenant),
        },
        maintenant=maintenant,
    )


def _inscrire(acte: str, attente: GardienEnAttente, *, par: Acteur, maintenant: datetime) -> None:
    journaliser(
        f"cles.{acte}",
        sujet=attente.reference,
        par=par,
        le=maintenant,
        donnees={"organisation": attente.organisation},
    )
