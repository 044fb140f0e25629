"""Le logiciel d'une entreprise, et ce qu'il demande pour déposer une réponse."""

from beffroi.reponse.depots.tests import factories


class Logiciel:
    """Un client HTTP et un jeton."""

    def __init__(self, client, jeton: str) -> None:
        self.client, self.jeton = client, jeton

    def demander(self, verbe: str, chemin: str, corps=None, **entetes):
        entetes = {"authorization": f"Bearer {self.jeton}", **entetes}
        options = {} if corps is None else {"data": corps, "content_type": "application/json"}
        return getattr(self.client, verbe)(f"/api/v1/{chemin}", headers=entetes, **options)

    def envoyer(self, url: str, octets: bytes, entetes: dict):
        return self.client.put(
            url, data=octets, content_type=entetes["Content-Type"], headers=dict(entetes)
        )


def sans_nom(probleme) -> dict:
    """Ce que dit un problème, moins le nom de la demande : deux demandes n'ont jamais le même."""
    dit = probleme.json()
    assert dit.pop("instance")
    return dit


def ouvrir(logiciel, reponse, scelle, nom="offre.pdf", enveloppe="offre") -> str:
    corps = {"enveloppe": enveloppe, "lot": None, "nom": nom, "taille": len(scelle.octets)}
    retour = logiciel.demander("post", f"reponses/{reponse['reponse']}/fichiers", corps)
    assert retour.status_code == 201, retour.content
    return retour.json()["fichier"]


def cible(logiciel, fichier, scelle, numero=1) -> dict:
    partie = scelle.partie(numero)
    corps = {"taille": partie.taille, "sha256": partie.sha256}
    return logiciel.demander("post", f"fichiers/{fichier}/parties/{numero}", corps).json()


def envoyer_tout(logiciel, reponse, clair=b"offre", nom="offre.pdf") -> str:
    scelle = factories.sceller(clair)
    fichier = ouvrir(logiciel, reponse, scelle, nom)
    for numero, octets in enumerate(scelle.parties, start=1):
        ou = cible(logiciel, fichier, scelle, numero)
        assert logiciel.envoyer(ou["url"], octets, ou["entetes"]).status_code == 204
    fin = {"racine": scelle.racine, "sha256": scelle.sha256}
    assert logiciel.demander("post", f"fichiers/{fichier}/fin", fin).status_code == 200
    return fichier


def demande(fichier: str, manifeste: str) -> dict:
    enveloppe = {"enveloppe": "offre", "lot": None, "fichiers": [fichier], "manifeste": manifeste}
    return {
        "enveloppes": [{**enveloppe, "engagement": "ab" * 32, "empreinte": "cd" * 16}],
        "version_client": "essai/1",
    }


def deposer(logiciel, reponse, corps, cle="cle-1"):
    return logiciel.demander(
        "post", f"reponses/{reponse['reponse']}/depot", corps, **{"idempotency-key": cle}
    )
