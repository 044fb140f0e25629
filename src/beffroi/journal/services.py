"""Écrire au journal : une écriture par acte, dans la transaction de l'acte, à sa place et pour toujours."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from beffroi.journal import chainage
from beffroi.journal.acteurs import PLATEFORME, Acteur
from beffroi.journal.models import Cosignature, Ecriture, JetonQualifie, Noeud, PointDeControle
from beffroi.socle.verrous import verrou_nomme

VERROU_DU_JOURNAL = 0x4245464652  # « BEFFR »
FORMAT = "beffroi.ecriture/1"


def journaliser(
    acte: str,
    *,
    sujet: str,
    par: Acteur,
    le: datetime,
    donnees: Mapping[str, Any] | None = None,
    organisme: str = "",
) -> Ecriture:
    """Ajoute au journal un acte sur un sujet, avec ses données ; l'aléa empêche d'en deviner le contenu."""
    contenu = {
        "format": FORMAT,
        "nonce": secrets.token_hex(16),
        "acte": acte,
        "sujet": sujet,
        "organisme": organisme,
        "acteur": {"reference": par.reference, "libelle": par.libelle},
        "le": chainage.instant(le),
        "donnees": donnees or {},
    }
    return inscrire(acte, contenu=contenu, sujet=sujet, par=par, le=le, organisme=organisme)


def inscrire(
    acte: str, *, contenu: Mapping[str, Any], sujet: str, par: Acteur, le: datetime, organisme: str = ""
) -> Ecriture:
    """Ajoute un enregistrement déjà composé : son jeton local d'abord, sa place ensuite, sous verrou.

    Le verrou vit jusqu'à la fin de la transaction : l'ordre des numéros est celui des validations.
    """
    texte = chainage.canonique(contenu)
    jeton = chainage.jeton_local(texte, le=le)
    feuille = chainage.feuille(texte, jeton)
    verrou_nomme(VERROU_DU_JOURNAL)
    numero = taille()
    ecriture = Ecriture.objects.create(
        numero=numero,
        acte=acte,
        sujet=sujet,
        organisme=organisme,
        acteur_reference=par.reference,
        acteur_libelle=par.libelle,
        le=le,
        contenu=texte,
        jeton=jeton,
        feuille=feuille,
    )
    Noeud.objects.bulk_create(chainage.nouveaux_noeuds(numero, feuille))
    return ecriture


@transaction.atomic
def publier_un_changement(acte: str, *, sujet: str, donnees: Mapping[str, Any], le: datetime) -> Ecriture | None:
    """Inscrit ce que la plateforme publie de nouveau ; rien si la dernière écriture de cet acte avait déjà ce sujet."""
    verrou_nomme(VERROU_DU_JOURNAL)
    derniere = Ecriture.objects.filter(acte=acte).order_by("-numero").first()
    if derniere and derniere.sujet == sujet:
        return None
    return journaliser(acte, sujet=sujet, par=PLATEFORME, le=le, donnees=donnees)


def taille() -> int:
    """Le nombre d'écritures, qui est aussi le prochain numéro."""
    derniere = Ecriture.objects.order_by("-numero").values_list("numero", flat=True).first()
    return 0 if derniere is None else derniere + 1


def signer_un_point_de_controle(*, le: datetime) -> PointDeControle:
    """Signe la tête présente du journal ; la même taille ne se signe qu'une fois."""
    verrou_nomme(VERROU_DU_JOURNAL)
    nombre = taille()
    existant = PointDeControle.objects.filter(taille=nombre).first()
    if existant:
        return existant
    return PointDeControle.objects.create(taille=nombre, note=chainage.note_signee(nombre), signe_le=le)


def ajouter_jeton_qualifie(
    *, objet: str, numero: int, jeton: bytes, autorite: str, horodate_le: datetime, recu_le: datetime
) -> JetonQualifie:
    """Joint un jeton qualifié à une écriture ou à un point de contrôle ; le premier arrivé reste."""
    existant = JetonQualifie.objects.filter(objet=objet, numero=numero).first()
    return existant or JetonQualifie.objects.create(
        objet=objet, numero=numero, jeton=jeton, autorite=autorite, horodate_le=horodate_le, recu_le=recu_le
    )


def ajouter_cosignature(*, point: PointDeControle, temoin: str, ligne: str, recue_le: datetime) -> Cosignature:
    """Joint à une tête la signature d'un témoin ; la première arrivée reste."""
    return Cosignature.objects.get_or_create(
        point=point, temoin=temoin, defaults={"ligne": ligne, "recue_le": recue_le}
    )[0]


@transaction.atomic
def signer_le_point_du_jour(*, le: datetime) -> PointDeControle:
    """Signe la tête du jour, que le service qualifié datera."""
    return signer_un_point_de_controle(le=le)
