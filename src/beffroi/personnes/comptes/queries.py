"""Retrouver un compte, ses jetons, ses facteurs."""

from collections.abc import Collection
from datetime import UTC, datetime
from itertools import batched
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from beffroi.personnes.comptes import rules
from beffroi.personnes.comptes.models import JetonDApi, Utilisateur
from beffroi.personnes.comptes.services import empreinte_du_secret
from beffroi.socle.fondations.erreurs import Introuvable

SECONDS_FACTEURS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def utilisateur_par_courriel(courriel: str) -> Utilisateur | None:
    """Le compte de cette adresse, s'il existe."""
    return Utilisateur.objects.filter(courriel__iexact=courriel.strip()).first()


def utilisateurs_par_courriels(courriels: Collection[str]) -> dict[str, Utilisateur]:
    """Les comptes de ces adresses, dites en minuscules ; une lecture par lot."""
    trouves = (
        utilisateur
        for lot in batched(sorted(courriels), 500)
        for utilisateur in Utilisateur.objects.annotate(minuscule=Lower("courriel")).filter(
            minuscule__in=lot
        )
    )
    return {utilisateur.courriel.lower(): utilisateur for utilisateur in trouves}


def utilisateur_par_reference(reference: str) -> Utilisateur:
    """Le compte de cette référence ; aucune autre n'existe."""
    utilisateur = Utilisateur.objects.filter(reference=reference).first()
    if utilisateur is None:
        raise Introuvable()
    return utilisateur


def jeton_en_cours(secret: str, *, le: datetime) -> JetonDApi | None:
    """Le jeton que ce secret désigne, s'il vaut encore et si son titulaire est actif."""
    if not rules.forme_de_jeton(secret):
        return None
    return (
        JetonDApi.objects.select_related("utilisateur")
        .filter(empreinte=empreinte_du_secret(secret), revoque_le=None, utilisateur__est_actif=True)
        .filter(Q(expire_le=None) | Q(expire_le__gt=le))
        .first()
    )


def utilisateur_du_jeton(secret: str, *, le: datetime) -> Utilisateur | None:
    """La personne au nom de qui ce jeton agit."""
    jeton = jeton_en_cours(secret, le=le)
    return jeton.utilisateur if jeton else None


def jetons_de(utilisateur: Utilisateur) -> QuerySet[JetonDApi]:
    """Les jetons que personne n'a révoqués, expirés compris, le plus récent d'abord."""
    return JetonDApi.objects.filter(utilisateur=utilisateur, revoque_le=None).order_by(
        "-cree_le", "-pk"
    )


def jeton_pour(utilisateur: Utilisateur, reference: str) -> JetonDApi:
    """Un de ses propres jetons ; celui d'un autre est introuvable."""
    jeton = JetonDApi.objects.filter(utilisateur=utilisateur, reference=reference).first()
    if jeton is None:
        raise Introuvable()
    return jeton


def a_un_second_facteur(utilisateur: Utilisateur) -> bool:
    """Un code d'application ou une clé d'accès ; des codes de secours seuls n'en sont pas un."""
    return bool(Authenticator.objects.filter(user=utilisateur, type__in=SECONDS_FACTEURS).exists())


def adresse_confirmee(utilisateur: Utilisateur) -> bool:
    """L'adresse du compte a répondu à un courriel."""
    adresses = EmailAddress.objects.filter(
        user=utilisateur, email=utilisateur.courriel, verified=True
    )
    return bool(adresses.exists())


def personnes_protegees(identifiants: Collection[int]) -> set[int]:
    """Parmi ces comptes, ceux qui ont un second facteur, en une requête."""
    facteurs = Authenticator.objects.filter(user__in=identifiants, type__in=SECONDS_FACTEURS)
    return set(facteurs.values_list("user_id", flat=True))


def personnes_confirmees(identifiants: Collection[int]) -> set[int]:
    """Parmi ces comptes, ceux dont l'adresse est confirmée, en une requête."""
    adresses = EmailAddress.objects.filter(user__in=identifiants, primary=True, verified=True)
    return set(adresses.values_list("user_id", flat=True))


def connectee_le(request: Any) -> datetime | None:
    """Quand cette séance s'est ouverte : la première preuve d'identité qu'elle a reçue ;
    rien pour qui n'est pas connecté.
    """
    if not request.user.is_authenticated:
        return None
    preuves = get_authentication_records(request, request.user)
    return datetime.fromtimestamp(preuves[0]["at"], UTC) if preuves else None
