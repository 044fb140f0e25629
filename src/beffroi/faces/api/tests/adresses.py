"""Qui entre où : l'API ne connaît que l'entreprise à qui est la réponse.

L'anonyme reçoit 401, jamais une page.
"""

from collections.abc import Callable, Mapping
from typing import Any

from tests.architecture.adresses import (
    Adresse,
    Attendus,
    Monde,
    attendus,
    publique,
    reserve_a_l_entreprise,
    reserve_aux_agents,
)

RACINE = SHA256 = "ab" * 32
FICHIER_ABSENT = "F-2222222222222222"
JSON = "application/json"
Arguments = Callable[[Monde], dict[str, Any]]


def a_l_entreprise(statut: int = 200) -> Attendus:
    return reserve_a_l_entreprise(statut, anonyme=401)


def a_l_acheteur(statut: int = 200, **exceptions: int) -> Attendus:
    return reserve_aux_agents(statut, **{"anonyme": 401, **exceptions})


def de(objet: str, cle: str = "reference", **autres: Any) -> Arguments:
    return lambda monde: {cle: monde.objets[objet].reference, **autres}


def absent(reference: str, cle: str = "reference", **autres: Any) -> Arguments:
    return lambda monde: {cle: reference, **autres}


def acte(
    statut: int,
    arguments: Arguments,
    absents: Arguments,
    donnees: Mapping[str, Any],
    **options: Any,
) -> Adresse:
    """Un appel qui porte un corps :
    bien formé, il ne peut être refusé que pour ce qu'il désigne.
    """
    options = {"methodes": ("post",), "type_de_contenu": JSON, **options}
    return Adresse(a_l_entreprise(statut), arguments, absents, donnees=donnees, **options)


REPONSE, REPONSE_ABSENTE = de("reponse"), absent("R-22222222")
FICHIER, FICHIER_INCONNU = de("fichier_scelle", "fichier"), absent(FICHIER_ABSENT, "fichier")
PARTIE, PARTIE_ABSENTE = (
    de("fichier_scelle", "fichier", numero=1),
    absent(FICHIER_ABSENT, "fichier", numero=1),
)
CONDENSE = {"Content-Digest": "sha-256=:q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s=:"}

BROUILLON, CONSULTATION, CLOSE = de("brouillon"), de("consultation"), de("registre")
ABSENTE = absent("2020-0000")
LECTURE = a_l_acheteur(agent_sans_role=200)
CLE = {"Idempotency-Key": "essai"}


def d_une_question(monde: Monde) -> dict[str, Any]:
    return {
        "reference": monde.objets["consultation"].reference,
        "question": monde.objets["question"].reference,
    }


def du_cote_de_l_acheteur(
    statut: int, arguments: Arguments, absents: Arguments, donnees: Any, verbe: str
) -> Adresse:
    return Adresse(
        a_l_acheteur(statut),
        arguments,
        absents,
        methodes=(verbe,),
        donnees=donnees,
        type_de_contenu=JSON,
    )


ACHETEUR = {
    "api-1:lister_les_notres": Adresse(
        attendus(
            404, anonyme=401, agent=200, agent_sans_role=200, agent_etranger=200, exploitant=200
        )
    ),
    "api-1:lire_la_notre": Adresse(LECTURE, BROUILLON, ABSENTE),
    "api-1:controler": Adresse(LECTURE, BROUILLON, ABSENTE),
    "api-1:commencer_un_brouillon": Adresse(
        attendus(
            404, anonyme=401, agent=422, agent_sans_role=403, agent_etranger=422, exploitant=403
        ),
        methodes=("post",),
        donnees={"champs": {}},
        entetes=CLE,
        type_de_contenu=JSON,
    ),
    "api-1:lire_une_question": Adresse(
        LECTURE, de("brouillon", question="achat"), absent("2020-0000", question="achat")
    ),
    "api-1:repondre_a_une_question": du_cote_de_l_acheteur(
        422,
        de("brouillon", question="achat"),
        absent("2020-0000", question="achat"),
        {"champs": {}},
        "put",
    ),
    "api-1:publier": du_cote_de_l_acheteur(200, CONSULTATION, ABSENTE, {}, "post"),
    "api-1:prolonger": du_cote_de_l_acheteur(
        422,
        CONSULTATION,
        ABSENTE,
        {"date_limite": "2020-01-01T12:00:00Z", "motif": "Un plan manque."},
        "post",
    ),
    "api-1:lister_les_questions": Adresse(LECTURE, CONSULTATION, ABSENTE),
    "api-1:preparer_la_reponse": du_cote_de_l_acheteur(
        200,
        d_une_question,
        absent("2020-0000", question="Q-22222222"),
        {"question_publique": "", "texte": ""},
        "put",
    ),
    "api-1:publier_la_reponse": du_cote_de_l_acheteur(
        422, d_une_question, absent("2020-0000", question="Q-22222222"), {}, "post"
    ),
    "api-1:ecarter": du_cote_de_l_acheteur(
        200,
        d_une_question,
        absent("2020-0000", question="Q-22222222"),
        {"motif": "Déjà dit."},
        "post",
    ),
    "api-1:lire_les_retraits": Adresse(LECTURE, CONSULTATION, ABSENTE),
    "api-1:lire_les_depots": Adresse(LECTURE, CLOSE, ABSENTE),
}
ENTREPRISE = {
    "api-1:lister_les_reponses": Adresse(attendus(200, anonyme=401)),
    "api-1:lister_les_depots": Adresse(attendus(200, anonyme=401)),
    "api-1:lister_mes_questions": Adresse(attendus(200, anonyme=401)),
    "api-1:lire_le_depot": Adresse(a_l_entreprise(), de("pli"), absent("D-2020-00000")),
    "api-1:retirer": acte(200, de("pli"), absent("D-2020-00000"), {}),
    "api-1:lire_ma_question": Adresse(
        a_l_entreprise(), de("question", "question"), absent("Q-22222222", "question")
    ),
    # Toute entreprise demande sur une consultation publiée ; un agent n'a pas d'établissement.
    "api-1:demander": Adresse(
        attendus(403, anonyme=401, entreprise=201, entreprise_etrangere=201),
        de("consultation"),
        ABSENTE,
        methodes=("post",),
        donnees={"texte": "Quelle ardoise ?"},
        entetes=CLE,
        type_de_contenu=JSON,
    ),
}
ADRESSES = {
    **ACHETEUR,
    **ENTREPRISE,
    "api-1:lister": Adresse(publique()),
    "api-1:suivre": Adresse(publique()),
    "api-1:chercher": Adresse(publique()),
    "api-1:lire": Adresse(publique(), de("a_deposer"), absent("2020-0000")),
    "api-1:openapi-json": Adresse(publique()),
    # Sans page de documentation, la racine de l'API n'est rien.
    "api-1:api-root": Adresse(publique(404)),
    "api-introuvable": Adresse(
        publique(404),
        arguments=lambda monde: {"reste": "v2/reponses"},
        absents=lambda monde: {"reste": "v3"},
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
        201,
        REPONSE,
        REPONSE_ABSENTE,
        {"enveloppe": "offre", "lot": 1, "nom": "a.pdf", "taille": 2000},
    ),
    "api-1:ouvrir_un_paquet": acte(
        201,
        REPONSE,
        REPONSE_ABSENTE,
        {
            "fichiers": [
                {
                    "enveloppe": "offre",
                    "lot": 1,
                    "nom": "b.pdf",
                    "taille": 2000,
                    "scellement": SHA256,
                }
            ]
        },
    ),
    "api-1:terminer_un_paquet": acte(
        404,
        REPONSE,
        REPONSE_ABSENTE,
        {"fichiers": [{"fichier": FICHIER_ABSENT, "racine": RACINE, "sha256": SHA256}]},
    ),
    "api-1:deposer": acte(
        422, REPONSE, REPONSE_ABSENTE, {"enveloppes": []}, entetes={"Idempotency-Key": "essai"}
    ),
    "api-1:lire_le_fichier": Adresse(a_l_entreprise(), FICHIER, FICHIER_INCONNU),
    "api-1:preparer": acte(422, PARTIE, PARTIE_ABSENTE, {"taille": 1, "sha256": SHA256}),
    "api-partie": acte(422, PARTIE, PARTIE_ABSENTE, {}, methodes=("put",), entetes=CONDENSE),
    "api-1:terminer": acte(422, FICHIER, FICHIER_INCONNU, {"racine": RACINE, "sha256": SHA256}),
    "api-1:supprimer": Adresse(a_l_entreprise(204), FICHIER, FICHIER_INCONNU, methodes=("delete",)),
    "api-1:telecharger_le_recu": Adresse(a_l_entreprise(), de("pli"), absent("D-2020-00000")),
}
