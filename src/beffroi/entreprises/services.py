"""Rattacher une personne à une entreprise, la confirmer, la détacher."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from beffroi.comptes.models import Utilisateur
from beffroi.comptes.services import creer_utilisateur
from beffroi.entreprises import rules
from beffroi.entreprises.events import MembreDetache
from beffroi.entreprises.models import Entreprise, Etablissement, Membre
from beffroi.journal.acteurs import Acteur
from beffroi.journal.services import journaliser
from beffroi.socle import evenements
from beffroi.socle.erreurs import ConflitEtat, exiger
from beffroi.socle.services import ecrire_courriel
from beffroi.socle.verrous import verrouiller

COLLEGUES_PREVENUS = 20


@transaction.atomic
def inscrire_membre(
    *,
    nature: str = "",
    identifiant_etablissement: str,
    nom: str,
    pays: str = "FR",
    utilisateur: Utilisateur,
    par: Acteur,
    maintenant: datetime,
) -> Membre:
    """Rattache une personne à un établissement, créé au besoin.

    La première personne est confirmée d'office ; les suivantes peuvent déposer aussitôt, et attendent qu'un
    collègue les confirme avant de voir les réponses des autres.
    """
    identifiant = rules.chiffres(identifiant_etablissement)
    exiger(rules.controle_de_l_identifiant(pays=pays, identifiant=identifiant))
    nature = nature or rules.nature_de_l_entreprise(pays=pays, identifiant=identifiant)
    etablissement = verrouiller(
        _etablissement(nature=nature, pays=pays, identifiant=identifiant, nom=nom, maintenant=maintenant)
    )
    en_cours = Membre.objects.filter(etablissement=etablissement, jusqu_au=None)
    deja = en_cours.filter(utilisateur=utilisateur).first()
    if deja:
        return deja
    premiere = not en_cours.exclude(confirme_le=None).exists()
    membre = Membre.objects.create(
        etablissement=etablissement,
        utilisateur=utilisateur,
        depuis_le=maintenant,
        confirme_le=maintenant if premiere else None,
    )
    if not premiere:
        _prevenir_les_collegues(membre, maintenant=maintenant)
    journaliser(
        "membre.inscrire",
        sujet=membre.reference,
        par=par,
        le=maintenant,
        donnees={
            "etablissement": etablissement.identifiant,
            "personne": utilisateur.reference,
            "confirme": premiere,
        },
    )
    return membre


def _etablissement(*, nature: str, pays: str, identifiant: str, nom: str, maintenant: datetime) -> Etablissement:
    est_francaise = nature == Entreprise.Nature.FRANCAISE
    entreprise, _ = Entreprise.objects.get_or_create(
        nature=nature,
        pays=pays,
        identifiant=rules.siren(identifiant) if est_francaise else identifiant,
        defaults={"nom": nom.strip(), "creee_le": maintenant},
    )
    etablissement, _ = Etablissement.objects.get_or_create(entreprise=entreprise, identifiant=identifiant)
    return etablissement


@transaction.atomic
def inscrire_entreprise(
    *,
    courriel: str,
    mot_de_passe: str,
    nom: str,
    raison_sociale: str,
    pays: str,
    identifiant: str,
    maintenant: datetime,
) -> Membre:
    """Ouvre un compte et le rattache à son établissement, d'un seul geste : les deux, ou rien."""
    utilisateur = creer_utilisateur(courriel=courriel, nom=nom, mot_de_passe=mot_de_passe, maintenant=maintenant)
    return inscrire_membre(
        identifiant_etablissement=identifiant,
        nom=raison_sociale,
        pays=pays,
        utilisateur=utilisateur,
        par=utilisateur.acteur,
        maintenant=maintenant,
    )


def _prevenir_les_collegues(membre: Membre, *, maintenant: datetime) -> None:
    """Écrit aux collègues confirmés qu'une personne agit pour leur établissement et attend leur accord."""
    confirmes = Membre.objects.filter(etablissement=membre.etablissement, jusqu_au=None).exclude(confirme_le=None)
    for collegue in confirmes.select_related("utilisateur")[:COLLEGUES_PREVENUS]:
        ecrire_courriel(
            cle=f"membre/{membre.reference}/{collegue.reference}",
            destinataire=collegue.utilisateur.courriel,
            sujet=f"{membre.utilisateur.nom} demande à partager les réponses de votre entreprise",
            texte=render_to_string(
                "entreprises/courriels/demande.txt",
                {
                    "membre": membre,
                    "collegue": collegue,
                    "adresse": f"{settings.ADRESSE_PUBLIQUE}{reverse('entreprises:entreprise')}",
                    "service": settings.SERVICE,
                },
            ),
            maintenant=maintenant,
        )


@transaction.atomic
def confirmer_membre(*, membre: Membre, par: Acteur, maintenant: datetime) -> Membre:
    """Un collègue reconnaît la personne : elle voit désormais les réponses de l'établissement."""
    membre = verrouiller(membre)
    if membre.jusqu_au:
        raise ConflitEtat("Cette personne n'agit plus pour l'établissement. Rechargez la page.")
    if membre.confirme_le:
        return membre
    membre.confirme_le = maintenant
    membre.save(update_fields=["confirme_le"])
    journaliser("membre.confirmer", sujet=membre.reference, par=par, le=maintenant)
    return membre


@transaction.atomic
def detacher_membre(*, membre: Membre, par: Acteur, maintenant: datetime) -> Membre:
    """La personne n'agit plus pour l'établissement ; ce qu'elle a déposé demeure."""
    if finir_l_appartenance(membre=membre, par=par, maintenant=maintenant):
        evenements.publier(MembreDetache(membre=membre, le=maintenant))
    membre.refresh_from_db()
    return membre


@transaction.atomic
def finir_l_appartenance(*, membre: Membre, par: Acteur, maintenant: datetime) -> bool:
    """Détache sans l'annoncer : la fermeture d'un compte, elle, s'annonce déjà. Faux si c'était fait."""
    membre = verrouiller(membre)
    if membre.jusqu_au:
        return False
    membre.jusqu_au = maintenant
    membre.save(update_fields=["jusqu_au"])
    journaliser("membre.detacher", sujet=membre.reference, par=par, le=maintenant)
    return True
