"""Qui peut ouvrir : deux façons au moins d'ouvrir sa clé,
assez de membres, trois gardiens, des essais récents.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum

from droit.citation import Article
from droit.decision import Decision, Motif

CONFIDENTIALITE = Article("CCP", "R. 2132-9")

DEMANDE_ECRITE = Motif("Indiquez la demande écrite : sa date, et qui l'a signée.")
MEMBRES_MINIMUM = {"standard": 2, "double": 3}
SEUILS = {"standard": 1, "double": 2}
NOMBRE_DE_GARDIENS = 3
SEUIL_DES_GARDIENS = 2
VALIDITE_D_UN_ESSAI = timedelta(days=90)
# Une part : 51 octets qui la lient à sa clé, 32 de graine partagée, une abscisse (sceau, SPEC §3).
OCTETS_D_UNE_PART = 84
OCTETS_MAXIMUM_D_UNE_FENTE = 8_192
FENTES_MAXIMUM = 10

_ENTETE_AGE = b"age-encryption.org/v1\n"
_STROPHES = {
    "phrase": b"-> scrypt ",
    "secours": b"-> scrypt ",
    "passkey": b"-> age-encryption.org/fido2prf ",
}


def fentes_suffisantes(sortes: Collection[str]) -> Decision:
    """Une clé a deux ouvertures au moins, dont un code de secours imprimé (scellement, §2.2)."""
    manque_le_secours = "secours" not in sortes
    manque_l_usuelle = not {"phrase", "passkey"} & set(sortes)
    return Decision.selon(
        Motif("Il manque le code de secours imprimé. Sans lui, une clé oubliée est perdue.")
        if manque_le_secours
        else None,
        Motif("Il manque une phrase de clé ou une clé d'accès pour ouvrir chaque jour.")
        if manque_l_usuelle
        else None,
    )


def fente_bien_formee(*, sorte: str, contenu: bytes) -> Decision:
    """Une fente est un petit fichier age fermé par ce qu'elle annonce ;
    le serveur n'en lit que l'en-tête.
    """
    attendu = _ENTETE_AGE + _STROPHES.get(sorte, b"?")
    if contenu.startswith(attendu) and len(contenu) <= OCTETS_MAXIMUM_D_UNE_FENTE:
        return Decision.accord()
    return Decision.refus(
        Motif("Une ouverture de la clé est arrivée abîmée. Recommencez la création de votre clé.")
    )


def peut_ajouter_une_fente(*, en_place: int, retiree: bool) -> Decision:
    """Une clé en cours reçoit d'autres ouvertures, en nombre raisonnable."""
    return Decision.selon(
        Motif("Cette clé est retirée. Ajoutez une ouverture à votre clé d'aujourd'hui.")
        if retiree
        else None,
        Motif(f"Votre clé a déjà {en_place} façons de s'ouvrir. Retirez-en une d'abord.")
        if en_place >= FENTES_MAXIMUM
        else None,
    )


def peut_retirer_une_fente(*, restantes: Collection[str]) -> Decision:
    """Il reste toujours le code de secours et une ouverture usuelle,
    essayés l'un et l'autre (scellement, §2.2).
    """
    sans_secours = "secours" not in restantes
    sans_usuelle = not {"phrase", "passkey"} & set(restantes)
    return Decision.selon(
        Motif(
            "Votre code de secours est le seul qui serve. Faites-en un autre, "
            "puis retirez celui-ci."
        )
        if sans_secours
        else None,
        Motif(
            "Rien d'autre n'ouvrirait votre clé chaque jour. "
            "Ajoutez une phrase ou une clé d'accès, puis retirez."
        )
        if sans_usuelle
        else None,
    )


def peut_ouvrir(*, sortes: Collection[str], secours_recopie_le: datetime | None) -> Decision:
    """Une personne compte comme pouvant ouvrir quand ses deux ouvertures existent
    et que son code est gardé.
    """
    non_recopie = Motif("Le code de secours n'a pas été recopié : rien ne prouve qu'il est gardé.")
    manques = fentes_suffisantes(sortes).motifs
    return Decision.selon(*manques, None if secours_recopie_le else non_recopie)


def essai_perime(*, dernier: datetime | None, maintenant: datetime) -> bool:
    """Un essai de plus de 90 jours ne prouve plus rien :
    la personne a pu perdre sa phrase depuis.
    """
    return dernier is None or maintenant - dernier > VALIDITE_D_UN_ESSAI


class Disposition(StrEnum):
    """Où en est une personne qui tient une part : ce que la page de l'acheteur en dit."""

    PRETE = "Sa clé est prête"
    JAMAIS_ESSAYEE = "Doit essayer sa clé"
    A_REFAIRE = "Doit essayer sa clé de nouveau"
    INCOMPLETE = "Doit finir de préparer sa clé"
    REMPLACEE = "A changé de clé depuis"
    SANS_PART = "N'a pas encore de part"


A_ESSAYER = frozenset({Disposition.JAMAIS_ESSAYEE, Disposition.A_REFAIRE, Disposition.INCOMPLETE})


def disposition(
    *, retiree: bool, prete: bool, dernier: datetime | None, maintenant: datetime
) -> Disposition:
    """Une personne saura ouvrir si sa clé est complète et son essai récent (scellement, §2.3)."""
    if retiree:
        return Disposition.REMPLACEE
    if not prete:
        return Disposition.INCOMPLETE
    if dernier is None:
        return Disposition.JAMAIS_ESSAYEE
    return (
        Disposition.A_REFAIRE
        if essai_perime(dernier=dernier, maintenant=maintenant)
        else Disposition.PRETE
    )


def peut_designer_un_gardien(
    *, en_fonction: int, deja: bool, est_agent_de_l_acheteur: bool
) -> Decision:
    """Les gardiens sont trois, distincts, et hors des acheteurs."""
    return Decision.selon(
        Motif("Cette personne est déjà gardienne.") if deja else None,
        Motif("Les gardiens sont trois. Retirez d'abord l'un d'eux.")
        if en_fonction >= NOMBRE_DE_GARDIENS
        else None,
        Motif("Cette personne achète sur la plateforme. Un gardien est hors des acheteurs.")
        if est_agent_de_l_acheteur
        else None,
    )


def gardiens_suffisants(nombre: int) -> Decision:
    """Rien n'est publié tant que trois gardiens n'ont pas ouvert leur canari
    (REQ du scellement, §2.3).
    """
    if nombre >= NOMBRE_DE_GARDIENS:
        return Decision.accord()
    return Decision.refus(
        Motif(
            f"Il faut trois gardiens de secours prêts ; {_personnes(nombre)} aujourd'hui.",
            CONFIDENTIALITE,
        )
    )


def membres_suffisants(*, politique: str, nombre: int) -> Decision:
    """Le nombre de personnes qui peuvent ouvrir suit la politique :
    deux en Standard, trois en Double contrôle.
    """
    minimum = MEMBRES_MINIMUM.get(politique)
    if minimum is None:
        return Decision.refus(
            Motif(
                "Le mode Coffre n'est pas encore proposé. Choisissez Standard ou Double contrôle."
            )
        )
    if nombre >= minimum:
        return Decision.accord()
    return Decision.refus(
        Motif(
            f"Il faut {minimum} personnes capables d'ouvrir ; {_personnes(nombre)} aujourd'hui.",
            CONFIDENTIALITE,
        )
    )


def politique_proposee(*, membres: int) -> str:
    """Dès que trois personnes peuvent ouvrir, deux ensemble : une seule clé volée, ou donnée, ne
    suffit plus à lire les réponses avant l'heure (scellement, §2.3).
    """
    return "double" if membres >= MEMBRES_MINIMUM["double"] else "standard"


def paire_complete(*, politique: str, membres: int, gardiens: int) -> Decision:
    """Une paire de clés a une part par membre, assez de membres,
    et une part pour chacun des trois gardiens.
    """
    manques = membres_suffisants(politique=politique, nombre=membres).motifs
    faux_compte = Motif(
        f"Une clé a {NOMBRE_DE_GARDIENS} parts de gardiens ; {gardiens} sont arrivées."
    )
    return Decision.selon(*manques, None if gardiens == NOMBRE_DE_GARDIENS else faux_compte)


def repartage_complet(*, politique: str, membres: int, gardiens: int) -> Decision:
    """Un repartage refait une liste au moins, en entier :
    assez de membres, ou les trois gardiens.
    """
    trop_peu = membres_suffisants(politique=politique, nombre=membres).motifs if membres else ()
    return Decision.selon(
        Motif("Rien ne change : ces personnes tiennent déjà leur part.")
        if not (membres or gardiens)
        else None,
        *trop_peu,
        Motif(f"Une clé a {NOMBRE_DE_GARDIENS} parts de gardiens ; {gardiens} sont arrivées.")
        if gardiens not in (0, NOMBRE_DE_GARDIENS)
        else None,
    )


def peut_signer(*, porteurs: Collection[int], signataire: int) -> Decision:
    """La clé d'une consultation est signée par une personne qui en reçoit
    une part (scellement, §2.3).
    """
    if signataire in porteurs:
        return Decision.accord()
    return Decision.refus(
        Motif("Seule une personne qui recevra une part peut créer et signer les clés.")
    )


def recours_aux_gardiens(*, demande_ecrite: str, gardiens: int, seuil: int) -> Decision:
    """Les gardiens n'ouvrent leur part que sur demande écrite du
    représentant légal de l'acheteur.
    """
    return Decision.selon(
        None if demande_ecrite.strip() else DEMANDE_ECRITE,
        Motif(f"Il faut {seuil} gardiens en fonction, il y en a {gardiens}.")
        if gardiens < seuil
        else None,
    )


def _personnes(nombre: int) -> str:
    if nombre == 0:
        return "il n'y en a aucune"
    return "il y en a une" if nombre == 1 else f"il y en a {nombre}"
