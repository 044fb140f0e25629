"""Demander à une équipe de vous reconnaître ; reconnaître, ou écarter."""

from datetime import datetime

from django.db import transaction

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.queries import adresse_prouvee
from beffroi.personnes.entreprises import queries, rules
from beffroi.personnes.entreprises.alarmes import Fait
from beffroi.personnes.entreprises.courriels import avec_le_lien, ecrire_a_l_equipe
from beffroi.personnes.entreprises.models import DemandeDeRejoindre, Equipe, Membre
from beffroi.personnes.entreprises.services.departs import quitter_l_equipe_vierge
from beffroi.socle.fondations.erreurs import (
    ConflitEtat,
    Introuvable,
    RegleEnfreinte,
    exiger,
)
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import Acteur
from beffroi.socle.journal.services import journaliser
from formats.dates import PARIS

# Un établissement a rarement plus de deux équipes ; au-delà, quelqu'un en fonde pour nuire.
EQUIPES_SOLLICITEES = 5


@transaction.atomic
def demander_a_rejoindre(*, membre: Membre, maintenant: datetime) -> int:
    """La personne demande de nouveau à être reconnue par les équipes du même établissement.

    Rend le nombre d'équipes sollicitées. Une équipe qui l'a écartée aujourd'hui attend demain.
    """
    membre = verrouiller(membre, avec=("equipe", "utilisateur"))
    if membre.jusqu_au:
        raise ConflitEtat("Vous n'agissez plus pour cet établissement. Rechargez la page.")
    demandees = demander_aux_equipes_presentes(membre, maintenant=maintenant)
    if not demandees:
        raise RegleEnfreinte(
            "Aucune autre équipe n'est à solliciter aujourd'hui. Invitez plutôt votre collègue "
            "par son adresse : le lien qu'il reçoit vous réunit."
        )
    return demandees


def demander_aux_equipes_presentes(membre: Membre, *, maintenant: datetime) -> int:
    """Une demande à chaque équipe du même établissement, et un courriel à ses personnes."""
    demandees = 0
    siennes = queries.equipes_de(membre.utilisateur).values_list("pk", flat=True)
    presentes = queries.equipes_deja_la(membre.equipe).exclude(pk__in=siennes)
    for equipe in presentes[:EQUIPES_SOLLICITEES]:
        demandees += _demander(equipe, membre, maintenant=maintenant)
    return demandees


def _demander(equipe: Equipe, membre: Membre, *, maintenant: datetime) -> bool:
    demande, neuve = DemandeDeRejoindre.objects.get_or_create(
        equipe=equipe, utilisateur=membre.utilisateur, defaults={"faite_le": maintenant}
    )
    if not neuve:
        return False
    jour = f"{maintenant.astimezone(PARIS):%Y-%m-%d}"
    ecrite = ecrire_a_l_equipe(
        equipe,
        cle=f"demande/{equipe.reference}/{membre.utilisateur.reference}/{jour}",
        sujet=f"{membre.utilisateur.nom} demande à partager les réponses de votre entreprise",
        gabarit="demande",
        contexte={"membre": membre},
        maintenant=maintenant,
    )
    if not ecrite:
        demande.delete()
        return False
    journaliser(
        "membre.demander",
        sujet=membre.reference,
        par=membre.utilisateur.acteur,
        le=maintenant,
        donnees={"a": equipe.reference},
    )
    return True


@transaction.atomic
def reconnaitre(*, demande: DemandeDeRejoindre, par: Membre, maintenant: datetime) -> Membre:
    """Un collègue reconnaît la personne : elle est de l'équipe, et en voit les réponses.

    Ce qu'elle a fait avant, seule, reste à elle seule (`reunir`).
    """
    par = verrouiller(par, avec=("utilisateur", "equipe"))
    demande = _prendre(demande)
    if par.jusqu_au or par.equipe_id != demande.equipe_id:
        raise ConflitEtat("Vous n'êtes plus de cette équipe. Rechargez la page.")
    exiger(
        rules.peut_reconnaitre(
            sa_preuve=adresse_prouvee(demande.utilisateur),
            la_mienne=adresse_prouvee(par.utilisateur),
        )
    )
    demande.delete()
    return entrer(
        equipe=par.equipe, utilisateur=demande.utilisateur, reconnu_par=par, maintenant=maintenant
    )


def entrer(
    *, equipe: Equipe, utilisateur: Utilisateur, reconnu_par: Membre, maintenant: datetime
) -> Membre:
    """L'entrée elle-même, qu'elle ait été demandée ou proposée."""
    deja = Membre.objects.filter(equipe=equipe, utilisateur=utilisateur, jusqu_au=None).first()
    if deja:
        return deja
    membre = Membre.objects.create(
        equipe=equipe,
        utilisateur=utilisateur,
        reconnu_par=reconnu_par.utilisateur,
        depuis_le=maintenant,
    )
    journaliser(
        "membre.confirmer",
        sujet=membre.reference,
        par=reconnu_par.utilisateur.acteur,
        le=maintenant,
        donnees={"equipe": equipe.reference, "personne": utilisateur.reference},
    )
    quitter_l_equipe_vierge(membre, maintenant=maintenant)
    ecrire_a_l_equipe(
        equipe,
        cle=f"arrivee/{membre.reference}",
        sujet=f"{utilisateur.nom} est maintenant de votre équipe",
        gabarit="arrivee",
        contexte={
            "membre": membre,
            "par": reconnu_par.utilisateur,
        },
        propre=avec_le_lien(membre, Fait.ARRIVEE),
        maintenant=maintenant,
    )
    return membre


@transaction.atomic
def ecarter(*, demande: DemandeDeRejoindre, par: Acteur, maintenant: datetime) -> None:
    """La personne n'est pas reconnue : elle garde sa propre équipe, à côté."""
    demande = _prendre(demande)
    demande.delete()
    journaliser(
        "membre.ecarter",
        sujet=demande.equipe.reference,
        par=par,
        le=maintenant,
        donnees={"personne": demande.utilisateur.reference},
    )


def _prendre(demande: DemandeDeRejoindre) -> DemandeDeRejoindre:
    """Acceptée ou écartée au même instant par une autre personne, elle n'est plus là."""
    try:
        return verrouiller(demande, avec=("equipe", "utilisateur"))
    except DemandeDeRejoindre.DoesNotExist:
        raise Introuvable() from None
