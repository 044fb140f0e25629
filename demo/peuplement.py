"""Créer la troupe : l'exploitant, les communes, les entreprises, et leurs comptes.

Tout passe par les services.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.services import activer_totp, creer_utilisateur, delivrer_jeton
from beffroi.personnes.entreprises.models import Equipe
from beffroi.personnes.entreprises.queries import demandes_de
from beffroi.personnes.entreprises.services import inscrire_membre, reconnaitre
from beffroi.personnes.organismes.models import Organisme
from beffroi.personnes.organismes.services import (
    Coordonnees,
    creer_organisme,
    decrire_l_organisme,
    habiliter,
)
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.services import engager_les_lignes
from demo.personnages import (
    AGENTS,
    ENTREPRENEURS,
    EXPLOITANT,
    GARDIENS,
    MOT_DE_PASSE,
    SOCIETES,
    Commune,
    Personnage,
    communes,
)


@dataclass
class Troupe:
    """Les comptes de la démonstration, par la clé de leur personnage."""

    personnes: dict[str, Utilisateur] = field(default_factory=dict)
    organismes: dict[str, Organisme] = field(default_factory=dict)
    equipes: dict[str, Equipe] = field(default_factory=dict)
    jetons: dict[str, str] = field(default_factory=dict)


def peupler(*, le: datetime) -> Troupe:
    troupe = Troupe()
    creer_les_organismes(troupe, le=le)
    for agent in AGENTS:
        personne = creer_le_compte(troupe, agent, le=le)
        activer_totp(utilisateur=personne, secret=agent.secret_totp, maintenant=le)
        organisme = troupe.organismes[agent.chez]
        habiliter(
            organisme=organisme,
            utilisateur=personne,
            roles=agent.roles,
            par=PLATEFORME,
            maintenant=le,
        )
    for gardien, *_ in GARDIENS:
        activer_totp(
            utilisateur=creer_le_compte(troupe, gardien, le=le),
            secret=gardien.secret_totp,
            maintenant=le,
        )
    for entrepreneur in ENTREPRENEURS:
        inscrire(troupe, entrepreneur, le=le)
    donner_le_mot_de_passe(troupe, le=le)
    return troupe


@transaction.atomic
def donner_le_mot_de_passe(troupe: Troupe, *, le: datetime) -> None:
    """Tous ont le même, public : son empreinte, lente par construction, se calcule une fois."""
    empreinte = make_password(MOT_DE_PASSE)
    for personne in troupe.personnes.values():
        personne.password = empreinte
    Utilisateur.objects.bulk_update(troupe.personnes.values(), ["password"])
    engager_les_lignes(sujet=Utilisateur._meta.db_table, par=PLATEFORME, le=le)


def retrouver() -> Troupe:
    """La troupe d'une démonstration déjà jouée.

    Ses jetons ne se relisent pas : seule leur empreinte est gardée.
    """
    troupe = Troupe()
    for personnage in (*AGENTS, *(gardien for gardien, *_ in GARDIENS), *ENTREPRENEURS):
        troupe.personnes[personnage.cle] = Utilisateur.objects.get(courriel=personnage.courriel)
    for nom, siret in [
        ("cdg", EXPLOITANT.siret),
        *((commune.nom, commune.siret) for commune in communes().values()),
    ]:
        troupe.organismes[nom] = Organisme.objects.get(siret=siret)
    for societe in SOCIETES:
        troupe.equipes[societe.cle] = Equipe.objects.filter(identifiant=societe.siret).earliest(
            "pk"
        )
    return troupe


def de(nom: str) -> str:
    """« de Bomy », « d'Azincourt »."""
    return f"d'{nom}" if nom[0] in "AEIOUYÉÈ" else f"de {nom}"


def creer_les_organismes(troupe: Troupe, *, le: datetime) -> None:
    troupe.organismes["cdg"] = creer_organisme(
        nom=EXPLOITANT.nom,
        siret=EXPLOITANT.siret,
        role=Organisme.Role.EXPLOITANT,
        par=PLATEFORME,
        maintenant=le,
    )
    decrire_l_organisme(
        organisme=troupe.organismes["cdg"],
        coordonnees=Coordonnees(
            adresse="1 rue de l'Invention",
            code_postal="62130",
            ville="Hézine",
            courriel="contributions@cdg.example",
        ),
        par=PLATEFORME,
        maintenant=le,
    )
    for commune in communes().values():
        creee = creer_organisme(
            nom=f"Commune {de(commune.nom)}",
            siret=commune.siret,
            code_commune=commune.code,
            adresse=f"Place de la Mairie, {commune.nom}",
            par=PLATEFORME,
            maintenant=le,
        )
        troupe.organismes[commune.nom] = decrire_l_organisme(
            organisme=creee, coordonnees=coordonnees(commune), par=PLATEFORME, maintenant=le
        )


def coordonnees(commune: Commune) -> Coordonnees:
    """De quoi écrire un règlement et un avis complets ; les adresses sont inventées."""
    domaine = commune.nom.lower().replace(" ", "-").replace("'", "-")
    return Coordonnees(
        adresse="Place de la Mairie",
        code_postal="62960",
        ville=commune.nom,
        courriel=f"marches@{domaine}.example",
        telephone="03 21 00 00 00",
        contact_donnees_personnelles=f"donnees@{domaine}.example",
        service_chorus="",
    )


def creer_le_compte(troupe: Troupe, personnage: Personnage, *, le: datetime) -> Utilisateur:
    personne = creer_utilisateur(
        courriel=personnage.courriel,
        nom=personnage.nom,
        qualite=personnage.qualite,
        adresse_verifiee=True,
        maintenant=le,
    )
    _, troupe.jetons[personnage.cle] = delivrer_jeton(
        utilisateur=personne, libelle="Démonstration", maintenant=le
    )
    troupe.personnes[personnage.cle] = personne
    return personne


def inscrire(troupe: Troupe, entrepreneur: Personnage, *, le: datetime) -> None:
    societe = next(societe for societe in SOCIETES if societe.cle == entrepreneur.chez)
    personne = creer_le_compte(troupe, entrepreneur, le=le)
    membre = inscrire_membre(
        identifiant=societe.siret,
        nom=societe.nom,
        utilisateur=personne,
        par=personne.acteur,
        maintenant=le,
    )
    for demande in demandes_de(personne):
        fondateur = demande.equipe.membres.get(reconnu_par=None)
        membre = reconnaitre(demande=demande, par=fondateur, maintenant=le)
    troupe.equipes[societe.cle] = membre.equipe
