"""Entrer dans une équipe, comme on y entre : s'inscrire au même établissement, y être reconnu."""

from datetime import datetime

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises import queries, services
from beffroi.personnes.entreprises.models import Membre


def inscrit(
    utilisateur: Utilisateur,
    siret: str = "73282932000074",
    *,
    nom: str = "Atelier du Faîtage",
    le: datetime,
) -> Membre:
    return services.inscrire_membre(
        identifiant=siret, nom=nom, utilisateur=utilisateur, par=utilisateur.acteur, maintenant=le
    )


def reconnu(utilisateur: Utilisateur, par: Membre, *, le: datetime) -> Membre:
    """La personne dit le même établissement que `par`, qui la reconnaît."""
    inscrit(utilisateur, par.equipe.identifiant, nom=par.equipe.nom, le=le)
    demande = queries.demandes_a(par.equipe).get(utilisateur=utilisateur)
    return services.reconnaitre(demande=demande, par=par, maintenant=le)


def reconnu_autrefois(utilisateur: Utilisateur, par: Membre, *, le: datetime) -> Membre:
    """Entré du temps où l'adresse n'avait pas à être confirmée."""
    return Membre.objects.create(
        equipe=par.equipe, utilisateur=utilisateur, reconnu_par=par.utilisateur, depuis_le=le
    )
