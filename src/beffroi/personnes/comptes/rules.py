"""Ce qu'un compte permet. Des règles de sécurité, sans base de données ni horloge."""

import hashlib
import re
from collections.abc import Collection
from datetime import timedelta

from beffroi.socle.budgets.rules import Budget
from droit.decision import Decision, Motif

# Une faute de frappe, deux, cinq : rien. Un centre de gestion entier sort par un seul réseau.
ECHECS_SANS_ATTENTE_PAR_COMPTE = 5
ECHECS_SANS_ATTENTE_PAR_RESEAU = 30
LIENS_PAR_ADRESSE = 5
CODES_PAR_COMPTE = 10
ATTENTE_AU_PLUS_S = 8.0
OUBLI_DES_ECHECS = timedelta(minutes=10)
CONFIRMER_SON_ADRESSE = "Confirmez l'adresse de votre compte : rien ne se compte plus ensuite."
JETONS_SANS_PREUVE = Budget(
    acte="comptes.delivrer_jeton",
    par_reseau=20,
    en_tout=60,
    lignes=1,
    sinon=CONFIRMER_SON_ADRESSE,
)
# Une adresse de service change de main : ce qui l'attend depuis un trimestre se redonne.
ATTENTE_D_UNE_ADRESSE = timedelta(days=90)
PREFIXE_DE_JETON = "beffroi_"
FORME_DU_JETON = re.compile(r"beffroi_[A-Za-z0-9_-]{43}")
LONGUEUR_MINIMALE_DU_MOT_DE_PASSE = 14
# Dans l'ordre : Edge et Chrome se disent aussi Safari, et Android se dit aussi Linux.
NAVIGATEURS = (
    ("Edg/", "Edge"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMES = (
    ("Android", "Android"),
    ("iPhone", "iOS"),
    ("iPad", "iOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def attente_s(echecs: int, *, franchise: int) -> float:
    """Une seconde, puis le double, jusqu'à huit : de quoi rendre vain d'essayer mille mots de
    passe, et jamais de quoi arrêter qui a le bon avant une heure limite (ADR 0005).
    """
    if echecs < franchise:
        return 0.0
    return min(ATTENTE_AU_PLUS_S, 2.0 ** min(echecs - franchise, 8))


def forme_de_jeton(secret: str) -> bool:
    """Un jeton s'écrit `beffroi_` et 43 signes :
    un outil qui cherche les secrets perdus le reconnaît.
    """
    return FORME_DU_JETON.fullmatch(secret) is not None


def empreinte_du_secret(secret: str) -> str:
    """SHA-256 du secret : 256 bits d'aléa n'ont pas besoin d'un hachage lent."""
    return hashlib.sha256(secret.encode()).hexdigest()


def peut_recevoir_un_jeton(
    *,
    est_actif: bool,
    portees: Collection[str],
    d_acheteur: Collection[str],
    tenues: Collection[str],
    second_facteur: bool,
) -> Decision:
    """Un jeton permet au moins une chose, et rien que les rôles d'aujourd'hui ne permettent ;
    pour un acheteur, il naît avec un second facteur (ASVS 6.3.3).

    `d_acheteur` : les portées qui demandent un rôle ; `tenues` : celles que les rôles donnent.
    """
    if not est_actif:
        return Decision.refus(Motif("Ce compte est fermé. Il ne peut plus recevoir de jeton."))
    if not portees:
        return Decision.refus(Motif("Choisissez au moins une chose que ce jeton permettra."))
    pour_un_acheteur = set(portees) & set(d_acheteur)
    sans_role = sorted(pour_un_acheteur - set(tenues))
    return Decision.selon(
        Motif(
            f"Aucun de vos rôles ne permet « {', '.join(sans_role)} » aujourd'hui. "
            "Un jeton n'attend pas un rôle à venir : créez-le quand vous l'aurez."
        )
        if sans_role
        else None,
        Motif(
            "Un jeton qui agit pour un acheteur se crée avec un second facteur. "
            "Activez-en un à la page « Mon compte », puis recommencez."
        )
        if pour_un_acheteur and not second_facteur
        else None,
    )


def peut_ouvrir_par_le_lien(*, est_ouvert: bool, adresse_prouvee: bool) -> Decision:
    """Le lien ouvre un compte, ou reprend celui dont l'adresse n'a jamais été prouvée ;
    un compte prouvé est déjà à quelqu'un, qui s'y connecte.
    """
    if not est_ouvert:
        return Decision.refus(
            Motif("Le compte de cette adresse a été fermé. Demandez ce rôle à une autre adresse.")
        )
    if adresse_prouvee:
        return Decision.refus(
            Motif("Cette adresse a déjà un compte confirmé. Connectez-vous avec son mot de passe.")
        )
    return Decision.accord()


def code_totp_recevable(*, pas: int | None, dernier_pas: int | None) -> Decision:
    """Un code à usage unique ne sert qu'une fois, ni lui ni un plus ancien (RFC 6238, §5.2)."""
    if pas is None:
        return Decision.refus(
            Motif("Ce code n'est pas le bon. Saisissez celui que l'application affiche.")
        )
    if dernier_pas is not None and pas <= dernier_pas:
        return Decision.refus(
            Motif("Ce code a déjà servi. Attendez le suivant, dans 30 secondes au plus.")
        )
    return Decision.accord()


def logiciel(annonce: str) -> str:
    """Le navigateur et le système, de nos mots :
    ce qu'un visiteur annonce de lui ne se garde pas tel quel.
    """
    navigateur = next((nom for marque, nom in NAVIGATEURS if marque in annonce), "")
    systeme = next((nom for marque, nom in SYSTEMES if marque in annonce), "")
    return ", ".join(nom for nom in (navigateur, systeme) if nom) or "autre"
