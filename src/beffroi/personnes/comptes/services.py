"""Ouvrir et fermer un compte, en protéger l'accès, délivrer un jeton."""

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.db import IntegrityError, transaction

from beffroi.personnes.comptes import invitations, rules, totp
from beffroi.personnes.comptes.events import CompteFerme
from beffroi.personnes.comptes.models import JetonDApi, Utilisateur
from beffroi.personnes.comptes.portees import DE_DEPOT, Portee
from beffroi.socle.fondations import evenements
from beffroi.socle.fondations.erreurs import RegleEnfreinte, exiger
from beffroi.socle.fondations.services import ecrire_a
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import Acteur
from beffroi.socle.journal.services import journaliser
from droit.decision import Decision

PAS_DE_L_USAGE = timedelta(minutes=1)
OCTETS_DU_JETON = 32  # 43 signes en base64 sans remplissage


@dataclass(frozen=True)
class Personne:
    """Une personne à qui ouvrir un compte."""

    courriel: str
    nom: str
    qualite: str = ""


@transaction.atomic
def creer_utilisateur(
    *,
    courriel: str,
    nom: str,
    qualite: str = "",
    mot_de_passe: str | None = None,
    adresse_verifiee: bool = False,
    par: Acteur | None = None,
    maintenant: datetime,
) -> Utilisateur:
    """Ouvre un compte nominatif ;
    sans mot de passe, la personne le choisira par un lien reçu par courriel.
    """
    utilisateur = Utilisateur(
        courriel=courriel, nom=nom.strip(), qualite=qualite.strip(), cree_le=maintenant
    )
    utilisateur.clean()
    utilisateur.set_password(mot_de_passe)
    try:
        with transaction.atomic():
            utilisateur.save()
    except IntegrityError as doublon:
        raise RegleEnfreinte("Cette adresse électronique a déjà un compte.") from doublon
    EmailAddress.objects.create(
        user=utilisateur, email=utilisateur.courriel, primary=True, verified=adresse_verifiee
    )
    journaliser(
        "utilisateur.creer",
        sujet=utilisateur.reference,
        par=par or utilisateur.acteur,
        le=maintenant,
        donnees={"nom": utilisateur.nom, "qualite": utilisateur.qualite},
    )
    return utilisateur


@transaction.atomic
def inviter(*, utilisateur: Utilisateur, au_nom_de: str, par: Acteur, maintenant: datetime) -> None:
    """Écrit à une personne sans mot de passe le lien qui lui en fait choisir un.

    Le lien vaut trois jours.
    """
    ecrire_l_invitation(utilisateur, au_nom_de=au_nom_de, par=par, maintenant=maintenant)
    journaliser("utilisateur.inviter", sujet=utilisateur.reference, par=par, le=maintenant)


def ecrire_l_invitation(
    utilisateur: Utilisateur, *, au_nom_de: str, par: Acteur, maintenant: datetime
) -> None:
    """Le courriel seul ; l'appelant tient la transaction et journalise."""
    ecrire_a(
        utilisateur.courriel,
        cle=f"invitation/{utilisateur.reference}/{maintenant.isoformat()}",
        sujet=f"{au_nom_de} : votre compte est prêt",
        gabarit="comptes/courriels/invitation.txt",
        contexte={
            "utilisateur": utilisateur,
            "au_nom_de": au_nom_de,
            "par": par,
            "adresse": invitations.adresse_d_invitation(utilisateur),
        },
        maintenant=maintenant,
    )


def ouvrir_en_nombre(personnes: Sequence[Personne], *, maintenant: datetime) -> list[Utilisateur]:
    """Des comptes sans mot de passe, d'un coup ;
    l'appelant tient la transaction, et un seul acte les engage tous.
    """
    neufs = [
        Utilisateur(
            courriel=p.courriel, nom=p.nom.strip(), qualite=p.qualite.strip(), cree_le=maintenant
        )
        for p in personnes
    ]
    for neuf in neufs:
        neuf.clean()
        neuf.set_unusable_password()
    try:
        with transaction.atomic():
            Utilisateur.objects.bulk_create(neufs, batch_size=200)
    except IntegrityError as doublon:
        raise RegleEnfreinte("Une de ces adresses électroniques a déjà un compte.") from doublon
    EmailAddress.objects.bulk_create(
        (
            EmailAddress(user=neuf, email=neuf.courriel, primary=True, verified=False)
            for neuf in neufs
        ),
        batch_size=200,
    )
    return neufs


@transaction.atomic
def accepter_invitation(
    *, utilisateur: Utilisateur, mot_de_passe: str, maintenant: datetime
) -> Utilisateur:
    """La personne invitée choisit son mot de passe ;
    le lien reçu par courriel vaut confirmation de l'adresse.
    """
    utilisateur = verrouiller(utilisateur)
    utilisateur.set_password(mot_de_passe)
    utilisateur.save(update_fields=["password"])
    EmailAddress.objects.filter(user=utilisateur, email=utilisateur.courriel).update(verified=True)
    journaliser(
        "utilisateur.accepter_invitation",
        sujet=utilisateur.reference,
        par=utilisateur.acteur,
        le=maintenant,
    )
    return utilisateur


@transaction.atomic
def noter_changement_de_securite(
    *, utilisateur: Utilisateur, acte: str, maintenant: datetime, sorte: str = ""
) -> None:
    """Inscrit au journal un changement de mot de passe, d'adresse ou de second facteur."""
    journaliser(
        f"utilisateur.{acte}",
        sujet=utilisateur.reference,
        par=utilisateur.acteur,
        le=maintenant,
        donnees={"sorte": sorte} if sorte else {},
    )


@transaction.atomic
def activer_totp(*, utilisateur: Utilisateur, secret: str, maintenant: datetime) -> Authenticator:
    """Donne au compte un second facteur par code, à partir d'un secret déjà convenu."""
    authentificateur = TOTP.activate(utilisateur, secret).instance
    noter_changement_de_securite(
        utilisateur=utilisateur, acte="activer_second_facteur", maintenant=maintenant, sorte="totp"
    )
    return authentificateur


@transaction.atomic
def consommer_code_totp(
    *, authentificateur: Authenticator, code: str, maintenant: datetime
) -> Decision:
    """Accepte un code bon et jamais servi :
    un code, et tout code plus ancien, ne sert qu'une fois.
    """
    authentificateur = verrouiller(authentificateur)
    pas = totp.pas_du_code(totp.secret_de(authentificateur), code=code, le=maintenant)
    decision = rules.code_totp_recevable(
        pas=pas, dernier_pas=authentificateur.data.get("dernier_pas")
    )
    if decision.favorable:
        authentificateur.data["dernier_pas"] = pas
        authentificateur.save(update_fields=["data"])
    return decision


@transaction.atomic
def delivrer_jeton(
    *,
    utilisateur: Utilisateur,
    libelle: str,
    portees: Iterable[str] = DE_DEPOT,
    expire_le: datetime | None = None,
    maintenant: datetime,
) -> tuple[JetonDApi, str]:
    """Délivre un jeton d'API.

    Son secret n'est rendu qu'ici : la base n'en garde que l'empreinte.
    """
    portees = sorted({Portee(portee).value for portee in portees})
    exiger(rules.peut_recevoir_un_jeton(est_actif=utilisateur.est_actif, portees=len(portees)))
    secret = rules.PREFIXE_DE_JETON + secrets.token_urlsafe(OCTETS_DU_JETON)
    jeton = JetonDApi.objects.create(
        utilisateur=utilisateur,
        libelle=libelle.strip(),
        portees=portees,
        empreinte=empreinte_du_secret(secret),
        cree_le=maintenant,
        expire_le=expire_le,
    )
    journaliser(
        "jeton.delivrer",
        sujet=jeton.reference,
        par=utilisateur.acteur,
        le=maintenant,
        donnees={
            "libelle": jeton.libelle,
            "portees": jeton.portees,
            "expire_le": expire_le.isoformat() if expire_le else None,
        },
    )
    return jeton, secret


@transaction.atomic
def revoquer_jeton(*, jeton: JetonDApi, par: Acteur, maintenant: datetime) -> JetonDApi:
    """Met fin à un jeton : le logiciel qui le porte n'a plus accès dès sa prochaine requête."""
    jeton = verrouiller(jeton)
    if jeton.revoque_le:
        return jeton
    jeton.revoque_le = maintenant
    jeton.save(update_fields=["revoque_le"])
    journaliser("jeton.revoquer", sujet=jeton.reference, par=par, le=maintenant)
    return jeton


def noter_usage_du_jeton(*, jeton: JetonDApi, maintenant: datetime) -> None:
    """Retient le dernier usage d'un jeton, à la minute :
    une rafale d'appels ne fait pas une rafale d'écritures.
    """
    if jeton.dernier_usage_le is None or maintenant - jeton.dernier_usage_le >= PAS_DE_L_USAGE:
        JetonDApi.objects.filter(pk=jeton.pk).update(dernier_usage_le=maintenant)


@transaction.atomic
def revoquer_utilisateur(
    *, utilisateur: Utilisateur, par: Acteur, maintenant: datetime, raison: str = ""
) -> Utilisateur:
    """Ferme un compte : mot de passe, seconds facteurs,
    séances et jetons cessent de valoir à la requête suivante.
    """
    utilisateur = verrouiller(utilisateur)
    if not utilisateur.est_actif:
        return utilisateur
    utilisateur.est_actif = False
    utilisateur.revoque_le = maintenant
    # Sans mot de passe utilisable, l'empreinte que porte chaque séance ouverte ne correspond plus.
    utilisateur.set_unusable_password()
    utilisateur.save(update_fields=["est_actif", "revoque_le", "password"])
    Authenticator.objects.filter(user=utilisateur).delete()
    jetons = JetonDApi.objects.filter(utilisateur=utilisateur, revoque_le=None).update(
        revoque_le=maintenant
    )
    journaliser(
        "utilisateur.revoquer",
        sujet=utilisateur.reference,
        par=par,
        le=maintenant,
        donnees={"raison": raison, "jetons": jetons},
    )
    evenements.publier(CompteFerme(utilisateur=utilisateur, par=par, le=maintenant))
    return utilisateur


def empreinte_du_secret(secret: str) -> str:
    """SHA-256 du secret : 256 bits d'aléa n'ont pas besoin d'un hachage lent."""
    return hashlib.sha256(secret.encode()).hexdigest()
