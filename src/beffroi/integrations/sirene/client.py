"""L'API « Recherche d'entreprises » (recherche-entreprises.api.gouv.fr), ouverte et sans clé.

Elle cherche une unité légale, et rend son siège et les établissements que les termes désignent
(`matching_etablissements`). Un SIRET désigne le sien ; un SIREN n'en désigne aucun : les autres
établissements se cherchent par le nom, et ceux d'une autre entreprise s'écartent. Sept demandes
par seconde : au-delà, elle répond 429.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import httpx

from beffroi.personnes.entreprises.ports import Etablissement
from beffroi.socle.fondations.erreurs import ServiceIndisponible

# Une personne attend devant son écran, peut-être à 11 h 58.
DELAI_S = 2.0
OCTETS_AU_PLUS = 512 * 1024
ETABLISSEMENTS_AU_PLUS = 50
# Ce que l'Insee met à la place de ce qu'une personne n'a pas voulu diffuser.
NON_DIFFUSE = ("[ND]", "[NON-DIFFUSIBLE]")
ACTIF = "A"


class RechercheDEntreprises:
    """Voir `entreprises.ports.Sirene`."""

    def __init__(self, adresse: str, *, transport: httpx.BaseTransport | None = None) -> None:
        self._adresse, self._transport = adresse.rstrip("/"), transport

    def etablissement(self, siret: str) -> Etablissement | None:
        trouves = self._chercher(siret, siren=siret[:9])
        return next((un for un in trouves if un.siret == siret), None)

    def etablissements(self, siren: str) -> Sequence[Etablissement]:
        siege = self._chercher(siren, siren=siren)
        noms = [un.nom for un in siege if un.nom]
        autres = self._chercher(noms[0], siren=siren) if noms else []
        return list({un.siret: un for un in (*siege, *autres)}.values())

    def _chercher(self, termes: str, *, siren: str) -> list[Etablissement]:
        parametres = {
            "q": termes,
            "per_page": "5",
            "limite_matching_etablissements": str(ETABLISSEMENTS_AU_PLUS),
        }
        lus = _objet(self._lire("/search", parametres)).get("results")
        entreprises = [une for une in lus if isinstance(une, dict)] if isinstance(lus, list) else []
        return [
            un
            for entreprise in entreprises
            if entreprise.get("siren") == siren
            for un in _etablissements(entreprise)
        ]

    def _lire(self, chemin: str, parametres: dict[str, str]) -> bytes:
        octets = b""
        try:
            with (
                httpx.Client(
                    timeout=DELAI_S, follow_redirects=False, transport=self._transport
                ) as client,
                client.stream("GET", f"{self._adresse}{chemin}", params=parametres) as reponse,
            ):
                if reponse.status_code != httpx.codes.OK:
                    raise ServiceIndisponible(f"Sirene répond {reponse.status_code}.")
                for bloc in reponse.iter_bytes():
                    octets += bloc
                    if len(octets) > OCTETS_AU_PLUS:
                        raise ServiceIndisponible("Sirene répond trop longuement.")
        except httpx.HTTPError as panne:
            raise ServiceIndisponible(
                f"Sirene n'a pas répondu : {type(panne).__name__}."
            ) from panne
        return octets


def _etablissements(entreprise: dict[str, Any]) -> Iterator[Etablissement]:
    nom = _texte(entreprise, "nom_raison_sociale") or _texte(entreprise, "nom_complet")
    designes = entreprise.get("matching_etablissements")
    for dit in (entreprise.get("siege"), *(designes if isinstance(designes, list) else ())):
        if isinstance(dit, dict) and _texte(dit, "siret").isdigit():
            yield Etablissement(
                siret=_texte(dit, "siret")[:14],
                nom=nom[:200],
                adresse=_texte(dit, "adresse")[:300],
                code_postal=_texte(dit, "code_postal")[:5],
                ouvert=dit.get("etat_administratif") == ACTIF,
            )


def _texte(objet: dict[str, Any], champ: str) -> str:
    """Une ligne, sans ce que l'Insee masque."""
    valeur = objet.get(champ)
    ligne = " ".join(valeur.split()) if isinstance(valeur, str) else ""
    return "" if any(masque in ligne for masque in NON_DIFFUSE) else ligne


def _objet(octets: bytes) -> dict[str, Any]:
    try:
        lu = json.loads(octets)
    except ValueError:
        raise ServiceIndisponible("Sirene répond autre chose que du JSON.") from None
    return lu if isinstance(lu, dict) else {}
