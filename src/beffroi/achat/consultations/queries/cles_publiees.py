"""Ce que montre la page « Clés publiées » de chacune."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from beffroi.socle.journal import chainage


@dataclass(frozen=True)
class CleAffichee:
    """Ce qu'une page montre d'une clé publiée."""

    enveloppe: str
    empreinte: str
    signataire: str
    publiee_le: datetime


def cle_affichee(publiee: Mapping[str, str]) -> CleAffichee:
    contenu = json.loads(publiee["ecriture"])
    cle = contenu["donnees"]["cle"]
    return CleAffichee(
        enveloppe=cle["enveloppe"],
        empreinte=cle["empreinte"],
        signataire=cle["signataire"],
        publiee_le=chainage.instant_lu(contenu["le"]),
    )
