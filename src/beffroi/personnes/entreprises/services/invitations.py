"""Inviter un collègue par son adresse ; annuler, oublier, accepter."""

from datetime import datetime

from django.db import transaction

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.queries import adresse_prouvee
from beffroi.personnes.entreprises import invitations, rules
from beffroi.personnes.entreprises.models import DemandeDeRejoindre, InvitationEnAttente, Membre
from beffroi.personnes.entreprises.services.demandes import entrer
from beffroi.socle.fondations.adresses import lien_vers
from beffroi.socle.fondations.erreurs import (
    ConflitEtat,
    Introuvable,
    RegleEnfreinte,
    exiger,
)
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.fondations.services import ecrire_a
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import Acteur
from beffroi.socle.journal.services import journaliser
from formats.dates import PARIS

INVITATIONS_PAR_JOUR = 20
# Une invitation annulée se refait ; une adresse ne s'inonde pas.
INVITATIONS_PAR_ADRESSE = 3


@transaction.atomic
def inviter_un_collegue(*, par: Membre, courriel: str, maintenant: datetime) -> InvitationEnAttente:
    """Écrit à un collègue un lien qui le rattache et le confirme.

    Une adresse qui attend n'est invitée qu'une fois par jour.
    """
    par = verrouiller(par, avec=("equipe", "utilisateur"))
    if par.jusqu_au:
        raise ConflitEtat("Vous n'agissez plus pour cet établissement. Rechargez la page.")
    exiger(rules.peut_inviter(adresse_prouvee=adresse_prouvee(par.utilisateur)))
    deja = invitations.en_attente(par.equipe, le=maintenant).filter(courriel__iexact=courriel)
    du_jour = deja.filter(envoyee_le__gte=_minuit(maintenant)).first()
    if du_jour:
        return du_jour
    jour = f"invitation/{par.equipe_id}/{maintenant.astimezone(PARIS):%Y-%m-%d}"
    _exiger_peu_d_invitations(jour, courriel)
    deja.delete()
    invitation = InvitationEnAttente.objects.create(
        par=par, courriel=courriel, envoyee_le=maintenant
    )
    ecrire_a(
        courriel,
        cle=f"{jour}/{invitation.reference}",
        sujet=(f"{par.utilisateur.nom} vous invite à répondre pour {par.equipe.nom}"),
        gabarit="entreprises/courriels/invitation.txt",
        contexte={
            "membre": par,
            "adresse": lien_vers("entreprises:invitation", invitations.jeton(invitation)),
        },
        maintenant=maintenant,
    )
    journaliser("membre.inviter", sujet=par.reference, par=par.utilisateur.acteur, le=maintenant)
    return invitation


def _exiger_peu_d_invitations(jour: str, courriel: str) -> None:
    du_jour = Courriel.objects.filter(cle__startswith=f"{jour}/")
    if du_jour.count() >= INVITATIONS_PAR_JOUR:
        raise RegleEnfreinte(
            f"Votre établissement a déjà envoyé {INVITATIONS_PAR_JOUR} invitations aujourd'hui. "
            "Reprenez demain."
        )
    if du_jour.filter(destinataire__iexact=courriel).count() >= INVITATIONS_PAR_ADRESSE:
        raise RegleEnfreinte(
            f"Cette adresse a déjà reçu {INVITATIONS_PAR_ADRESSE} invitations aujourd'hui. "
            "Appelez cette personne."
        )


def _minuit(le: datetime) -> datetime:
    return le.astimezone(PARIS).replace(hour=0, minute=0, second=0, microsecond=0)


@transaction.atomic
def annuler_l_invitation(
    *, invitation: InvitationEnAttente, par: Acteur, maintenant: datetime
) -> None:
    """Le lien envoyé n'ouvre plus rien. L'adresse s'oublie ; l'acte s'inscrit, sans elle."""
    invitation = _prendre(invitation)
    invitation.delete()
    journaliser(
        "membre.annuler_l_invitation", sujet=invitation.par.reference, par=par, le=maintenant
    )


def _prendre(invitation: InvitationEnAttente) -> InvitationEnAttente:
    """Annulée ou acceptée au même instant par une autre personne, elle n'est plus là."""
    try:
        return verrouiller(invitation, avec=("par__equipe", "par__utilisateur"), aussi=("par",))
    except InvitationEnAttente.DoesNotExist:
        raise Introuvable() from None


@transaction.atomic
def oublier_les_invitations(*, le: datetime) -> int:
    """Efface les adresses dont l'invitation n'ouvre plus rien."""
    return invitations.passees(le=le).delete()[0]


@transaction.atomic
def accepter_l_invitation(
    *, invitation: InvitationEnAttente, utilisateur: Utilisateur, maintenant: datetime
) -> Membre:
    """La personne invitée entre dans l'équipe, reconnue par qui l'a invitée."""
    invitation = _prendre(invitation)
    if invitation.par.jusqu_au:
        raise Introuvable()
    equipe = invitation.par.equipe
    DemandeDeRejoindre.objects.filter(equipe=equipe, utilisateur=utilisateur).delete()
    invitation.delete()
    return entrer(
        equipe=equipe,
        utilisateur=utilisateur,
        reconnu_par=invitation.par,
        maintenant=maintenant,
    )
