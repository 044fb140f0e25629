"""Et si la réponse se perd, si l'on clique deux fois, si l'heure passe :
un seul dépôt, dit tel quel (parcours §3.5).
"""

import re

import pytest

from tests.parcours.depot import (
    aller_aux_pieces,
    aller_verifier,
    attendre_le_recepisse,
    attendre_les_mots,
    commencer,
    envoyer,
    fichiers,
    texte,
)

# L'ordinateur est occupé : ce que le navigateur garde met deux secondes à s'ouvrir.
MEMOIRE_LENTE = """
  const ouvrir = IDBFactory.prototype.open;
  IDBFactory.prototype.open = function (nom, version) {
    const requete = ouvrir.call(this, nom, version);
    if (nom !== "beffroi-depots") return requete;
    const retarder = (suite) => requete.addEventListener("success", () => setTimeout(suite, 2000));
    Object.defineProperty(requete, "onsuccess", { set: retarder });
    return requete;
  };
"""


def test_la_reponse_se_perd_et_le_depot_n_est_pas_double(ouvrir, plateforme, tmp_path):
    page = ouvrir()
    reponse = commencer(page, plateforme, "zoe")
    envoyer(page, reponse, fichiers(tmp_path, acte_engagement=3000)["acte_engagement"])
    aller_verifier(page, reponse)
    cles = []

    def perdre(route):
        cles.append(route.request.headers["idempotency-key"])
        if len(cles) > 2:
            return route.continue_()
        route.fetch()
        return route.abort()

    page.route(re.compile("/depot$"), perdre)
    page.locator("[data-deposer]").click()
    attendre_les_mots(page, "Nous vérifions si votre dépôt est enregistré…")
    recepisse = attendre_le_recepisse(page)

    assert len(set(cles)) == 1 and len(cles) == 3
    page.goto("/mes-reponses/")
    assert page.locator(".afaire > li", has_text=recepisse).count() == 1
    assert page.request.get(f"/api/v1/reponses/{reponse}").json()["depots"] == [recepisse]


def test_la_page_se_ferme_pendant_le_depot(ouvrir, plateforme, tmp_path):
    """Le clic est parti, la réponse n'est pas revenue :
    la page rouverte retrouve le récépissé, sans redéposer.
    """
    page = ouvrir()
    reponse = commencer(page, plateforme, "zoe")
    envoyer(page, reponse, fichiers(tmp_path, acte_engagement=3000)["acte_engagement"])
    aller_verifier(page, reponse)
    page.route(re.compile("/depot$"), lambda route: route.fetch() and route.abort())
    page.locator("[data-deposer]").click()
    attendre_les_mots(page, "Nous vérifions si votre dépôt est enregistré…")
    suivante = page.context.new_page()
    page.close(run_before_unload=False)
    suivante.goto(f"/reponses/{reponse}/verifier/")
    recepisse = attendre_le_recepisse(suivante)
    assert suivante.request.get(f"/api/v1/reponses/{reponse}").json()["depots"] == [recepisse]


def test_un_seul_clic_suffit_meme_sur_une_page_lente(ouvrir, plateforme, tmp_path):
    """Le bouton ne paraît qu'une fois prêt à entendre : avant, la page dit qu'elle se prépare."""
    page = ouvrir()
    reponse = commencer(page, plateforme, "zoe")
    envoyer(page, reponse, fichiers(tmp_path, acte_engagement=3000)["acte_engagement"])
    page.add_init_script(MEMOIRE_LENTE)
    page.goto(f"/reponses/{reponse}/verifier/", wait_until="commit")
    attendre_les_mots(page, "Le bouton « Déposer » arrive")
    bouton = page.locator("[data-deposer]")
    bouton.wait_for(state="visible")
    bouton.evaluate("bouton => bouton.click()")
    recepisse = attendre_le_recepisse(page)
    assert page.request.get(f"/api/v1/reponses/{reponse}").json()["depots"] == [recepisse]


def test_un_double_clic_donne_un_seul_recepisse(ouvrir, plateforme, tmp_path):
    page = ouvrir()
    reponse = commencer(page, plateforme, "zoe")
    envoyer(page, reponse, fichiers(tmp_path, acte_engagement=3000)["acte_engagement"])
    aller_verifier(page, reponse)
    page.locator("[data-deposer]").dblclick()
    recepisse = attendre_le_recepisse(page)
    assert page.request.get(f"/api/v1/reponses/{reponse}").json()["depots"] == [recepisse]
    assert "Le courriel n'est qu'une copie" in texte(page)


@pytest.mark.parametrize(
    "decalage, mots", [(240_000, "a 4 min d'avance"), (-240_000, "a 4 min de retard")]
)
def test_l_horloge_de_l_ordinateur_est_fausse(ouvrir, plateforme, decalage, mots):
    page = ouvrir()
    reponse = commencer(page, plateforme)
    page.add_init_script(f"const d=Date.now.bind(Date);Date.now=()=>d()+({decalage})")
    aller_aux_pieces(page, reponse)
    attendre_les_mots(page, mots)
    attendre_les_mots(page, "Seule l'heure du serveur compte")


def test_un_envoi_non_depose_reste_en_tete(ouvrir, plateforme, tmp_path):
    page = ouvrir()
    reponse = commencer(page, plateforme, "lucie", plateforme.consultation("close"))
    envoyer(page, reponse, fichiers(tmp_path, acte_engagement=3000)["acte_engagement"])
    page.goto("/mes-reponses/")
    assert "Envoyé, mais pas déposé" in texte(page)
    assert "Vous pouvez encore déposer" in texte(page)
