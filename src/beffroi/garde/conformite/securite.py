"""Qui écrit les traces de sécurité :
les signaux de la connexion, et les actes du journal qui touchent à la sécurité.
"""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.mfa import signals as second_facteur
from allauth.mfa.models import Authenticator
from django.contrib.auth import signals as connexion
from django.core.exceptions import PermissionDenied
from django.db.models.signals import post_save
from django.http import HttpRequest

from beffroi.garde.conformite.models import TraceDeSecurite
from beffroi.garde.conformite.rules.securite import fait_de_l_acte
from beffroi.garde.conformite.services.securite import noter
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.queries import utilisateur_par_courriel
from beffroi.personnes.comptes.rules import logiciel
from beffroi.socle.fondations import horloge
from beffroi.socle.journal.models import Ecriture

Fait = TraceDeSecurite.Fait
LIEN = "journal de sécurité"


def brancher() -> None:
    """Appelé une fois, au démarrage."""
    connexion.user_logged_in.connect(_entree, dispatch_uid=LIEN)
    connexion.user_logged_out.connect(_sortie, dispatch_uid=LIEN)
    connexion.user_login_failed.connect(_refus, dispatch_uid=LIEN)
    second_facteur.authenticator_used.connect(_code_donne, dispatch_uid=LIEN)
    second_facteur.authentication_failed.connect(_code_refuse, dispatch_uid=LIEN)
    post_save.connect(_acte, sender=Ecriture, dispatch_uid=LIEN)


def _entree(*, request: HttpRequest | None, user: Utilisateur, **_: Any) -> None:
    noter(Fait.CONNEXION, le=horloge.maintenant(), compte=user.reference, **d_ou(request))


def _sortie(*, request: HttpRequest | None, user: Utilisateur | None, **_: Any) -> None:
    if user is not None:
        noter(Fait.DECONNEXION, le=horloge.maintenant(), compte=user.reference, **d_ou(request))


def _refus(*, credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    """Un mot de passe refusé.

    Sans compte à cette adresse, on n'écrit pas ce qui a été tapé : c'est parfois un secret.
    """
    vise = utilisateur_par_courriel(
        str(credentials.get("email") or credentials.get("username") or "")
    )
    deja_entre = getattr(getattr(request, "user", None), "is_authenticated", False)
    noter(
        Fait.REFUS_DE_REPRISE if deja_entre else Fait.REFUS,
        le=horloge.maintenant(),
        compte=vise.reference if vise else "",
        precision="mot de passe" if vise else "compte inconnu",
        **d_ou(request),
    )


def _code_donne(
    *,
    request: HttpRequest,
    user: Utilisateur,
    authenticator: Authenticator,
    reauthenticated: bool,
    **_: Any,
) -> None:
    noter(
        Fait.REPRISE if reauthenticated else Fait.CODE,
        le=horloge.maintenant(),
        compte=user.reference,
        precision=authenticator.type,
        **d_ou(request),
    )


def _code_refuse(
    *,
    request: HttpRequest,
    user: Utilisateur,
    authenticator: Authenticator,
    reauthentication: bool = False,
    **_: Any,
) -> None:
    noter(
        Fait.REFUS_DE_REPRISE if reauthentication else Fait.REFUS_DU_CODE,
        le=horloge.maintenant(),
        compte=user.reference,
        precision=authenticator.type,
        **d_ou(request),
    )


def _acte(*, instance: Ecriture, created: bool, **_: Any) -> None:
    """L'acte est au journal des procédures, avec sa preuve ;
    la trace n'en garde que de quoi surveiller.
    """
    fait = fait_de_l_acte(instance.acte)
    if fait and created:
        noter(
            fait,
            le=instance.le,
            compte=instance.acteur_reference,
            objet=instance.sujet,
            precision=instance.acte,
            **d_ou(context.request),
        )


def d_ou(request: HttpRequest | None) -> dict[str, Any]:
    """L'adresse de réseau et le logiciel ; rien quand la machine agit seule."""
    if request is None or "REMOTE_ADDR" not in request.META:
        return {}
    try:
        adresse = get_adapter(request).get_client_ip(request)
    except PermissionDenied:  # un frontal mal réglé : la connexion ne tombe pas pour sa trace
        adresse = None
    return {"adresse": adresse, "logiciel": logiciel(request.META.get("HTTP_USER_AGENT", ""))}
