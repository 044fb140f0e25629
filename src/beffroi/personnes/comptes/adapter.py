"""Ce que Beffroi change à la gestion des comptes d'allauth :
la langue, les courriels, l'écriture des secrets.
"""

# allauth ne publie pas ses types.
# mypy: disallow-subclassing-any=False

import secrets
import time
from contextlib import suppress
from io import BytesIO
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from beffroi.personnes.comptes import essais, postes, services
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.budgets.reseau import reseau
from beffroi.socle.fondations import exploitant, horloge
from beffroi.socle.fondations.chiffrement import chiffre
from beffroi.socle.fondations.services import ecrire_courriel

SECRETS = "beffroi.comptes.second_facteur/1"


class CompteAdapter(DefaultAccountAdapter):
    """L'adaptateur de compte."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "Ce compte est fermé.",
        "duplicate_email": "C'est déjà l'adresse de ce compte.",
        "email_password_mismatch": (
            "L'adresse ou le mot de passe ne convient pas. Vérifiez les deux, "
            "ou choisissez un nouveau mot de passe."
        ),
        "email_taken": (
            "Cette adresse a déjà un compte. Connectez-vous, ou choisissez un nouveau mot de passe."
        ),
        "enter_current_password": (
            "Ce n'est pas votre mot de passe actuel. Saisissez-le de nouveau."
        ),
        "incorrect_code": "Ce code n'est pas le bon. Saisissez celui que l'application affiche.",
        "incorrect_password": "Ce n'est pas votre mot de passe. Saisissez-le de nouveau.",
        "invalid_password_reset": "Ce lien n'est plus valable. Demandez-en un autre.",
        "rate_limited": "Trop d'essais à la suite. Attendez une minute.",
    }

    def get_client_ip(self, request: HttpRequest) -> str:
        """Celle que nos serveurs frontaux disent ; sinon, celle de la liaison.

        Une demande qui porte moins d'adresses qu'ils ne sont en a évité un : ce qu'elle porte, un
        visiteur a pu l'écrire, et changer de compteur à chaque essai. La liaison ne s'écrit pas :
        il partage le compteur de qui arrive par le même chemin, et personne ne reçoit de panne.
        """
        with suppress(ImproperlyConfigured, PermissionDenied):
            return str(super().get_client_ip(request))
        if liaison := request.META.get("REMOTE_ADDR"):
            return str(liaison)
        raise PermissionDenied("Unable to determine client IP address")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Par la boîte d'envoi :
        une messagerie en panne n'empêche ni d'ouvrir un compte, ni de se connecter.
        """
        contexte = {
            "service": exploitant.service(),
            "adresse_publique": settings.ADRESSE_PUBLIQUE,
            **{nom: self._a_notre_adresse(valeur) for nom, valeur in context.items()},
        }
        ecrire_courriel(
            cle=f"compte/{secrets.token_hex(16)}",
            destinataire=email,
            sujet=render_to_string(f"{template_prefix}_subject.txt", contexte).strip(),
            texte=render_to_string(f"{template_prefix}_message.txt", contexte).strip() + "\n",
            maintenant=horloge.maintenant(),
        )

    def _a_notre_adresse(self, valeur: Any) -> Any:
        """Un lien de courriel part de l'adresse publique.

        allauth le tire de l'en-tête `Host`, qu'écrit celui qui demande, port compris.
        """
        ici = self.request.build_absolute_uri("/")
        if not isinstance(valeur, str) or not valeur.startswith(ici):
            return valeur
        return f"{settings.ADRESSE_PUBLIQUE}/{valeur.removeprefix(ici)}"

    def post_login(self, request: Any, user: Any, **suite: Any) -> Any:
        reponse = super().post_login(request, user, **suite)
        postes.retenir(request, reponse, user.courriel)
        return reponse

    def pre_authenticate(self, request: Any, **credentials: Any) -> None:
        """Avant de lire le mot de passe : qui a trop manqué attend, et n'est jamais refusé."""
        essais.ralentir(request, self._compteurs(request, credentials), le=horloge.maintenant())

    def authenticate(self, request: Any, **credentials: Any) -> Any:
        personne = super().authenticate(request, **credentials)
        if personne:
            compte, *_ = self._compteurs(request, credentials)
            services.oublier_les_echecs([compte.cle])
        return personne

    def authentication_failed(self, request: Any, **credentials: Any) -> None:
        services.noter_un_echec(
            [un.cle for un in self._compteurs(request, credentials)],
            maintenant=horloge.maintenant(),
        )

    def _compteurs(self, request: Any, credentials: dict[str, Any]) -> tuple[essais.Compteur, ...]:
        """Un poste connu a son propre compte d'essais :
        un tiers qui échoue ailleurs ne l'épuise pas.
        """
        courriel = str(credentials.get("email") or "")
        return essais.de_connexion(
            courriel,
            reseau=reseau(request),
            poste=postes.marque_du_poste(request, courriel),
        )

    def get_password_change_redirect_url(self, request: Any) -> str:
        return reverse("comptes:securite")

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Une connexion de moins de cinq minutes est une preuve récente ;
        allauth ne compte que les reprises.
        """
        return not authentification_recente(self.request)


class SecondFacteurAdapter(DefaultMFAAdapter):
    """Le second facteur : secrets chiffrés au repos, code à photographier dessiné par nous."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": CompteAdapter.error_messages["incorrect_code"],
        "unverified_email": (
            "Confirmez d'abord votre adresse, par le lien reçu par courriel. "
            "Sans cela, une erreur d'adresse vous fermerait votre propre compte."
        ),
        "cannot_generate_recovery_codes": "Activez d'abord un second facteur.",
    }

    def build_totp_svg(self, url: str) -> str:
        dessin = BytesIO()
        segno.make(url, error="m").save(dessin, kind="svg", scale=4, border=2, xmldecl=False)
        return dessin.getvalue().decode("utf-8")

    def encrypt(self, text: str) -> str:
        return chiffre(SECRETS).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return chiffre(SECRETS).decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: Utilisateur, type: Authenticator.Type) -> str:
        nombre = Authenticator.objects.filter(user=user, type=type).count()
        return "Clé d'accès" if nombre == 0 else f"Clé d'accès n° {nombre + 1}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": settings.SERVICE["nom"]}


def authentification_recente(request: Any) -> bool:
    """Le mot de passe, le code ou la clé ont été donnés il y a moins de cinq
    minutes, dans cette séance.
    """
    if not request.user.is_authenticated:
        return False
    preuves = get_authentication_records(request, request.user)
    return (
        bool(preuves)
        and time.time() - preuves[-1]["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    )
