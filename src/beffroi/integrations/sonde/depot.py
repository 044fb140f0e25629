"""Déposer pour éprouver : les adresses publiques, le sceau, les parties, le récépissé
vérifié ; comme une entreprise.
"""

import io
import secrets
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from django.conf import settings

from beffroi.commandes.cli import deposer
from beffroi.commandes.cli.client.atelier import Atelier, Scelle
from beffroi.commandes.cli.client.cles import verifier_les_cles
from beffroi.commandes.cli.client.envoi import Expedition, envoyer
from beffroi.commandes.cli.client.liaison import Liaison, Refus, accepter
from beffroi.commandes.cli.confiance import Confiance
from beffroi.commandes.cli.deposer import Enveloppe
from beffroi.commandes.cli.erreurs import ErreurDeCommande
from beffroi.service.sonde.models import Etape
from beffroi.service.sonde.resultats import Resultat, Terrain
from beffroi.socle.fondations.horloge import maintenant
from sceau import handover, log, receipt
from sceau.verdict import Verdict

# Scellé, il dépasse 1 Mio, la limite d'un serveur frontal que l'on n'a pas réglé :
# un envoi ordinaire y serait refusé.
OCTETS = 1024 * 1024
# La minute d'après est au passage suivant.
DELAI_S = httpx.Timeout(10.0, connect=5.0)
ENVELOPPE = "offre"


class Chrono:
    """La durée de chaque étape, et celle où l'on s'est arrêté."""

    def __init__(self) -> None:
        self.durees: dict[str, int] = {}
        self.etape = ""

    @contextmanager
    def etape_de(self, nom: Etape) -> Iterator[None]:
        self.etape, debut = nom.value, time.monotonic()
        try:
            yield
        finally:
            self.durees[nom.value] = round((time.monotonic() - debut) * 1000)


def essayer(terrain: Terrain) -> Resultat:
    """Un dépôt d'essai entier, chaque étape mesurée.

    Un échec est un résultat : rien n'est levé, rien n'est réessayé.
    """
    le, chrono = maintenant(), Chrono()
    try:
        recepisse = derouler(terrain, chrono)
    except (ErreurDeCommande, httpx.HTTPError, OSError, ValueError, KeyError, TypeError) as erreur:
        statut = erreur.statut if isinstance(erreur, Refus) else None
        return Resultat(
            le, chrono.durees, etape=chrono.etape, statut_http=statut, phrase=phrase_de(erreur)
        )
    return Resultat(le, chrono.durees, statut_http=201, recepisse=recepisse)


def phrase_de(erreur: Exception) -> str:
    if isinstance(erreur, ErreurDeCommande):
        return str(erreur)
    return f"réponse inattendue de la plateforme ({type(erreur).__name__})"


def derouler(terrain: Terrain, chrono: Chrono) -> str:
    liaison = Liaison(
        settings.SONDE["adresse"] or settings.ADRESSE_PUBLIQUE, terrain.jeton, essais=1
    )
    liaison.http.timeout = DELAI_S
    with liaison.http, tempfile.TemporaryDirectory() as dossier:
        atelier = Atelier(Path(dossier) / "atelier")
        with chrono.etape_de(Etape.PAGE):
            accepter(
                liaison.insister("GET", f"{liaison.adresse}/", headers={"Accept": "text/html"})
            )
        with chrono.etape_de(Etape.DEBUT):
            reponse = liaison.poster(f"consultations/{terrain.consultation}/reponses", {"lots": []})
        liaison.avec_jeton(reponse["jeton"])
        with chrono.etape_de(Etape.ENVOI):
            enveloppe = sceller_et_envoyer(liaison, atelier, reponse, terrain, Path(dossier))
        with chrono.etape_de(Etape.DEPOT):
            recu = deposer.deposer(liaison, atelier, [enveloppe], reponse=reponse["reponse"])
        with chrono.etape_de(Etape.RECEPISSE):
            archive = liaison.telecharger(f"depots/{recu['recepisse']}/recu.zip")
            verifier_le_recu(archive, cles_du_registre(terrain, reponse))
    return str(recu["recepisse"])


def sceller_et_envoyer(
    liaison: Liaison, atelier: Atelier, reponse: dict[str, Any], terrain: Terrain, dossier: Path
) -> Enveloppe:
    """Des octets tirés au sort, scellés pour la clé publiée une fois sa preuve vérifiée,
    envoyés partie par partie.
    """
    connu = Confiance(cles=cles_du_registre(terrain, reponse))
    pour = verifier_les_cles(reponse, consultation=terrain.consultation, connu=connu)[ENVELOPPE]
    source = dossier / "essai.bin"
    source.write_bytes(secrets.token_bytes(OCTETS))
    fichier = atelier.sceller(source, enveloppe=ENVELOPPE, lot=None, pour=pour)
    manifeste, contenu = atelier.sceller_le_manifeste(
        terrain.consultation, enveloppe=ENVELOPPE, lot=None, pour=pour, fichiers=[fichier]
    )
    expedition = Expedition(liaison, atelier, reponse["reponse"], sans_avancement)
    for scelle in (fichier, manifeste):
        envoyer(expedition, scelle)
    fichiers: list[Scelle] = [fichier]
    return ENVELOPPE, None, pour, fichiers, manifeste, contenu


def sans_avancement(_: int) -> None:
    """Personne ne regarde."""


def cles_du_registre(terrain: Terrain, reponse: dict[str, Any]) -> list[log.Verifier]:
    """Celle que la sonde a reçue en partant, et celles où ses relèves mènent depuis."""
    connue = log.Verifier(terrain.cle_du_registre)
    return handover.follow([connue], reponse.get("releves") or (), listed=True)


def verifier_le_recu(archive: bytes, cles: Sequence[log.Verifier]) -> None:
    """Un récépissé qui ne se vérifie pas n'en est pas un."""
    controles = receipt.verify(io.BytesIO(archive), log_keys=cles)
    if receipt.verdict(controles) is not Verdict.INTACT:
        faux = next((c.code for c in controles if c.outcome == "failed"), "non établi")
        raise ErreurDeCommande(f"le récépissé ne se vérifie pas ({faux}).")
