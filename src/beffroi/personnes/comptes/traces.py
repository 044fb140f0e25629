"""Ce qui suit les gestes faits par les écrans d'allauth : une écriture, une adresse prouvée."""

from typing import Any

from allauth.account import signals as compte
from allauth.account.models import EmailAddress
from allauth.mfa import signals as second_facteur
from allauth.mfa.models import Authenticator

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.services import (
    apres_un_mot_de_passe_oublie,
    noter_changement_de_securite,
    prouver_l_adresse,
)
from beffroi.socle.fondations import horloge


def brancher() -> None:
    """Appelé une fois, au démarrage."""
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


def _facteur_retire(*, user: Utilisateur, authenticator: Authenticator, **_: Any) -> None:
    _noter(user, "retirer_second_facteur", authenticator.type)


def _mot_de_passe_change(*, user: Utilisateur, **_: Any) -> None:
    _noter(user, "changer_mot_de_passe")


def _mot_de_passe_oublie(*, user: Utilisateur, **_: Any) -> None:
    _noter(user, "changer_mot_de_passe")
    apres_un_mot_de_passe_oublie(utilisateur=user, maintenant=horloge.maintenant())


def _adresse_confirmee(*, email_address: EmailAddress, **_: Any) -> None:
    """`views.confirmer_l_adresse` tient la transaction, et a vérifié qui confirme."""
    utilisateur = Utilisateur.objects.get(pk=email_address.user_id)
    prouver_l_adresse(utilisateur=utilisateur, maintenant=horloge.maintenant())


def _adresse_changee(*, user: Utilisateur, **_: Any) -> None:
    _noter(user, "changer_adresse")
