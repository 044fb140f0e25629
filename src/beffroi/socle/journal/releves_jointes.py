"""Ce qu'une archive emporte pour mener, hors ligne, d'une clé du registre à l'autre."""

import json
from collections.abc import Iterator
from datetime import datetime

from beffroi.socle.journal import chainage, releves
from beffroi.socle.journal.queries import tetes_qui_couvrent

FICHIER = "cles/releves.json"


def fichiers(*, au: datetime | None = None) -> dict[str, bytes]:
    """Rien d'un registre sans relève : ses archives restent ce qu'elles étaient."""
    dites = list(_prouvees(au))
    return {FICHIER: json.dumps(dites, ensure_ascii=False).encode()} if dites else {}


def _prouvees(au: datetime | None) -> Iterator[dict[str, object]]:
    """Chaque relève, et sa preuve sous une tête, dès qu'une la couvre : ses deux tailles ne sont
    signées par personne d'autre que le registre.
    """
    dites = {numero: dite for dite in releves.publiees(au=au) if (numero := _numero(dite)) >= 0}
    tetes = tetes_qui_couvrent(dites.keys(), au=au) if dites else {}
    for numero, dite in dites.items():
        if numero in tetes:
            yield {**dite, "preuve": chainage.preuve(numero, tetes[numero].note)}
        else:
            yield dite


def _numero(dite: dict[str, object]) -> int:
    numero = dite["numero"]
    return numero if isinstance(numero, int) else -1
