"""Qui entre où : l'API ne connaît que l'entreprise à qui est la réponse. L'anonyme reçoit 401, jamais une page."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.architecture.adresses import Adresse, Attendus, Monde, attendus, publique, reserve_a_l_entreprise

RACINE = SHA256 = "ab" * 32
FICHIER_ABSENT = "F-2222222222222222"
JSON = "application/json"
Arguments = Callable[[Monde], dict[str, Any]]


def a_l_entreprise(statut: int = 200) -> Attendus:
    return reserve_a_l_entreprise(statut, anonyme=401)


def de(objet: str, cle: str = "reference", **autres: Any) -> Arguments:
    return lambda monde: {cle: monde.objets[objet].reference, **autres}


def absent(reference: str, cle: str = "reference", **autres: Any) -> Arguments:
    return lambda monde: {cle: reference, **autres}


def acte(statut: int, arguments: Arguments, absents: Arguments, donnees: Mapping[str, Any], **options: Any) -> Adresse:
    """Un appel qui porte un corps : bien formé, il ne peut être refusé que pour ce qu'il désigne."""
    options = {"methodes": ("post",), "type_de_contenu": JSON, **options}
    return Adresse(a_l_entreprise(statut), arguments, absents, donnees=donnees, **options)


REPONSE, REPONSE_ABSENTE = de("reponse"), absent("R-22222222")
FICHIER, FICHIER_INCONNU = de("fichier_scelle", "fichier"), absent(FICHIER_ABSENT, "fichier")
PARTIE, PARTIE_ABSENTE = de("fichier_scelle", "fichier", numero=1), absent(FICHIER_ABSENT, "fichier", numero=1)
CONDENSE = {"Content-Digest": "sha-256=:q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s=:"}

ADRESSES = {
    "api-1:lister": Adresse(publique()),
    "api-1:suivre": Adresse(publique()),
    "api-1:chercher": Adresse(publique()),
    "api-1:lire": Adresse(publique(), de("a_deposer"), absent("2020-0000")),
    "api-1:openapi-json": Adresse(publique()),
    # Sans page de documentation, la racine de l'API n'est rien.
    "api-1:api-root": Adresse(publique(404)),
    "api-introuvable": Adresse(
        publique(404), arguments=lambda monde: {"reste": "v2/reponses"}, absents=lambda monde: {"reste": "v3"}
    ),
    # Toute entreprise répond à une consultation publiée ; un agent n'a pas d'établissement.
    "api-1:commencer": Adresse(
        attendus(403, anonyme=401, entreprise=201, entreprise_etrangere=201),
        de("a_deposer"),
        absent("2020-0000"),
        methodes=("post",),
        donnees={"lots": [1]},
        type_de_contenu=JSON,
    ),
    "api-1:lire_la_reponse": Adresse(a_l_entreprise(), REPONSE, REPONSE_ABSENTE),
    "api-1:ouvrir": acte(
        201, REPONSE, REPONSE_ABSENTE, {"enveloppe": "offre", "lot": 1, "nom": "a.pdf", "taille": 2000}
    ),
    "api-1:ouvrir_un_paquet": acte(
        201,
        REPONSE,
        REPONSE_ABSENTE,
        {"fichiers": [{"enveloppe": "offre", "lot": 1, "nom": "b.pdf", "taille": 2000, "scellement": SHA256}]},
    ),
    "api-1:terminer_un_paquet": acte(
        404, REPONSE, REPONSE_ABSENTE, {"fichiers": [{"fichier": FICHIER_ABSENT, "racine": RACINE, "sha256": SHA256}]}
    ),
    "api-1:deposer": acte(422, REPONSE, REPONSE_ABSENTE, {"enveloppes": []}, entetes={"Idempotency-Key": "essai"}),
    "api-1:lire_le_fichier": Adresse(a_l_entreprise(), FICHIER, FICHIER_INCONNU),
    "api-1:preparer": acte(422, PARTIE, PARTIE_ABSENTE, {"taille": 1, "sha256": SHA256}),
    "api-partie": acte(422, PARTIE, PARTIE_ABSENTE, {}, methodes=("put",), entetes=CONDENSE),
    "api-1:terminer": acte(422, FICHIER, FICHIER_INCONNU, {"racine": RACINE, "sha256": SHA256}),
    "api-1:supprimer": Adresse(a_l_entreprise(204), FICHIER, FICHIER_INCONNU, methodes=("delete",)),
    "api-1:telecharger_le_recu": Adresse(a_l_entreprise(), de("pli"), absent("D-2020-00000")),
}
