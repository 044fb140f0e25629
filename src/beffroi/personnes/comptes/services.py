"""Ouvrir et fermer un compte, en prouver l'adresse, en protéger l'accès, délivrer un jeton."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError

from beffroi.personnes.comptes import connexions, queries, rules, totp
from beffroi.personnes.comptes.events import AdresseProuvee, CompteFerme
from beffroi.personnes.comptes.models import (
    Connexion,
    EssaisManques,
    FichierSuspendu,
    JetonDApi,
    PersonneAttendue,
    PreuveDAdresse,
    Utilisateur,
)
from beffroi.personnes.comptes.portees import D_ACHETEUR, DE_DEPOT, Portee
from beffroi.personnes.comptes.ports import portees_des_roles
from beffroi.socle.fondations import evenements
from beffroi.socle.fondations.erreurs import RegleEnfreinte, exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import Acteur
from beffroi.socle.journal.services import journaliser
from droit.decision import Decision

PAS_DE_L_USAGE = timedelta(minutes=1)
OCTETS_DU_JETON = 32  # 43 signes en base64 sans remplissage


@dataclass(frozen=True)
class Personne:
    """Une personne à attendre."""

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
    """Ouvre un compte nominatif."""
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
    if adresse_verifiee:
        _garder_la_preuve(utilisateur, maintenant=maintenant)
    journaliser(
        "utilisateur.creer",
        sujet=utilisateur.reference,
        par=par or utilisateur.acteur,
        le=maintenant,
        donnees={"nom": utilisateur.nom, "qualite": utilisateur.qualite},
    )
    return utilisateur


def attendre(
    *, courriel: str, nom: str, qualite: str = "", maintenant: datetime
) -> PersonneAttendue:
    """Attend que cette adresse soit prouvée ; la même ne s'attend qu'une fois.

    L'appelant tient la transaction, journalise, et écrit le lien (`liens.adresse_du_lien`).
    """
    attendue, _ = PersonneAttendue.objects.get_or_create(
        courriel=_adresse(courriel),
        defaults={"nom": nom.strip(), "qualite": qualite.strip(), "depuis_le": maintenant},
    )
    return attendue


def attendre_en_nombre(
    personnes: Sequence[Personne], *, maintenant: datetime
) -> dict[str, PersonneAttendue]:
    """La même attente pour beaucoup d'adresses, en deux requêtes par lot."""
    voulues = {_adresse(personne.courriel): personne for personne in personnes}
    connues = queries.personnes_attendues(voulues)
    PersonneAttendue.objects.bulk_create(
        (
            PersonneAttendue(
                courriel=courriel,
                nom=personne.nom.strip(),
                qualite=personne.qualite.strip(),
                depuis_le=maintenant,
            )
            for courriel, personne in voulues.items()
            if courriel not in connues
        ),
        batch_size=200,
    )
    return queries.personnes_attendues(voulues)


def ne_plus_attendre(attendue: PersonneAttendue) -> bool:
    """Oublie une adresse que plus rien n'attend ; ses liens n'ouvrent plus rien.

    Ce qui attend encore la retient : la base refuse de l'effacer.
    """
    try:
        with transaction.atomic():
            attendue.delete()
    except ProtectedError:
        return False
    return True


@transaction.atomic
def ouvrir_par_le_lien(
    *, attendue: PersonneAttendue, mot_de_passe: str, maintenant: datetime
) -> Utilisateur:
    """La personne qui lit cette adresse y ouvre son compte, et reçoit ce qui l'attendait.

    Un compte ouvert là sans que l'adresse ait été prouvée lui revient, et n'a gardé rien de
    ce que l'autre y avait réglé : ni mot de passe, ni séance, ni jeton, ni second facteur.
    """
    utilisateur = queries.utilisateur_par_courriel(attendue.courriel)
    if utilisateur is None:
        utilisateur = creer_utilisateur(
            courriel=attendue.courriel,
            nom=attendue.nom,
            qualite=attendue.qualite,
            mot_de_passe=mot_de_passe,
            maintenant=maintenant,
        )
    else:
        utilisateur = _reprendre(utilisateur, attendue, mot_de_passe, maintenant=maintenant)
    return prouver_l_adresse(utilisateur=utilisateur, maintenant=maintenant)


def _reprendre(
    utilisateur: Utilisateur, attendue: PersonneAttendue, mot_de_passe: str, *, maintenant: datetime
) -> Utilisateur:
    utilisateur = verrouiller(utilisateur)
    exiger(
        rules.peut_ouvrir_par_le_lien(
            est_ouvert=utilisateur.est_actif,
            adresse_prouvee=queries.adresse_prouvee(utilisateur),
        )
    )
    # L'empreinte du mot de passe est dans chaque séance : en changer les ferme toutes.
    utilisateur.set_password(mot_de_passe)
    utilisateur.nom = attendue.nom or utilisateur.nom
    utilisateur.qualite = attendue.qualite or utilisateur.qualite
    utilisateur.save(update_fields=["password", "nom", "qualite"])
    jetons = _eteindre_ce_qu_un_autre_a_regle(utilisateur, maintenant=maintenant)
    journaliser(
        "utilisateur.reprendre",
        sujet=utilisateur.reference,
        par=utilisateur.acteur,
        le=maintenant,
        donnees={"jetons": jetons},
    )
    return utilisateur


def _eteindre_ce_qu_un_autre_a_regle(utilisateur: Utilisateur, *, maintenant: datetime) -> int:
    """Les seconds facteurs, les changements d'adresse demandés, les jetons ; rend leur nombre."""
    Authenticator.objects.filter(user=utilisateur).delete()
    EmailAddress.objects.filter(user=utilisateur).exclude(
        email__iexact=utilisateur.courriel
    ).delete()
    jetons = JetonDApi.objects.filter(utilisateur=utilisateur, revoque_le=None)
    return jetons.update(revoque_le=maintenant)


@transaction.atomic
def prouver_l_adresse(*, utilisateur: Utilisateur, maintenant: datetime) -> Utilisateur:
    """Qui tient ce compte a ouvert le lien envoyé à l'adresse qu'il porte.

    Ce qui attendait l'adresse lui revient par ses abonnés, avant l'écriture de cet acte : ils
    prennent leurs verrous, et celui du journal vient après.
    """
    adresse, _ = EmailAddress.objects.get_or_create(
        user=utilisateur, email=utilisateur.courriel, defaults={"primary": True}
    )
    adresse.verified = adresse.primary = True
    adresse.save(update_fields=["verified", "primary"])
    _garder_la_preuve(utilisateur, maintenant=maintenant)
    evenements.publier(AdresseProuvee(utilisateur=utilisateur, le=maintenant))
    if attendue := PersonneAttendue.objects.filter(courriel=utilisateur.courriel).first():
        ne_plus_attendre(attendue)
    noter_changement_de_securite(
        utilisateur=utilisateur, acte="prouver_adresse", maintenant=maintenant
    )
    return utilisateur


def _garder_la_preuve(utilisateur: Utilisateur, *, maintenant: datetime) -> None:
    PreuveDAdresse.objects.get_or_create(
        utilisateur=utilisateur,
        courriel=utilisateur.courriel.lower(),
        defaults={"le": maintenant},
    )


@transaction.atomic
def apres_un_mot_de_passe_oublie(*, utilisateur: Utilisateur, maintenant: datetime) -> None:
    """Le lien envoyé à l'adresse a été ouvert : il la prouve.

    Si elle ne l'était pas encore, un autre a pu ouvrir ce compte : rien de ce qu'il y avait
    réglé ne reste.
    """
    if queries.adresse_prouvee(utilisateur):
        return
    _eteindre_ce_qu_un_autre_a_regle(utilisateur, maintenant=maintenant)
    prouver_l_adresse(utilisateur=utilisateur, maintenant=maintenant)


def _adresse(courriel: str) -> str:
    return Utilisateur.objects.normalize_email(courriel.strip()).lower()


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
def fermer_les_connexions(
    *, utilisateur: Utilisateur, ici: str, reference: str = "", maintenant: datetime
) -> int:
    """Ferme une connexion du compte, ou toutes les autres que celle d'ici ; rend leur nombre."""
    autres = [
        ligne.session_key
        for ligne in Connexion.objects.filter(utilisateur=utilisateur).exclude(session_key=ici)
        if reference in ("", connexions.reference(ligne.session_key))
    ]
    if not autres:
        return 0
    Connexion.objects.filter(session_key__in=autres).delete()
    journaliser(
        "utilisateur.fermer_connexions",
        sujet=utilisateur.reference,
        par=utilisateur.acteur,
        le=maintenant,
        donnees={"nombre": len(autres)},
    )
    return len(autres)


def purger_les_connexions(*, maintenant: datetime) -> None:
    """Ce qui est fini ne se garde pas."""
    Connexion.objects.filter(expire_date__lte=maintenant).delete()


@transaction.atomic
def suspendre_les_fichiers(*, seance: str, lignes: Sequence[FichierSuspendu]) -> None:
    """Un envoi plus récent de la même séance prend la place de l'ancien."""
    FichierSuspendu.objects.filter(connexion_id=seance).delete()
    FichierSuspendu.objects.bulk_create(lignes)


@transaction.atomic
def reprendre_les_fichiers(*, seance: str, adresse: str, depuis: datetime) -> list[FichierSuspendu]:
    """Ceux que cette séance destinait à cette adresse, une fois ; les autres s'effacent."""
    gardes = FichierSuspendu.objects.filter(connexion_id=seance)
    repris = list(gardes.filter(adresse=adresse, suspendu_le__gt=depuis).order_by("pk"))
    gardes.delete()
    return repris


def purger_les_fichiers_suspendus(*, depuis: datetime) -> None:
    """Ce qu'un acte jamais repris avait envoyé ne reste pas."""
    FichierSuspendu.objects.filter(suspendu_le__lte=depuis).delete()


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
    second_facteur = queries.a_un_second_facteur(utilisateur)
    exiger(
        rules.peut_recevoir_un_jeton(
            est_actif=utilisateur.est_actif,
            portees=portees,
            d_acheteur=D_ACHETEUR,
            tenues=portees_des_roles(utilisateur, le=maintenant),
            second_facteur=second_facteur,
        )
    )
    secret = rules.PREFIXE_DE_JETON + secrets.token_urlsafe(OCTETS_DU_JETON)
    jeton = JetonDApi.objects.create(
        utilisateur=utilisateur,
        libelle=libelle.strip(),
        portees=portees,
        empreinte=rules.empreinte_du_secret(secret),
        cree_le=maintenant,
        expire_le=expire_le,
        delivre_avec_second_facteur=second_facteur,
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
            "second_facteur": second_facteur,
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


@transaction.atomic
def revoquer_les_jetons(*, utilisateur: Utilisateur, raison: str, maintenant: datetime) -> int:
    """Tous les jetons d'une personne cessent de valoir : son mot de passe s'est perdu, son
    adresse ou ses seconds facteurs ont changé. Rend leur nombre.
    """
    jetons = JetonDApi.objects.filter(utilisateur=utilisateur, revoque_le=None)
    nombre = jetons.update(revoque_le=maintenant)
    if nombre:
        journaliser(
            "jeton.revoquer_tous",
            sujet=utilisateur.reference,
            par=utilisateur.acteur,
            le=maintenant,
            donnees={"raison": raison, "jetons": nombre},
        )
    return nombre


def noter_usage_du_jeton(*, jeton: JetonDApi, maintenant: datetime) -> None:
    """Retient le dernier usage d'un jeton, à la minute :
    une rafale d'appels ne fait pas une rafale d'écritures.
    """
    if jeton.dernier_usage_le is None or maintenant - jeton.dernier_usage_le >= PAS_DE_L_USAGE:
        JetonDApi.objects.filter(pk=jeton.pk).update(dernier_usage_le=maintenant)


@transaction.atomic
def noter_un_echec(cles: Iterable[str], *, maintenant: datetime) -> None:
    """Un essai de plus, pour chacun de ces comptes ; le premier depuis dix minutes repart de un."""
    oublies = models.Q(dernier_le__lte=maintenant - rules.OUBLI_DES_ECHECS)
    for cle in sorted(cles):
        EssaisManques.objects.get_or_create(cle=cle, defaults={"dernier_le": maintenant})
        EssaisManques.objects.filter(cle=cle).update(
            nombre=models.Case(models.When(oublies, then=1), default=models.F("nombre") + 1),
            dernier_le=maintenant,
        )


def oublier_les_echecs(cles: Iterable[str]) -> None:
    """Le bon mot de passe, le bon code : ce compte-là repart de zéro, son réseau non."""
    EssaisManques.objects.filter(cle__in=cles).delete()


def purger_les_essais(*, maintenant: datetime) -> int:
    """Ce qui ne compte plus ne se garde pas."""
    perimes = EssaisManques.objects.filter(dernier_le__lte=maintenant - rules.OUBLI_DES_ECHECS)
    return perimes.delete()[0]


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
    Connexion.objects.filter(utilisateur=utilisateur).delete()
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
