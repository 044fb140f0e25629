"""Lecture de `depot.json` (« beffroi.depot/1 »),
le document que le jeton et le registre prouvent.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

FORMAT = "beffroi.depot/1"

type Json = Mapping[str, object]


class DepotIllisible(ValueError):
    """Le document n'est pas un dépôt au format attendu."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deposant:
    nom: str
    identifiant: str
    personne: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Acheteur:
    nom: str
    siret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationVisee:
    reference: str
    titre: str
    objet: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FichierRecu:
    nom: str
    taille: int
    racine: str
    sha256: str
    sha256_source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnveloppeRecue:
    enveloppe: str
    lot: int | None
    empreinte: str
    engagement: str
    fichiers: tuple[FichierRecu, ...]
    manifeste: FichierRecu


@dataclass(frozen=True, slots=True, kw_only=True)
class Depot:
    nonce: str
    recepisse: str
    deposant: Deposant
    acheteur: Acheteur
    consultation: ConsultationVisee
    lots: tuple[int, ...]
    recu_le: datetime
    debut_transmission: datetime
    fin_transmission: datetime
    date_limite: datetime
    hors_delai: bool
    remplace: str | None
    version_client: str
    enveloppes: tuple[EnveloppeRecue, ...]


def lire(octets: bytes) -> Depot:
    """Lit `depot.json` ; un champ absent ou d'un autre type est refusé, jamais deviné."""
    try:
        document = json.loads(octets)
    except ValueError as cause:
        raise DepotIllisible("Ce dépôt n'est pas du JSON.") from cause
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise DepotIllisible(f"Ce dépôt n'est pas au format {FORMAT}.")
    return _depot(document)


def _depot(document: Json) -> Depot:
    remplace = document.get("remplace")
    return Depot(
        nonce=_texte(document, "nonce"),
        recepisse=_texte(document, "recepisse"),
        deposant=_deposant(_objet(document, "deposant")),
        acheteur=_acheteur(_objet(document, "acheteur")),
        consultation=_consultation(_objet(document, "consultation")),
        lots=tuple(_lots(document)),
        recu_le=_instant(document, "recu_le"),
        debut_transmission=_instant(document, "debut_transmission"),
        fin_transmission=_instant(document, "fin_transmission"),
        date_limite=_instant(document, "date_limite"),
        hors_delai=_booleen(document, "hors_delai"),
        remplace=None if remplace is None else _texte(document, "remplace"),
        version_client=_texte(document, "version_client"),
        enveloppes=tuple(_enveloppe(e) for e in _objets(document, "enveloppes")),
    )


def _deposant(o: Json) -> Deposant:
    return Deposant(
        nom=_texte(o, "nom"), identifiant=_texte(o, "identifiant"), personne=_texte(o, "personne")
    )


def _acheteur(o: Json) -> Acheteur:
    return Acheteur(nom=_texte(o, "nom"), siret=_texte(o, "siret"))


def _consultation(o: Json) -> ConsultationVisee:
    return ConsultationVisee(
        reference=_texte(o, "reference"), titre=_texte(o, "titre"), objet=_texte(o, "objet")
    )


def _enveloppe(o: Json) -> EnveloppeRecue:
    return EnveloppeRecue(
        enveloppe=_texte(o, "enveloppe"),
        lot=None if o.get("lot") is None else _entier(o, "lot"),
        empreinte=_texte(o, "empreinte"),
        engagement=_texte(o, "engagement"),
        fichiers=tuple(_fichier(f) for f in _objets(o, "fichiers")),
        manifeste=_fichier(_objet(o, "manifeste")),
    )


def _fichier(o: Json) -> FichierRecu:
    return FichierRecu(
        nom=_texte(o, "nom"),
        taille=_entier(o, "taille"),
        racine=_texte(o, "racine"),
        sha256=_texte(o, "sha256"),
        sha256_source=_texte(o, "sha256_source"),
    )


def _refus(cle: str) -> DepotIllisible:
    return DepotIllisible(f"Le champ « {cle} » du dépôt est absent ou mal écrit.")


def _texte(o: Json, cle: str) -> str:
    valeur = o.get(cle)
    if not isinstance(valeur, str):
        raise _refus(cle)
    return valeur


def _entier(o: Json, cle: str) -> int:
    valeur = o.get(cle)
    if not isinstance(valeur, int) or isinstance(valeur, bool):
        raise _refus(cle)
    return valeur


def _booleen(o: Json, cle: str) -> bool:
    valeur = o.get(cle)
    if not isinstance(valeur, bool):
        raise _refus(cle)
    return valeur


def _objet(o: Json, cle: str) -> Json:
    valeur = o.get(cle)
    if not isinstance(valeur, dict):
        raise _refus(cle)
    return valeur


def _objets(o: Json, cle: str) -> list[Json]:
    valeur = o.get(cle)
    if not isinstance(valeur, list) or not all(isinstance(e, dict) for e in valeur):
        raise _refus(cle)
    return valeur


def _lots(o: Json) -> list[int]:
    valeur = o.get("lots")
    if not isinstance(valeur, list) or not all(type(e) is int for e in valeur):
        raise _refus("lots")
    return valeur


def _instant(o: Json, cle: str) -> datetime:
    try:
        instant = datetime.fromisoformat(_texte(o, cle))
    except ValueError as cause:
        raise _refus(cle) from cause
    if instant.tzinfo is None:
        raise _refus(cle)
    return instant
