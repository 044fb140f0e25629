"""Rattacher une personne à une entreprise, la confirmer, la détacher."""

from datetime import datetime

from django.db import transaction

from beffroi.comptes.models import Utilisateur
from beffroi.entreprises import rules
from beffroi.entreprises.models import Entreprise, Etablissement, Membre
from beffroi.journal.acteurs import Acteur
from beffroi.journal.services import journaliser
from beffroi.socle.erreurs import ConflitEtat, exiger
from beffroi.socle.verrous import verrouiller


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
    membre = verrouiller(membre)
    if membre.jusqu_au:
        return membre
    membre.jusqu_au = maintenant
    membre.save(update_fields=["jusqu_au"])
    journaliser("membre.detacher", sujet=membre.reference, par=par, le=maintenant)
    return membre
