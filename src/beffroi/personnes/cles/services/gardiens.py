"""Les trois gardiens : les désigner, vérifier qu'ils ouvrent, les remplacer."""

from datetime import datetime

from django.db import transaction

from beffroi.personnes.cles import queries, rules, scellement
from beffroi.personnes.cles.models import Gardien
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.models import Habilitation, Organisme
from beffroi.socle.fondations.adresses import lien_vers
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte, exiger
from beffroi.socle.fondations.services import ecrire_a
from beffroi.socle.fondations.verrous import verrou_nomme, verrouiller
from beffroi.socle.journal.acteurs import Acteur
from beffroi.socle.journal.services import journaliser

VERROU_DES_GARDIENS = (
    0x4741524449  # « GARDI » : trois au plus, même si deux écrans désignent ensemble
)


@transaction.atomic
def designer_gardien(
    *,
    utilisateur: Utilisateur,
    organisation: str,
    releve_de_l_exploitant: bool,
    par: Acteur,
    maintenant: datetime,
) -> Gardien:
    """Désigne un gardien d'une part de recouvrement ; s'il a déjà une clé, son canari l'attend.

    Le compte a prouvé son adresse (`gardes_en_attente.designer`) : la base l'exige.
    """
    verrou_nomme(VERROU_DES_GARDIENS)
    exiger(
        rules.peut_designer_un_gardien(
            en_fonction=rules.NOMBRE_DE_GARDIENS - queries.places_de_gardien(),
            deja=queries.gardien_en_fonction(utilisateur) is not None,
            est_agent_de_l_acheteur=est_acheteur(utilisateur),
        )
    )
    identite = queries.identite_en_cours(utilisateur)
    canari = scellement.fabriquer_un_canari(identite.destinataire) if identite else None
    gardien = Gardien.objects.create(
        utilisateur=utilisateur,
        organisation=organisation,
        releve_de_l_exploitant=releve_de_l_exploitant,
        designe_le=maintenant,
        canari_scelle=canari.scelle if canari else b"",
        canari_empreinte=canari.empreinte if canari else "",
    )
    journaliser(
        "cles.gardien_designe",
        sujet=gardien.reference,
        par=par,
        le=maintenant,
        donnees={
            "personne": utilisateur.reference,
            "organisation": organisation,
            "exploitant": releve_de_l_exploitant,
        },
    )
    _prevenir(gardien, maintenant=maintenant)
    return gardien


def _prevenir(gardien: Gardien, *, maintenant: datetime) -> None:
    ecrire_a(
        gardien.utilisateur.courriel,
        cle=f"gardien-designe-{gardien.reference}",
        sujet="Vous êtes gardien d'une part de secours",
        gabarit="cles/courriels/gardien.txt",
        contexte={"personne": gardien.utilisateur, "page": lien_vers("cles:ma_cle")},
        maintenant=maintenant,
    )


def est_acheteur(utilisateur: Utilisateur) -> bool:
    """La personne tient un rôle chez un acheteur : elle n'en garde pas les secours."""
    habilitations = Habilitation.objects.filter(utilisateur=utilisateur, jusqu_au=None)
    return habilitations.filter(organisme__role=Organisme.Role.ACHETEUR).exists()


@transaction.atomic
def ouvrir_canari_de_gardien(
    *, gardien: Gardien, clair: bytes, par: Acteur, maintenant: datetime
) -> Gardien:
    """Le gardien rend le secret de son canari : sa clé s'ouvre."""
    gardien = verrouiller(gardien)
    if not gardien.canari_empreinte:
        raise ConflitEtat("Il n'y a pas encore de canari à ouvrir. Créez d'abord votre clé.")
    if scellement.empreinte_du_canari(clair) != gardien.canari_empreinte:
        raise RegleEnfreinte("Ce n'est pas le contenu du canari. Rechargez la page et recommencez.")
    gardien.canari_ouvert_le = maintenant
    gardien.save(update_fields=["canari_ouvert_le"])
    journaliser("cles.canari_ouvert", sujet=gardien.reference, par=par, le=maintenant)
    return gardien


@transaction.atomic
def renouveler_canari_de_gardien(*, gardien: Gardien, par: Acteur, maintenant: datetime) -> Gardien:
    """Prépare un essai neuf : tant qu'il n'est pas réussi, le gardien ne compte plus comme prêt."""
    gardien = verrouiller(gardien)
    identite = queries.identite_en_cours(gardien.utilisateur)
    if identite is None:
        raise ConflitEtat("Créez d'abord votre clé.")
    canari = scellement.fabriquer_un_canari(identite.destinataire)
    gardien.canari_scelle, gardien.canari_empreinte = canari.scelle, canari.empreinte
    gardien.canari_ouvert_le = None
    gardien.save(update_fields=["canari_scelle", "canari_empreinte", "canari_ouvert_le"])
    journaliser("cles.canari_renouvele", sujet=gardien.reference, par=par, le=maintenant)
    return gardien


@transaction.atomic
def retirer_gardien(*, gardien: Gardien, par: Acteur, maintenant: datetime) -> Gardien:
    """Met fin à la garde :
    les consultations déjà publiées gardent sa part, les suivantes attendent un remplaçant.
    """
    verrou_nomme(VERROU_DES_GARDIENS)
    gardien = verrouiller(gardien)
    if gardien.retire_le:
        raise ConflitEtat("Ce gardien est déjà retiré.")
    gardien.retire_le = maintenant
    gardien.save(update_fields=["retire_le"])
    journaliser("cles.gardien_retire", sujet=gardien.reference, par=par, le=maintenant)
    return gardien
