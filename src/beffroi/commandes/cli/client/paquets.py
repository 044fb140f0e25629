"""Envoyer beaucoup de petits fichiers :
annoncés et vérifiés par paquets, leurs octets huit à la fois.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from http import HTTPStatus
from typing import Any

from beffroi.commandes.cli.client.atelier import Atelier, Scelle
from beffroi.commandes.cli.client.envoi import (
    RATTRAPABLES,
    Expedition,
    en_plusieurs_passages,
    oublier,
)
from beffroi.commandes.cli.client.liaison import Liaison, Refus

PAQUET = 50
PAQUETS_ENSEMBLE = 3
ENVOIS_ENSEMBLE = 8
OCTETS_D_UN_PETIT = 1_000_000


def est_petit(scelle: Scelle) -> bool:
    return len(scelle.parties) == 1 and scelle.taille_scellee <= OCTETS_D_UN_PETIT


def envoyer_les_petits(expedition: Expedition, scelles: Sequence[Scelle]) -> None:
    """Envoie et fait vérifier ; ce que la plateforme a déjà vérifié ne repart pas."""
    termines = fichiers_termines(expedition) if any(scelle.distant for scelle in scelles) else set()
    for scelle in scelles:
        if scelle.distant in termines:
            expedition.avancer(scelle.taille_scellee)
    restants = [scelle for scelle in scelles if scelle.distant not in termines]
    with (
        ThreadPoolExecutor(ENVOIS_ENSEMBLE) as porteurs,
        ThreadPoolExecutor(PAQUETS_ENSEMBLE) as equipe,
    ):
        paquets = equipe.map(
            lambda paquet: envoyer_un_paquet(expedition, paquet, porteurs=porteurs),
            en_paquets(restants),
        )
        list(paquets)


def fichiers_termines(expedition: Expedition) -> set[str]:
    """Une lecture pour tous, au lieu d'une par fichier."""
    fichiers = expedition.liaison.lire(f"reponses/{expedition.reponse}")["fichiers"]
    return {fichier["fichier"] for fichier in fichiers if fichier["etat"] == "termine"}


def en_paquets(scelles: Sequence[Scelle]) -> Iterator[Sequence[Scelle]]:
    for debut in range(0, len(scelles), PAQUET):
        yield scelles[debut : debut + PAQUET]


def envoyer_un_paquet(
    expedition: Expedition, scelles: Sequence[Scelle], *, porteurs: ThreadPoolExecutor
) -> None:
    """Annoncer deux fois le même scellement redonne le même fichier :
    le paquet se rejoue tel quel après une coupure, et sans ceux que le stockage a oubliés.
    """
    en_plusieurs_passages(
        lambda: envoyer_le_paquet(expedition, scelles, porteurs=porteurs),
        lambda refus: refus.statut in RATTRAPABLES,
    )


def envoyer_le_paquet(
    expedition: Expedition, scelles: Sequence[Scelle], *, porteurs: ThreadPoolExecutor
) -> None:
    liaison, ou = expedition.liaison, f"reponses/{expedition.reponse}/fichiers"
    crees = liaison.poster(f"{ou}/paquet", {"fichiers": [annonce(s) for s in scelles]})
    for scelle, cree in zip(scelles, crees["fichiers"], strict=True):
        scelle.distant = cree["fichier"]
    expedition.atelier.retenir_tous(scelles)
    envois = [
        porteurs.submit(porter, liaison, expedition.atelier, scelle, cree["cible"])
        for scelle, cree in zip(scelles, crees["fichiers"], strict=True)
    ]
    # Tous ont fini avant que l'on recommence : l'un d'eux effacerait ce que l'on vient d'annoncer.
    wait(envois)
    for envoi in envois:
        expedition.avancer(envoi.result())
    fins = [{"fichier": s.distant, "racine": s.racine, "sha256": s.sha256_scelle} for s in scelles]
    liaison.poster(f"{ou}/fins", {"fichiers": fins})


def annonce(scelle: Scelle) -> dict[str, Any]:
    return {
        "enveloppe": scelle.enveloppe,
        "lot": scelle.lot,
        "nom": scelle.nom,
        "taille": scelle.taille_scellee,
        "scellement": scelle.scellement,
        "partie": scelle.parties[0],
    }


def porter(liaison: Liaison, atelier: Atelier, scelle: Scelle, cible: dict[str, Any]) -> int:
    octets = atelier.octets(scelle, 0, scelle.taille_scellee)
    try:
        liaison.deposer_octets(cible["url"], octets, cible["entetes"])
    except Refus as refus:
        if refus.statut == HTTPStatus.NOT_FOUND:
            oublier(liaison, scelle)
        raise
    return scelle.taille_scellee
