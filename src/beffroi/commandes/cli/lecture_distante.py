"""Lire chez un inconnu : tant d'octets, tant de secondes, à cette adresse et à aucune autre."""

import time

import httpx

from beffroi.commandes.cli.client.liaison import cause
from beffroi.commandes.cli.erreurs import ErreurDeCommande

DELAI_S = 30.0
DUREE_AU_PLUS_S = 120.0


class Lecteur:
    """Une connexion à un serveur à qui l'on ne fait pas confiance."""

    horloge = staticmethod(time.monotonic)

    def __init__(self, adresse: str) -> None:
        self.adresse = adresse.rstrip("/")
        self.http = httpx.Client(
            timeout=DELAI_S, follow_redirects=False, headers={"Accept-Encoding": "identity"}
        )

    def lire(self, chemin: str, *, au_plus: int) -> bytes:
        """Le contenu à ce chemin ;
        une phrase s'il est trop gros, trop lent, compressé, ailleurs, ou incomplet.
        """
        adresse, echeance = self.adresse + chemin, self.horloge() + DUREE_AU_PLUS_S
        octets = bytearray()
        try:
            with self.http.stream("GET", adresse) as reponse:
                self.accepter(reponse)
                for bloc in reponse.iter_raw():
                    octets += bloc
                    if len(octets) > au_plus:
                        raise ErreurDeCommande(
                            f"{adresse} répond plus de {au_plus} octets : ce n'est pas un registre."
                        )
                    if self.horloge() > echeance:
                        raise ErreurDeCommande(
                            f"{adresse} répond trop lentement : plus de "
                            f"{DUREE_AU_PLUS_S:.0f} secondes. "
                            "Réessayez plus tard."
                        )
        except httpx.TransportError as erreur:
            raise ErreurDeCommande(f"impossible de lire {adresse} : {cause(erreur)}.") from erreur
        except (httpx.InvalidURL, httpx.HTTPError) as erreur:
            raise ErreurDeCommande(f"impossible de lire {adresse} : {erreur}.") from erreur
        return bytes(octets)

    def accepter(self, reponse: httpx.Response) -> None:
        if reponse.is_redirect:
            ailleurs = reponse.headers.get("location", "")[:200]
            raise ErreurDeCommande(
                f"{reponse.url} renvoie à {ailleurs!r}. Rien n'a été lu là-bas : "
                "donnez cette adresse si c'est la bonne."
            )
        if not reponse.is_success:
            raise ErreurDeCommande(
                f"impossible de lire {reponse.url} : le serveur répond {reponse.status_code}."
            )
        if reponse.headers.get("content-encoding", "identity") != "identity":
            raise ErreurDeCommande(
                f"{reponse.url} répond sous une forme compressée, que personne n'a demandée."
            )
