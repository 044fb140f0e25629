"""Le navigateur d'une entreprise peut-il envoyer droit au service S3, depuis nos pages (CORS) ?"""

from collections.abc import Mapping
from typing import Any

import httpx

from beffroi.socle.fondations.stockage.adresses import adresse_du_public
from beffroi.socle.fondations.stockage.epreuve import Epreuve

DELAI_S = 10.0
GESTE = "Accueillir nos pages"
REMEDE = (
    "autorisez dans ses règles CORS l'origine {origine}, méthodes GET et PUT, tous les en-têtes ; "
    "ou relancez « ./beffroi migrer », qui l'essaie."
)
SANS_REPONSE = "{adresse} ne répond pas à ce nœud : à essayer d'où le public le joint."


def accueil(reglages: Mapping[str, Any], *, origine: str) -> Epreuve:
    """La question que pose le navigateur avant d'envoyer une partie."""
    adresse = adresse_du_public(reglages)
    try:
        reponse = httpx.options(
            f"{adresse.rstrip('/')}/{reglages['compartiment']}/essai",
            headers={
                "Origin": origine,
                "Access-Control-Request-Method": "PUT",
                "Access-Control-Request-Headers": "x-amz-checksum-sha256",
            },
            timeout=DELAI_S,
            trust_env=False,
        )
    except httpx.TransportError as panne:
        return refuse(SANS_REPONSE.format(adresse=adresse), origine, cause=str(panne))
    permise = reponse.headers.get("Access-Control-Allow-Origin", "")
    if permise not in {origine, "*"}:
        return refuse(f"Il n'y laisse pas envoyer depuis {origine}.", origine)
    if "PUT" not in reponse.headers.get("Access-Control-Allow-Methods", ""):
        return refuse("Il n'y laisse pas envoyer (PUT).", origine)
    return Epreuve(GESTE)


def refuse(refus: str, origine: str, *, cause: str = "") -> Epreuve:
    return Epreuve(GESTE, refus, REMEDE.format(origine=origine), cause)
