"""Ce qui suit les gestes faits par les écrans d'allauth : une écriture, une adresse prouvée."""

from typing import Any

from allauth.account import signals as compte
from allauth.account.models import EmailAddress
from allauth.mfa import signals as second_facteur
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_in

from beffroi.personnes.comptes import connexions
from beffroi.personnes.comptes.events import AdresseChangee
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.queries import SECONDS_FACTEURS
from beffroi.personnes.comptes.services import (
    apres_un_mot_de_passe_oublie,
    noter_changement_de_securite,
    prouver_l_adresse,
    revoquer_les_jetons,
)
from beffroi.socle.fondations import evenements, horloge


def brancher() -> None:
    """Appelé une fois, au démarrage."""
    user_logged_in.connect(connexions.noter_le_logiciel, dispatch_uid="connexions")
    second_facteur.authenticator_added.connect(_facteur_ajoute, dispatch_uid="traces")
    second_facteur.authenticator_removed.connect(_facteur_retire, dispatch_uid="traces")
    compte.password_changed.connect(_mot_de_passe_change, dispatch_uid="traces")
    compte.password_set.connect(_mot_de_passe_change, dispatch_uid="traces")
    compte.password_reset.connect(_mot_de_passe_oublie, dispatch_uid="traces")
    compte.email_confirmed.connect(_adresse_confirmee, dispatch_uid="traces")
    compte.email_changed.connect(_adresse_changee, dispatch_uid="traces")


def _noter(utilisateur: Utilisateur, acte: str, sorte: str = "") -> None:
    noter_changement_de_securite(
        utilisateur=utilisateur, acte=acte, maintenant=horloge.maintenant(), sorte=sorte
    )


def _facteur_ajoute(*, user: Utilisateur, authenticator: Authenticator, **_: Any) -> None:
    _noter(user, "activer_second_facteur", authenticator.type)
    _eteindre_les_jetons_d_un_facteur(user, authenticator)


def _facteur_retire(*, user: Utilisateur, authenticator: Authenticator, **_: Any) -> None:
    _noter(user, "retirer_second_facteur", authenticator.type)
    _eteindre_les_jetons_d_un_facteur(user, authenticator)


def _eteindre_les_jetons_d_un_facteur(user: Utilisateur, authenticator: Authenticator) -> None:
    """Des codes de secours neufs ne changent pas ce qui protège le compte."""
    if authenticator.type in SECONDS_FACTEURS:
        _eteindre_les_jetons(user, "second_facteur")


def _eteindre_les_jetons(utilisateur: Utilisateur, raison: str) -> None:
    revoquer_les_jetons(utilisateur=utilisateur, raison=raison, maintenant=horloge.maintenant())


def _mot_de_passe_change(*, user: Utilisateur, **_: Any) -> None:
    _noter(user, "changer_mot_de_passe")


def _mot_de_passe_oublie(*, user: Utilisateur, **_: Any) -> None:
    _noter(user, "changer_mot_de_passe")
    _eteindre_les_jetons(user, "mot_de_passe_oublie")
    apres_un_mot_de_passe_oublie(utilisateur=user, maintenant=horloge.maintenant())


def _adresse_confirmee(*, email_address: EmailAddress, **_: Any) -> None:
    """`views.confirmer_l_adresse` tient la transaction, et a vérifié qui confirme."""
    utilisateur = Utilisateur.objects.get(pk=email_address.user_id)
    prouver_l_adresse(utilisateur=utilisateur, maintenant=horloge.maintenant())


def _adresse_changee(
    *, user: Utilisateur, from_email_address: EmailAddress | None, **_: Any
) -> None:
    """allauth l'annonce aussi quand une adresse se confirme sans changer."""
    if from_email_address is None:
        return
    _noter(user, "changer_adresse")
    _eteindre_les_jetons(user, "adresse")
    evenements.publier(
        AdresseChangee(utilisateur=user, ancienne=from_email_address.email, le=horloge.maintenant())
    )
