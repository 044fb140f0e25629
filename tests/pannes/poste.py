"""Une personne à la séance, sans navigateur : ses requêtes, et sa clé."""

import base64
import re
import secrets
from dataclasses import dataclass, field
from typing import Any

import httpx
from django.urls import reverse

from demo.cles import cle_de, ouvrir, porteurs, sceller
from sceau import Identity, Recipient, shares
from tests.parcours.totp import code_totp
from tests.plateforme import Plateforme

JETON = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class Poste:
    """`Poste.de(plateforme, "helene")` est connecté ; il le reste d'un redémarrage à l'autre."""

    client: httpx.Client
    cle: Identity
    ephemere: Identity = field(default_factory=Identity.generate)

    @classmethod
    def de(cls, plateforme: Plateforme, qui: str) -> "Poste":
        client = httpx.Client(
            base_url=plateforme.adresse, follow_redirects=True, timeout=60, trust_env=False
        )
        return cls.connecte(client, qui, plateforme.compte(qui))

    @classmethod
    def connecte(cls, client: httpx.Client, qui: str, compte: dict[str, Any]) -> "Poste":
        poste = cls(client, cle_de(next(porteur for porteur in porteurs() if porteur.cle == qui)))
        connexion, code = reverse("account_login"), reverse("mfa_authenticate")
        demande = poste.poster(
            connexion, login=compte["identifiant"], password=compte["mot_de_passe"]
        )
        assert demande.url.path == code, demande.text
        fin = poste.poster(code, code=code_totp(compte["secret_totp"]))
        assert fin.url.path != code, fin.text
        return poste

    def lire(self, chemin: str) -> str:
        return self.octets(chemin).decode()

    def octets(self, chemin: str) -> bytes:
        reponse = self.client.get(chemin)
        assert reponse.status_code == 200, (chemin, reponse.status_code)
        return reponse.content

    def poster(self, chemin: str, *, depuis: str = "", **champs: str) -> httpx.Response:
        """Envoie un formulaire, avec le jeton de la page qui le porte."""
        return self.client.post(
            chemin, data={**champs, "csrfmiddlewaretoken": self.jeton(depuis or chemin)}
        )

    def jeton(self, page: str) -> str:
        trouve = JETON.search(self.client.get(page).text)
        assert trouve, f"aucun formulaire sur {page}"
        return trouve[1]

    def envoyer(self, seance: str, geste: str, corps: dict[str, Any]) -> None:
        """Ce que le script de la page envoie."""
        temoins = self.client.cookies.items()
        # En https, son nom commence par « __Host- ».
        entetes = {"X-CSRFToken": next(v for nom, v in temoins if nom.endswith("csrftoken"))}
        reponse = self.client.post(f"/ouverture/{seance}/{geste}/", json=corps, headers=entetes)
        assert reponse.status_code == 200, (geste, reponse.text)

    def etat(self, seance: str) -> dict[str, Any]:
        lu: dict[str, Any] = self.client.get(f"/ouverture/{seance}/etat.json").json()
        return lu

    def part(self, etat: dict[str, Any], sorte: str) -> bytes:
        scellee = next(cle["part"] for cle in etat["cles"] if cle["sorte"] == sorte)
        return ouvrir(base64.b64decode(scellee), self.cle)


def composer_le_code(presidence: Poste, membre: Poste, seance: str) -> None:
    """Engager, donner, révéler, confirmer :
    ce que font les deux pages, sans comparer les six chiffres.
    """
    presidence.ephemere = Identity.generate()
    cle = presidence.ephemere.recipient.encode()
    presidence.envoyer(seance, "codes", {"cle_ephemere": cle, "engagements": {}})
    references = [place["reference"] for place in presidence.etat(seance)["table"]]
    engagements = {reference: secrets.token_hex(32) for reference in references}
    presidence.envoyer(seance, "codes", {"cle_ephemere": cle, "engagements": engagements})
    membre.envoyer(seance, "alea", {"alea": secrets.token_hex(32)})
    presidence.envoyer(
        seance, "codes", {"aleas": {reference: secrets.token_hex(32) for reference in references}}
    )
    membre.envoyer(seance, "code", {"identique": True})


def tourner_les_cles(presidence: Poste, membre: Poste, seance: str) -> None:
    """La présidence tourne sa clé (politique « Standard ») et remet au
    coffre les clés reconstituées.
    """
    composer_le_code(presidence, membre, seance)
    etat = presidence.etat(seance)
    coffre = Recipient.parse(etat["coffre"]["destinataire"])
    graines = {
        cle["sorte"]: en_base64(
            sceller(shares.combine([presidence.part(etat, cle["sorte"])]).seed, coffre)
        )
        for cle in etat["cles"]
    }
    presidence.envoyer(seance, "cles", {"graines": graines, "avec_sa_part": True})


def en_base64(octets: bytes) -> str:
    return base64.b64encode(octets).decode("ascii")
