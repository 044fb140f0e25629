"""Retrouver un compte, ses jetons, ses facteurs."""

from collections.abc import Collection
from datetime import UTC, datetime
from itertools import batched
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from beffroi.personnes.comptes import connexions, rules
from beffroi.personnes.comptes.models import (
    Connexion,
    EssaisManques,
    JetonDApi,
    PersonneAttendue,
    PreuveDAdresse,
    Utilisateur,
)
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.requetes import prete

SECONDS_FACTEURS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def utilisateur_par_courriel(courriel: str) -> Utilisateur | None:
    """Le compte de cette adresse, s'il existe.

    Signe pour signe, en minuscules comme elle se retient : PostgreSQL, sans égard à la casse, tient
    « ı » et « ſ » pour des i et des s, et rendrait le compte d'un autre domaine.
    """
    return Utilisateur.objects.filter(courriel=courriel.strip().lower()).first()


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


def personnes_attendues(courriels: Collection[str]) -> dict[str, PersonneAttendue]:
    """Celles que ces adresses, dites en minuscules, font attendre ; une lecture par lot."""
    return {
        attendue.courriel: attendue
        for lot in batched(sorted(courriels), 500)
        for attendue in PersonneAttendue.objects.filter(courriel__in=lot)
    }


def utilisateur_par_reference(reference: str) -> Utilisateur:
    """Le compte de cette référence ; aucune autre n'existe."""
    utilisateur = Utilisateur.objects.filter(reference=reference).first()
    if utilisateur is None:
        raise Introuvable()
    return utilisateur


def essais_manques(cles: Collection[str], *, le: datetime) -> dict[str, int]:
    """Les échecs que dix minutes sans échec n'ont pas encore fait oublier."""
    recents = EssaisManques.objects.filter(cle__in=cles, dernier_le__gt=le - rules.OUBLI_DES_ECHECS)
    return dict(recents.values_list("cle", "nombre"))


def jeton_en_cours(secret: str, *, le: datetime) -> JetonDApi | None:
    """Le jeton que ce secret désigne, s'il vaut encore et si son titulaire est actif."""
    if not rules.forme_de_jeton(secret):
        return None
    jeton = (
        JetonDApi.objects.select_related("utilisateur")
        .filter(
            empreinte=rules.empreinte_du_secret(secret),
            revoque_le=None,
            utilisateur__est_actif=True,
        )
        .filter(Q(expire_le=None) | Q(expire_le__gt=le))
        .first()
    )
    if jeton:
        jeton.utilisateur.agit_par = jeton
    return jeton


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
    return bool(seconds_facteurs_de(utilisateur).exists())


def seconds_facteurs_de(utilisateur: Utilisateur | OuterRef) -> QuerySet[Authenticator]:
    facteurs: QuerySet[Authenticator] = Authenticator.objects.filter(
        user=utilisateur, type__in=SECONDS_FACTEURS
    )
    return facteurs


def adresse_prouvee(utilisateur: Utilisateur) -> bool:
    """Qui tient ce compte a ouvert un lien envoyé à l'adresse qu'il porte."""
    return _preuves(utilisateur, utilisateur.courriel.lower()).exists()


@prete
def _preuves(utilisateur: Utilisateur, courriel: str) -> QuerySet[PreuveDAdresse]:
    return PreuveDAdresse.objects.filter(utilisateur=utilisateur, courriel=courriel)


def adresses_prouvees(courriels: Collection[str]) -> set[str]:
    """Parmi ces adresses, dites en minuscules, celles qu'un compte ouvert porte et a prouvées."""
    return {
        courriel
        for lot in batched(sorted(courriels), 500)
        for courriel in PreuveDAdresse.objects.filter(
            courriel__in=lot,
            utilisateur__est_actif=True,
            courriel=Lower("utilisateur__courriel"),
        ).values_list("courriel", flat=True)
    }


def comptes_sans_preuve() -> QuerySet[Utilisateur]:
    """Les comptes dont personne n'a prouvé l'adresse."""
    preuves = PreuveDAdresse.objects.filter(
        utilisateur=OuterRef("pk"), courriel=Lower(OuterRef("courriel"))
    )
    return Utilisateur.objects.filter(~Exists(preuves))


def personnes_protegees(identifiants: Collection[int]) -> set[int]:
    """Parmi ces comptes, ceux qui ont un second facteur, en une requête."""
    facteurs = Authenticator.objects.filter(user__in=identifiants, type__in=SECONDS_FACTEURS)
    return set(facteurs.values_list("user_id", flat=True))


def sortes_de_second_facteur(identifiants: Collection[int]) -> dict[int, frozenset[str]]:
    """Les sortes de second facteur de chacun, pour qui en a un ; une requête."""
    siens = Authenticator.objects.filter(user__in=identifiants, type__in=SECONDS_FACTEURS)
    sortes: dict[int, frozenset[str]] = {}
    for personne, sorte in siens.values_list("user_id", "type"):
        sortes[personne] = sortes.get(personne, frozenset()) | {sorte}
    return sortes


def personnes_confirmees(identifiants: Collection[int]) -> set[int]:
    """Parmi ces comptes, ceux dont l'adresse est prouvée, en une requête."""
    preuves = PreuveDAdresse.objects.filter(
        utilisateur__in=identifiants, courriel=Lower("utilisateur__courriel")
    )
    return set(preuves.values_list("utilisateur_id", flat=True))


def connectee_le(request: Any) -> datetime | None:
    """Quand cette séance s'est ouverte : la première preuve d'identité qu'elle a reçue ;
    rien pour qui n'est pas connecté.
    """
    if not request.user.is_authenticated:
        return None
    preuves = get_authentication_records(request, request.user)
    return datetime.fromtimestamp(preuves[0]["at"], UTC) if preuves else None


def connexions_ouvertes(
    utilisateur: Utilisateur, *, ici: str, le: datetime
) -> list[connexions.Ouverte]:
    """Les connexions du compte qui valent encore ; celle d'ici d'abord, puis la plus récente."""
    lignes = Connexion.objects.filter(utilisateur=utilisateur, expire_date__gt=le)
    lues = [connexions.lue(ligne, ici=ici) for ligne in lignes]
    return sorted(
        lues, key=lambda une: (not une.est_celle_ci, -(une.depuis.timestamp() if une.depuis else 0))
    )
