"""Un catalogue de données ouvertes :
DCAT-AP (W3C DCAT 3) en JSON-LD, tel que les portails nationaux le moissonnent.

À données égales, les octets sont les mêmes : un moissonneur ne voit changer que ce qui change.
"""

import json
from dataclasses import dataclass
from datetime import datetime

LICENCE_OUVERTE = "https://www.etalab.gouv.fr/licence-ouverte-open-licence"
_CONTEXTE = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_TYPES_DE_MEDIA = "http://www.iana.org/assignments/media-types/"
_FREQUENCES = "http://publications.europa.eu/resource/authority/frequency/"
_FRANCAIS = {"@id": "http://publications.europa.eu/resource/authority/language/FRA"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """Un fichier d'un jeu : où il est, et de quel type (« text/csv »)."""

    titre: str
    adresse: str
    type_de_media: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JeuDeDonnees:
    """Un jeu : `frequence` est un mot de l'autorité européenne (« DAILY », « CONT »)."""

    adresse: str
    titre: str
    description: str
    mots_cles: tuple[str, ...]
    frequence: str
    distributions: tuple[Distribution, ...]
    modifie_le: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """Les jeux qu'un éditeur publie ; `courriel` est vide quand nul ne l'a donné."""

    adresse: str
    titre: str
    description: str
    page: str
    editeur: str
    courriel: str
    jeux: tuple[JeuDeDonnees, ...]


def en_jsonld(catalogue: Catalogue) -> bytes:
    """Le catalogue en JSON-LD (DCAT-AP 3) : un graphe, un identifiant par objet."""
    corps = {
        "@context": _CONTEXTE,
        "@id": catalogue.adresse,
        "@type": "dcat:Catalog",
        "dct:title": _en_francais(catalogue.titre),
        "dct:description": _en_francais(catalogue.description),
        "dct:language": _FRANCAIS,
        "dct:license": {"@id": LICENCE_OUVERTE},
        "foaf:homepage": {"@id": catalogue.page},
        "dct:publisher": _editeur(catalogue),
        "dcat:dataset": [_jeu(jeu, catalogue) for jeu in catalogue.jeux],
    }
    return json.dumps(corps, ensure_ascii=False, indent=2).encode()


def _jeu(jeu: JeuDeDonnees, catalogue: Catalogue) -> dict[str, object]:
    decrit: dict[str, object] = {
        "@id": jeu.adresse,
        "@type": "dcat:Dataset",
        "dct:identifier": jeu.adresse,
        "dct:title": _en_francais(jeu.titre),
        "dct:description": _en_francais(jeu.description),
        "dct:language": _FRANCAIS,
        "dct:accrualPeriodicity": {"@id": _FREQUENCES + jeu.frequence},
        "dct:publisher": _editeur(catalogue),
        "dcat:keyword": [_en_francais(mot) for mot in jeu.mots_cles],
        "dcat:distribution": [_distribution(distribution) for distribution in jeu.distributions],
    }
    if jeu.modifie_le:
        decrit["dct:modified"] = {
            "@type": "xsd:dateTime",
            "@value": jeu.modifie_le.isoformat(timespec="seconds"),
        }
    if catalogue.courriel:
        decrit["dcat:contactPoint"] = {
            "@type": "vcard:Organization",
            "vcard:fn": catalogue.editeur,
            "vcard:hasEmail": {"@id": f"mailto:{catalogue.courriel}"},
        }
    return decrit


def _distribution(distribution: Distribution) -> dict[str, object]:
    return {
        "@id": distribution.adresse,
        "@type": "dcat:Distribution",
        "dct:title": _en_francais(distribution.titre),
        "dcat:accessURL": {"@id": distribution.adresse},
        "dcat:downloadURL": {"@id": distribution.adresse},
        "dcat:mediaType": {"@id": _TYPES_DE_MEDIA + distribution.type_de_media},
        "dct:license": {"@id": LICENCE_OUVERTE},
    }


def _editeur(catalogue: Catalogue) -> dict[str, object]:
    return {
        "@id": f"{catalogue.page}#editeur",
        "@type": "foaf:Organization",
        "foaf:name": catalogue.editeur,
    }


def _en_francais(texte: str) -> dict[str, str]:
    return {"@language": "fr", "@value": texte}
