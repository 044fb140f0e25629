"""Ce certificat est-il qualifié (règlement eIDAS, art. 28) ?

Une liste de confiance le dit, pas lui seul.
"""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from formats.signature.certificats import declaration, est_de_signature, politiques
from formats.signature.confiance import Preuves, ServiceConnu, probleme_de_chaine
from formats.signature.services_de_confiance import TOUS

type Asn1 = Any


@dataclass(frozen=True)
class Qualification:
    """`est_qualifie` seulement quand rien n'en doute ;
    la phrase dit sur quelle liste, ou pourquoi non.
    """

    est_qualifie: bool
    phrase: str


def qualifier(certificat: Asn1, preuves: Preuves, moment: datetime | None) -> Qualification:
    dite = declaration(certificat)
    connu = _service(certificat, preuves, moment) if moment and preuves.services else None
    if connu is None:
        return Qualification(False, f"{dite} ; statut qualifié non vérifié")
    service = connu.service
    source = f"liste de confiance {service.pays}, « {service.nom} »"
    vises = politiques(certificat)
    if not est_de_signature(certificat) or _touche(service.exclus, vises):
        return Qualification(
            False, f"{dite} ; la {source} ne dit pas ce certificat qualifié pour signer"
        )
    sans = (
        " sans dispositif sécurisé d'après elle" if _touche(service.sans_dispositif, vises) else ""
    )
    return Qualification(True, f"qualifié ({source}{sans}) ; {dite}")


def _touche(visees: tuple[str, ...], portees: set[str]) -> bool:
    return TOUS in visees or bool(set(visees) & portees)


def _service(certificat: Asn1, preuves: Preuves, moment: datetime) -> ServiceConnu | None:
    """Le service accordé à cet instant à qui remonte le certificat ;
    son nom se compare d'abord, la chaîne ensuite.
    """
    emetteurs = {un.issuer.hashable for un in (certificat, *preuves.autres)}
    for connu in preuves.services:
        if connu.service.sorte == "certificats" and connu.service.est_accorde_le(moment):
            for racine in connu.certificats:
                seule = Preuves((racine,), preuves.autres, preuves.crls, preuves.ocsps)
                if racine.subject.hashable in emetteurs and not asyncio.run(
                    probleme_de_chaine(certificat, seule.contexte(moment))
                ):
                    return connu
    return None
