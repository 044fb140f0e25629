"""Renouveler l'horodatage :
chaque année, un jeton neuf date la tête du registre et les jetons qualifiés déjà reçus.

Un jeton prouve tant que tiennent son certificat et ses algorithmes. Un autre, pris avant leur fin,
dit qu'il existait quand il tenait encore (RFC 4998, § 5.2). Chaque renouvellement couvre le jeton
de celui d'avant : c'est une chaîne.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Min, QuerySet

from beffroi.socle.journal import chainage
from beffroi.socle.journal.annexes import texte_de
from beffroi.socle.journal.models import Ecriture, JetonQualifie, PointDeControle
from beffroi.socle.journal.queries import histoire, jeton_qualifie, racine_signee
from formats.pluriels import compter
from sceau import SealError, log, timestamp

ACTE, SUJET = "horodatage.renouveler", "horodatage"
UN_AN, TROIS_MOIS, UNE_SEMAINE = timedelta(days=365), timedelta(days=92), timedelta(days=7)
# Un jeton est gardé dans la minute où il est émis :
# d'un jour à l'autre, plus aucun n'est en chemin.
EN_CHEMIN = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Renouvellement:
    """Ce qu'une écriture dit avoir renouvelé :
    les jetons de `depuis` inclus à `jusqu_au` exclu, et une tête.
    """

    numero: int
    le: datetime
    precedent: int | None
    depuis: datetime | None
    jusqu_au: datetime
    couverts: Mapping[str, Any]
    taille: int
    racine: str


def est_du(*, depuis: datetime, echeance: datetime | None, le: datetime) -> bool:
    """Un an après le précédent ;
    dès trois mois avant la fin d'un certificat, au plus une fois par semaine.
    """
    if le >= depuis + UN_AN:
        return True
    return echeance is not None and le >= echeance - TROIS_MOIS and le >= depuis + UNE_SEMAINE


def est_a_faire(le: datetime) -> bool:
    """Y a-t-il de quoi renouveler, et est-il temps ?"""
    dernier = dernier_renouvellement()
    depuis = (
        dernier.le
        if dernier
        else jetons_entre(None, le).aggregate(premier=Min("horodate_le"))["premier"]
    )
    if depuis is None:
        return False
    echeance = premiere_echeance(jetons_entre(dernier.jusqu_au if dernier else None, le))
    return est_du(depuis=depuis, echeance=echeance, le=le)


def a_inscrire(tete: PointDeControle, *, le: datetime) -> dict[str, Any]:
    """Ce que l'écriture porte.

    Le jeton qualifié qu'elle reçoit ensuite date tout cela d'un coup.
    """
    dernier = dernier_renouvellement()
    depuis, jusqu_au = dernier.jusqu_au if dernier else None, le - EN_CHEMIN
    return {
        "precedent": dernier.numero if dernier else None,
        "depuis": chainage.instant(depuis) if depuis else "",
        "jusqu_au": chainage.instant(jusqu_au),
        "couverts": couverture(jetons_entre(depuis, jusqu_au)),
        "tete": {"taille": tete.taille, "racine": racine_signee(tete)},
    }


def dernier_renouvellement() -> Renouvellement | None:
    ecriture = histoire(SUJET).filter(acte=ACTE).last()
    return lire(ecriture) if ecriture else None


def lire(ecriture: Ecriture) -> Renouvellement:
    """`ValueError`, `LookupError` ou `TypeError` quand l'écriture a été changée au
    point de ne plus se lire.
    """
    dit = json.loads(ecriture.contenu)["donnees"]
    return Renouvellement(
        numero=ecriture.numero,
        le=ecriture.le,
        precedent=dit["precedent"],
        depuis=chainage.instant_lu(dit["depuis"]) if dit["depuis"] else None,
        jusqu_au=chainage.instant_lu(dit["jusqu_au"]),
        couverts=dit["couverts"],
        taille=int(dit["tete"]["taille"]),
        racine=dit["tete"]["racine"],
    )


def jetons_entre(depuis: datetime | None, jusqu_au: datetime) -> QuerySet[JetonQualifie]:
    """Les jetons émis dans cet intervalle, d'après l'heure qu'ils disent, qui ne change pas."""
    jetons = JetonQualifie.objects.filter(horodate_le__lt=jusqu_au)
    return (jetons.filter(horodate_le__gte=depuis) if depuis else jetons).order_by(
        "objet", "numero"
    )


def couverture(jetons: QuerySet[JetonQualifie]) -> dict[str, Any]:
    """Leur nombre et la racine de leur arbre (RFC 6962) :
    de quoi prouver la place de chacun, plus tard, sans les autres.
    """
    noeuds: dict[tuple[int, int], bytes] = {}
    nombre = 0
    for jeton in jetons.iterator(chunk_size=500):
        donnees = (
            f"{jeton.objet}/{jeton.numero}/".encode() + hashlib.sha256(bytes(jeton.jeton)).digest()
        )
        for niveau, indice, valeur in log.append_nodes(
            nombre, log.leaf_hash(donnees), lambda *ou: noeuds[ou]
        ):
            noeuds[niveau, indice] = valeur
        nombre += 1
    return {"jetons": nombre, "racine": log.root(nombre, lambda *ou: noeuds[ou]).hex()}


def premiere_echeance(jetons: QuerySet[JetonQualifie]) -> datetime | None:
    """La fin la plus proche d'un certificat :
    celui du plus ancien jeton de chaque autorité, qui en change en avançant.
    """
    fins = []
    for autorite in jetons.order_by("autorite").values_list("autorite", flat=True).distinct():
        ancien = jetons.filter(autorite=autorite).order_by("horodate_le", "pk").first()
        texte = texte_de(ancien) if ancien else None
        if ancien is None or texte is None:
            continue
        try:
            fins.append(
                timestamp.read(bytes(ancien.jeton), hashlib.sha256(texte.encode()).digest()).expires
            )
        except SealError:
            continue
    return min(fins, default=None)


def relire() -> tuple[list[tuple[str, str]], str]:
    """Les fautes de la chaîne, chacune à sa place, et la phrase qui la résume ;
    vide si rien n'a été renouvelé.
    """
    precedent, fautes, en_attente, tardifs = None, list[tuple[str, str]](), 0, 0
    ecritures = list(histoire(SUJET).filter(acte=ACTE))
    for ecriture in ecritures:
        ou = f"journal_ecriture, n° {ecriture.numero}"
        try:
            un = lire(ecriture)
        except (ValueError, LookupError, TypeError):
            fautes.append(("ce renouvellement ne se lit plus", ou))
            continue
        fautes += [(faute, ou) for faute in fautes_du_renouvellement(un, precedent)]
        jeton = jeton_qualifie(JetonQualifie.Objet.ECRITURE, un.numero)
        echeance = premiere_echeance(jetons_entre(un.depuis, un.jusqu_au))
        en_attente += jeton is None
        tardifs += bool(jeton and echeance and jeton.horodate_le > echeance)
        precedent = un
    return fautes, phrase(len(ecritures), en_attente, tardifs) if ecritures else ""


def fautes_du_renouvellement(un: Renouvellement, precedent: Renouvellement | None) -> Iterator[str]:
    """Il suit le précédent, sa tête est de ce registre,
    et les jetons qu'il a datés sont tous là, à l'octet près.
    """
    attendus = (precedent.numero, precedent.jusqu_au) if precedent else (None, None)
    if (un.precedent, un.depuis) != attendus:
        yield "ce renouvellement ne suit pas le précédent"
    if couverture(jetons_entre(un.depuis, un.jusqu_au)) != un.couverts:
        yield "les jetons qualifiés ne sont plus ceux que ce renouvellement a datés"
    tete = PointDeControle.objects.filter(taille=un.taille).first()
    if tete is None or racine_signee(tete) != un.racine:
        yield "la tête que ce renouvellement a datée n'est pas de ce registre"


def phrase(nombre: int, en_attente: int, tardifs: int) -> str:
    """Ce que la relecture dit de la chaîne, sans rien en taire."""
    dits = [
        (
            f"{compter(nombre, 'renouvellement')} de l'horodatage, "
            "chacun couvre la tête et les jetons d'avant lui"
        )
    ]
    if en_attente:
        dits.append(f"{en_attente} sans jeton qualifié encore")
    if tardifs:
        dits.append(f"{tardifs} après la fin d'un certificat couvert")
    return " ; ".join(dits)
