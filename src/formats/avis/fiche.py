"""Un avis en JSON, pour le garder tel qu'il a été écrit :
`lire` rend exactement ce que `ecrire` a reçu.
"""

from functools import cache

from pydantic import TypeAdapter

from formats.avis.attribution import AvisDAttribution
from formats.avis.modele import Avis


@cache
def _adaptateur() -> TypeAdapter[Avis]:
    return TypeAdapter(Avis)


def ecrire(avis: Avis) -> str:
    return _adaptateur().dump_json(avis).decode()


def lire(json: str) -> Avis:
    return _adaptateur().validate_json(json, extra="forbid")


@cache
def _adaptateur_d_attribution() -> TypeAdapter[AvisDAttribution]:
    return TypeAdapter(AvisDAttribution)


def ecrire_l_attribution(attribution: AvisDAttribution) -> str:
    return _adaptateur_d_attribution().dump_json(attribution).decode()


def lire_l_attribution(json: str) -> AvisDAttribution:
    return _adaptateur_d_attribution().validate_json(json, extra="forbid")
