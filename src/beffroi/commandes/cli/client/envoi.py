"""Envoyer les fichiers scellés : seulement ce qui manque, plusieurs parties à la fois."""

import base64
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from beffroi.commandes.cli.client.atelier import Atelier, Scelle
from beffroi.commandes.cli.client.liaison import Liaison, Refus

EN_MEME_TEMPS = 3
# Une partie qui n'est pas durable se renvoie ; un envoi que le stockage a oublié se refait.
RATTRAPABLES, PASSAGES = {HTTPStatus.CONFLICT, HTTPStatus.NOT_FOUND}, 4
Avancement = Callable[[int], None]


@dataclass(frozen=True)
class Expedition:
    """Une réponse que l'on envoie : par où, d'où, laquelle, et à qui dire ce qui part."""

    liaison: Liaison
    atelier: Atelier
    reponse: str
    avancer: Avancement


def envoyer(expedition: Expedition, scelle: Scelle) -> None:
    """Envoie un fichier scellé et le fait vérifier ; reprend où il en était.

    Un stockage qui l'a oublié en route le reçoit de nouveau, depuis le début.
    """

    def se_rattrape(refus: Refus) -> bool:
        if refus.statut == HTTPStatus.NOT_FOUND and scelle.distant:
            oublier(expedition.liaison, scelle)
            return True
        return refus.statut in RATTRAPABLES and bool(scelle.distant)

    en_plusieurs_passages(lambda: envoyer_ce_qui_manque(expedition, scelle), se_rattrape)


def en_plusieurs_passages(
    envoyer: Callable[[], None], se_rattrape: Callable[[Refus], bool]
) -> None:
    """Recommence ce qui se rattrape ; le refus du dernier passage est celui que l'on dit."""
    for _ in range(PASSAGES - 1):
        try:
            return envoyer()
        except Refus as refus:
            if not se_rattrape(refus):
                raise
    envoyer()


def oublier(liaison: Liaison, scelle: Scelle) -> None:
    """L'annoncer de nouveau redonnerait le même envoi, que le stockage n'a plus."""
    with suppress(Refus):
        liaison.supprimer(f"fichiers/{scelle.distant}")
    scelle.distant = ""


def envoyer_ce_qui_manque(expedition: Expedition, scelle: Scelle) -> None:
    liaison, atelier, avancer = expedition.liaison, expedition.atelier, expedition.avancer
    etat = etat_distant(liaison, scelle)
    if etat is None:
        cree = creer(liaison, scelle, reponse=expedition.reponse)
        etat = {**cree, "parties": [], "etat": "en_cours"}
        scelle.distant = etat["fichier"]
        atelier.retenir(scelle)
    recues = {partie["numero"]: partie["sha256"] for partie in etat["parties"]}
    avancer(sum(taille for numero, _, taille in atelier.parties(scelle) if numero in recues))
    if etat["etat"] == "termine":
        return
    manquantes = [
        p for p in atelier.parties(scelle) if recues.get(p[0]) != scelle.parties[p[0] - 1]
    ]
    patron = etat.get("adresse_des_parties", "")
    with ThreadPoolExecutor(EN_MEME_TEMPS) as equipe:
        for taille in equipe.map(
            lambda partie: envoyer_une_partie(liaison, atelier, scelle, *partie, patron=patron),
            manquantes,
        ):
            avancer(taille)
    fin = {"racine": scelle.racine, "sha256": scelle.sha256_scelle}
    liaison.poster(f"fichiers/{scelle.distant}/fin", fin)


def etat_distant(liaison: Liaison, scelle: Scelle) -> dict[str, Any] | None:
    """Ce que la plateforme tient de ce fichier ; rien si elle ne le connaît pas ou plus."""
    if not scelle.distant:
        return None
    try:
        return dict(liaison.lire(f"fichiers/{scelle.distant}"))
    except Refus as refus:
        if refus.statut == 404:
            return None
        raise


def creer(liaison: Liaison, scelle: Scelle, *, reponse: str) -> dict[str, Any]:
    fiche = {
        "enveloppe": scelle.enveloppe,
        "lot": scelle.lot,
        "nom": scelle.nom,
        "taille": scelle.taille_scellee,
        "scellement": scelle.scellement,
    }
    return dict(liaison.poster(f"reponses/{reponse}/fichiers", fiche))


def envoyer_une_partie(
    liaison: Liaison,
    atelier: Atelier,
    scelle: Scelle,
    numero: int,
    debut: int,
    taille: int,
    *,
    patron: str,
) -> int:
    """Droit à la plateforme si elle a dit où ; sinon, l'adresse signée se demande."""
    sha256 = scelle.parties[numero - 1]
    if patron.startswith("/api/"):
        cible = cible_chez_nous(liaison, patron, numero, sha256)
    else:
        annonce = {"taille": taille, "sha256": sha256}
        cible = liaison.poster(f"fichiers/{scelle.distant}/parties/{numero}", annonce)
    liaison.deposer_octets(cible["url"], atelier.octets(scelle, debut, taille), cible["entetes"])
    return taille


def cible_chez_nous(liaison: Liaison, patron: str, numero: int, sha256: str) -> dict[str, Any]:
    """L'empreinte dit à la plateforme quels octets attendre (RFC 9530)."""
    condense = base64.b64encode(bytes.fromhex(sha256)).decode()
    entetes = {
        "Content-Digest": f"sha-256=:{condense}:",
        "Content-Type": "application/octet-stream",
    }
    return {
        "url": patron.replace("{numero}", str(numero)),
        "entetes": {**liaison.entetes, **entetes},
    }
