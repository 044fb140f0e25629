"""Ce que la page d'une réponse montre, la tentative le garde :
le texte exact, et sa cause (CE, 23/9/2021, n° 449250).
"""

import json
from typing import Any

from tests.parcours.depot import (
    ANNONCES,
    aller_aux_pieces,
    aller_verifier,
    attendre_page,
    choisir,
    commencer,
    envoyer,
    fichiers,
    rapportees,
)
from tests.parcours.test_cle_douteuse import remplacer_la_cle

REFUS = "Le nom de ce fichier n'est pas permis."
SANS_OUVRIER = "Object.defineProperty(window, 'Worker', { value: undefined })"


def refuser_les_annonces(page: Any) -> None:
    corps = json.dumps({"detail": REFUS})
    page.route(
        ANNONCES,
        lambda route: route.fulfill(
            status=422, content_type="application/problem+json", body=corps
        ),
    )


def lu(page: Any, selecteur: str) -> str:
    """Ce qui se lit là, sur une ligne."""
    return " ".join(page.locator(f"{selecteur} >> visible=true").first.text_content().split())


def attendre_le_message(page: Any, plateforme: Any, reponse: str, cause: str) -> dict[str, Any]:
    def dits() -> list[dict[str, Any]]:
        siennes = rapportees(plateforme, reponse)
        return [
            trace for trace in siennes if trace["nature"] == "message" and trace["cause"] == cause
        ]

    attendre_page(page, dits)
    (dit,) = dits()
    return dit


def test_l_echec_d_un_fichier_sur_sa_ligne(ouvrir, plateforme, tmp_path):
    page = ouvrir()
    reponse = commencer(page, plateforme)
    aller_aux_pieces(page, reponse)
    refuser_les_annonces(page)
    choisir(page, fichiers(tmp_path, acte_engagement=3000)["acte_engagement"])

    dit = attendre_le_message(page, plateforme, reponse, "non_conforme")
    assert dit["texte"] == lu(page, "[data-pieces] [role=alert]") == REFUS.replace("'", "’")
    assert dit["details"] == {"taille": 3000}


def test_un_depot_qui_echoue_avant_de_partir(ouvrir, plateforme, tmp_path):
    page = ouvrir()
    reponse = commencer(page, plateforme)
    envoyer(page, reponse, fichiers(tmp_path, acte_engagement=3000)["acte_engagement"])
    aller_verifier(page, reponse)
    refuser_les_annonces(page)
    page.locator("[data-deposer]").click()

    dit = attendre_le_message(page, plateforme, reponse, "non_conforme")
    titre, phrase = "Votre réponse n’est pas déposée", REFUS.replace("'", "’")
    assert (dit["texte"], lu(page, "[data-deroulement]")) == (
        f"{titre}. {phrase}",
        f"{titre} {phrase}",
    )


def test_un_navigateur_qui_ne_scelle_pas(ouvrir, plateforme):
    page = ouvrir()
    reponse = commencer(page, plateforme)
    page.add_init_script(SANS_OUVRIER)
    page.goto(f"/reponses/{reponse}/pieces/offre/")

    dit = attendre_le_message(page, plateforme, reponse, "sans_scellement")
    assert dit["texte"].startswith("Ce navigateur ne peut pas sceller votre réponse")
    assert dit["texte"] == lu(page, "[data-sans-scellement]")[:500]


def test_une_cle_qui_n_est_pas_sure(ouvrir, plateforme):
    page = ouvrir()
    reponse = commencer(page, plateforme)
    remplacer_la_cle(page)
    page.goto(f"/reponses/{reponse}/pieces/offre/")

    dit = attendre_le_message(page, plateforme, reponse, "cle_douteuse")
    assert dit["texte"] == lu(page, "[data-cle-douteuse]")
    (panne,) = [
        trace["texte"] for trace in rapportees(plateforme, reponse) if trace["nature"] == "erreur"
    ]
    assert panne
