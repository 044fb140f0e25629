"""Ce qu'un vrai `serve` écrit : des lignes de JSON, toutes, et rien de ce qui lui est demandé."""

import json

import httpx
import pytest

from tests.plateforme import attendre
from tests.serveurs.noeud import un_noeud

CANARI = "delattre"


@pytest.fixture(scope="module")
def dossier(tmp_path_factory):
    return tmp_path_factory.mktemp("journaux")


@pytest.fixture(scope="module")
def reponses(dossier):
    """Ce que le nœud a répondu, et, une fois arrêté, ce qu'il a écrit."""
    with un_noeud(
        dossier, "--processus", "2", BEFFROI_JOURNAUX="json", BEFFROI_JOURNAL_DES_ACCES="oui"
    ) as port:

        def demander(chemin, **entetes):
            adresse = f"http://localhost:{port}{chemin}"
            return httpx.get(adresse, headers=entetes, trust_env=False)

        obtenues = {
            "page": demander(f"/consultations/?q={CANARI}", **{"User-Agent": CANARI}),
            "statique": demander("/statique/beffroi/favicon.svg"),
            "introuvable": demander(f"/une/adresse/de/{CANARI}@exemple.fr"),
            "probleme": demander(f"/api/v1/reponses/{CANARI}", Authorization=f"Bearer {CANARI}"),
            "refusee": demander("/", Host=f"{CANARI}.example"),
        }
        attendre(lambda: noms(obtenues) <= {ligne["demande"] for ligne in acces(dossier)})
    return obtenues


def noms(obtenues):
    return {reponse.headers["X-Request-ID"] for reponse in obtenues.values()}


def ecrites(dossier):
    lignes = (dossier / "serveur.log").read_text("utf-8").splitlines()
    return [json.loads(ligne) for ligne in lignes]


def acces(dossier):
    return [ligne for ligne in ecrites(dossier) if ligne["beffroi"] == "acces"]


def test_chaque_ligne_est_du_json_et_dit_d_ou_elle_vient(reponses, dossier):
    lignes = ecrites(dossier)

    assert {ligne["beffroi"] for ligne in lignes} == {"acces", "technique"}
    assert any(ligne["message"].startswith("Listening at") for ligne in lignes)
    assert not any("quite high" in ligne["message"] for ligne in lignes)


def test_chaque_reponse_porte_le_nom_que_son_acces_a(reponses, dossier):
    routes = {ligne["demande"]: (ligne["route"], ligne["statut"]) for ligne in acces(dossier)}

    obtenus = {nom: routes[reponse.headers["X-Request-ID"]] for nom, reponse in reponses.items()}
    assert obtenus == {
        "page": ("consultations/", 200),
        "statique": ("statique", 200),
        "introuvable": ("aucune", 404),
        "probleme": ("reponse", 400),
        "refusee": ("aucune", 400),
    }


def test_la_reference_de_la_page_d_erreur_mene_a_sa_ligne(reponses, dossier):
    (demande,) = [
        ligne["demande"]
        for ligne in ecrites(dossier)
        if ligne["beffroi"] == "technique" and ligne.get("statut") == 404
    ]

    assert f"{demande[-8:-4]}-{demande[-4:]}".upper() in reponses["introuvable"].text


def test_un_hote_refuse_fait_une_ligne(reponses, dossier):
    lignes = [ligne for ligne in ecrites(dossier) if "ALLOWED_HOSTS" in ligne["message"]]

    assert len(lignes) == 1 and "trace" not in lignes[0]


def test_rien_de_ce_qui_est_demande_ne_s_ecrit(reponses, dossier):
    """L'hôte refusé est dit : il aide à régler, et n'est le nom de personne."""
    dites = [ligne for ligne in ecrites(dossier) if "ALLOWED_HOSTS" not in ligne["message"]]

    assert CANARI not in json.dumps(dites)


def test_les_octets_et_la_duree_sont_ceux_de_la_reponse(reponses, dossier):
    statique = reponses["statique"]
    (ligne,) = [
        ligne for ligne in acces(dossier) if ligne["demande"] == statique.headers["X-Request-ID"]
    ]

    assert ligne["octets"] == int(statique.headers["Content-Length"])
    assert ligne["duree_ms"] > 0
