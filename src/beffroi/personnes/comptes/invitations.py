"""Le lien d'invitation :
il prouve que la personne lit l'adresse de son compte, et ne sert qu'une fois.
"""

from django.contrib.auth.tokens import PasswordResetTokenGenerator

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.adresses import lien_vers
from beffroi.socle.fondations.erreurs import Introuvable


class JetonDInvitation(PasswordResetTokenGenerator):
    """Lié à l'adresse et au mot de passe du compte : en choisir un éteint le lien."""

    key_salt = "beffroi.comptes.invitations"


_jetons = JetonDInvitation()


def adresse_d_invitation(utilisateur: Utilisateur) -> str:
    """L'adresse complète à écrire dans le courriel."""
    jeton = _jetons.make_token(utilisateur)
    return lien_vers("comptes:invitation", utilisateur.reference, jeton)


def utilisateur_invite(reference: str, jeton: str) -> Utilisateur:
    """La personne que ce lien désigne ; un lien inconnu, éteint ou trop vieux est introuvable."""
    utilisateur = Utilisateur.objects.filter(reference=reference, est_actif=True).first()
    if utilisateur is None or not _jetons.check_token(utilisateur, jeton):
        raise Introuvable(
            "Ce lien d'invitation n'est plus valable : il a déjà servi, "
            "ou il a plus de trois jours. "
            "Demandez-en un autre à l'administrateur de votre organisme."
        )
    return utilisateur
