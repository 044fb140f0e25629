"""Porter un avis à un concentrateur, par HTTP.

Le protocole de dépôt du BOAMP n'est pas public. Celui-ci est le nôtre : un concentrateur,
ou une passerelle que l'exploitant écrit devant le sien, le parle. Il est décrit dans `README.md`.
"""

from datetime import datetime

import httpx

from beffroi.integrations.envoi_http import Service, en_json
from beffroi.publicite.avis.ports import AccuseDEnvoi, AvisAEnvoyer
from beffroi.socle.fondations.erreurs import ServiceIndisponible

DELAI_S = 20.0
MOTIF_AU_PLUS = 500


class Concentrateur:
    """Un service qui transmet les avis et rend un accusé."""

    def __init__(
        self, adresse: str, jeton: str, *, transport: httpx.BaseTransport | None = None
    ) -> None:
        self._jeton = jeton
        self._service = Service(
            nom="Le service de publication",
            adresse=adresse,
            refus="Le support a refusé l'avis",
            motif="motif",
            delai_s=DELAI_S,
            motif_au_plus=MOTIF_AU_PLUS,
            transport=transport,
        )

    def publier(self, avis: AvisAEnvoyer, *, maintenant: datetime) -> AccuseDEnvoi:
        """Voir `avis.ports.PublicateurDAvis`."""
        demande = {
            "cle": avis.cle,
            "support": avis.support,
            "nom_du_support": avis.nom_du_support,
            "texte": avis.texte,
            "xml": avis.xml,
        }
        entetes = {"Idempotency-Key": avis.cle}
        if self._jeton:
            entetes["Authorization"] = f"Bearer {self._jeton}"
        return _accuse(self._service.envoyer(entetes=entetes, json=demande), avis)


def _accuse(corps: bytes, avis: AvisAEnvoyer) -> AccuseDEnvoi:
    """L'accusé porte sa date, avec son fuseau : sans elle, rien ne prouve l'envoi."""
    contenu = en_json(corps)
    try:
        envoye_le = datetime.fromisoformat(str(contenu["envoye_le"]))
        numero = str(contenu["numero"])
    except (KeyError, ValueError) as erreur:
        raise ServiceIndisponible(
            "L'accusé du service de publication ne dit pas sa date ou son numéro."
        ) from erreur
    if envoye_le.tzinfo is None:
        raise ServiceIndisponible(
            "L'accusé du service de publication ne dit pas son fuseau horaire."
        )
    return AccuseDEnvoi(
        envoye_le=envoye_le,
        numero=numero[:80],
        preuve=corps,
        nom_de_la_preuve=f"accuse-{avis.cle}.json",
    )
