"""Et si l'on reprend plus tard, ailleurs, à deux :
seul ce qui manque repart, une seule fois (parcours §3.5).
"""

import pytest

from tests.parcours.depot import (
    ANNONCES,
    ENTIEREMENT_SCELLE,
    MEGA,
    PARTIES,
    aller_aux_pieces,
    aller_verifier,
    attendre_le_recepisse,
    attendre_le_script,
    attendre_les_mots,
    attendre_les_parties,
    attendre_page,
    attendre_recus,
    choisir,
    commencer,
    deposer,
    envoyer,
    fichiers,
    retenir,
    sans_reserve,
    texte,
)
from tests.parcours.gestes.connexion import connecter


def test_l_onglet_se_ferme_et_seul_ce_qui_manque_repart(ouvrir, plateforme, tmp_path):
    """Le fichier n'est pas entièrement scellé quand l'onglet se ferme :
    il faut le choisir de nouveau.
    """
    page = ouvrir()
    reponse = commencer(page, plateforme)
    sans_reserve(page)
    aller_aux_pieces(page, reponse)
    passees, retenues, _ = retenir(page, apres=3)
    chemin = fichiers(tmp_path, memoire_technique=60 * MEGA)["memoire_technique"]
    choisir(page, chemin)
    attendre_page(page, lambda: len(passees) >= 3 and retenues)
    attendre_les_parties(page, reponse, 3)
    suivante = page.context.new_page()
    page.close(run_before_unload=False)

    sans_reserve(suivante)
    aller_aux_pieces(suivante, reponse)
    attendre_les_mots(suivante, "Reprendre là où vous en étiez ?")
    durables = attendre_les_parties(suivante, reponse, 3)
    envoyees = []
    suivante.on("request", lambda r: envoyees.append(r.url) if PARTIES.search(r.url) else None)
    suivante.locator("li[data-piece]", has_text="Mémoire").locator(
        "input[type=file]"
    ).set_input_files(str(chemin))
    attendre_recus(suivante, 1)
    assert sorted(int(url.split("/")[-2]) for url in envoyees) == [
        n for n in range(1, 9) if n not in durables
    ]


def test_tout_est_scelle_donc_rien_n_est_redemande(ouvrir, plateforme, tmp_path):
    """La réserve du navigateur a tout le fichier scellé : la page rouverte finit seule."""
    page = ouvrir()
    reponse = commencer(page, plateforme)
    aller_aux_pieces(page, reponse)
    _, retenues, _ = retenir(page, apres=1)
    choisir(page, fichiers(tmp_path, memoire_technique=18 * MEGA)["memoire_technique"])
    attendre_page(page, lambda: len(retenues) >= 2)
    page.wait_for_function(ENTIEREMENT_SCELLE)
    suivante = page.context.new_page()
    page.close(run_before_unload=False)

    aller_aux_pieces(suivante, reponse)
    attendre_recus(suivante, 1)


def test_un_collegue_voit_la_reponse_et_ce_qui_est_recu(ouvrir, plateforme, tmp_path):
    page = ouvrir()
    reponse = commencer(page, plateforme)
    envoyer(page, reponse, fichiers(tmp_path, acte_engagement=3000)["acte_engagement"])

    sophie = ouvrir()
    connecter(sophie, plateforme.compte("sophie"), vers=f"/reponses/{reponse}/pieces/offre/")
    attendre_le_script(sophie)
    lignes = sophie.locator("li[data-piece]", has_text="acte-engagement.pdf")
    assert lignes.count() == 1 and "Reçu et vérifié" in lignes.inner_text()
    aller_verifier(sophie, reponse)
    sophie.locator("[data-deposer]").click()
    attendre_le_recepisse(sophie)
    assert "par Sophie Merlin" in texte(sophie)


def test_sur_un_autre_poste_ce_qui_est_recu_reste_et_le_reste_se_refait(
    ouvrir, plateforme, tmp_path
):
    """La clé d'un envoi interrompu n'a pas quitté l'autre poste :
    ce fichier-là repart en entier.
    """
    page = ouvrir()
    reponse = commencer(page, plateforme)
    chemins = fichiers(tmp_path, acte_engagement=3000, memoire_technique=18 * MEGA)
    envoyer(page, reponse, chemins["acte_engagement"])
    passees, retenues, _ = retenir(page, apres=1)
    choisir(page, chemins["memoire_technique"])
    attendre_page(page, lambda: passees and retenues)

    autre_poste = ouvrir()
    connecter(autre_poste, plateforme.compte("kevin"), vers=f"/reponses/{reponse}/pieces/offre/")
    attendre_le_script(autre_poste)
    assert (
        "Reçu et vérifié"
        in autre_poste.locator("li[data-piece]", has_text="acte-engagement.pdf").inner_text()
    )
    ligne = autre_poste.locator("li[data-piece]", has_text="memoire-technique.pdf")
    assert "Commencé ailleurs" in ligne.inner_text()
    ligne.locator("input[type=file]").set_input_files(str(chemins["memoire_technique"]))
    attendre_recus(autre_poste, 2)
    deposer(autre_poste, reponse)
    etat = autre_poste.request.get(f"/api/v1/reponses/{reponse}").json()
    assert sorted(f["etat"] for f in etat["fichiers"] if f["nom"] != "manifeste.age") == [
        "termine",
        "termine",
    ]


@pytest.mark.parametrize(
    ("ouvert", "quoi"),
    [
        pytest.param("avant", ANNONCES, id="avant, à peine choisi"),
        pytest.param("après", PARTIES, id="après, en route"),
        # Chaque jour, chacun des deux ordres et des deux instants se joue une fois.
        pytest.param("avant", PARTIES, id="avant, en route", marks=pytest.mark.long),
        # De même.
        pytest.param("après", ANNONCES, id="après, à peine choisi", marks=pytest.mark.long),
    ],
)
def test_deux_onglets_n_envoient_pas_deux_fois(ouvrir, plateforme, tmp_path, quoi, ouvert):
    """Le même fichier, choisi dans deux onglets :
    le second suit le premier, quel que soit l'instant.
    """
    page = ouvrir()
    reponse = commencer(page, plateforme)
    aller_aux_pieces(page, reponse)
    second = page.context.new_page()
    if ouvert == "avant":
        aller_aux_pieces(second, reponse)
    _, retenues, relacher = retenir(page, quoi=quoi)
    chemin = fichiers(tmp_path, memoire_technique=9 * MEGA)["memoire_technique"]
    choisir(page, chemin)
    attendre_page(page, lambda: retenues)
    if ouvert == "après":
        aller_aux_pieces(second, reponse)
    choisir(second, chemin)
    attendre_les_mots(second, "Envoi dans un autre onglet")
    relacher()
    attendre_recus(page, 1)
    attendre_recus(second, 1)
    etat = page.request.get(f"/api/v1/reponses/{reponse}").json()
    assert [(f["nom"], f["etat"]) for f in etat["fichiers"]] == [
        ("memoire-technique.pdf", "termine")
    ]


def test_ce_qu_un_onglet_a_envoye_ne_repart_pas_d_un_autre(ouvrir, plateforme, tmp_path):
    """Un onglet qui ne le sait pas encore, et un autre, neuf, qui le montre :
    rien ne part une seconde fois.
    """
    page = ouvrir()
    reponse = commencer(page, plateforme)
    aller_aux_pieces(page, reponse)
    ancien = page.context.new_page()
    aller_aux_pieces(ancien, reponse)
    chemins = fichiers(tmp_path, memoire_technique=MEGA, acte_engagement=3000)
    choisir(page, *chemins.values())
    attendre_recus(page, 2)
    envoyees = []
    page.context.on("request", lambda r: envoyees.append(r.url) if PARTIES.search(r.url) else None)

    choisir(ancien, *chemins.values())
    attendre_recus(ancien, 2)
    neuf = page.context.new_page()
    aller_aux_pieces(neuf, reponse)
    choisir(neuf, *chemins.values())
    attendre_les_mots(neuf, "2 fichiers sont déjà là")
    etat = page.request.get(f"/api/v1/reponses/{reponse}").json()
    assert envoyees == [] and len(etat["fichiers"]) == 2


def test_un_autre_contenu_du_meme_nom_est_un_autre_fichier(ouvrir, plateforme, tmp_path):
    page = ouvrir()
    reponse = commencer(page, plateforme)
    chemin = fichiers(tmp_path, plan=5000)["plan"]
    envoyer(page, reponse, chemin)
    fichiers(tmp_path, plan=5000)
    choisir(page, chemin)
    attendre_recus(page, 2)
    etat = page.request.get(f"/api/v1/reponses/{reponse}").json()
    assert [f["nom"] for f in etat["fichiers"]] == ["plan.pdf", "plan (2).pdf"]


def test_un_fichier_change_entre_la_pause_et_la_reprise(ouvrir, plateforme, tmp_path):
    page = ouvrir()
    reponse = commencer(page, plateforme)
    sans_reserve(page)
    aller_aux_pieces(page, reponse)
    passees, retenues, _ = retenir(page, apres=2)
    chemin = fichiers(tmp_path, memoire_technique=26 * MEGA)["memoire_technique"]
    choisir(page, chemin)
    attendre_page(page, lambda: len(passees) >= 2 and retenues)
    attendre_les_parties(page, reponse, 2)
    suivante = page.context.new_page()
    page.close(run_before_unload=False)
    fichiers(tmp_path, memoire_technique=26 * MEGA)

    sans_reserve(suivante)
    aller_aux_pieces(suivante, reponse)
    suivante.locator("li[data-piece]", has_text="Mémoire").locator(
        "input[type=file]"
    ).set_input_files(str(chemin))
    attendre_recus(suivante, 1)
    etat = suivante.request.get(f"/api/v1/reponses/{reponse}").json()
    assert [f["etat"] for f in etat["fichiers"]] == ["termine"]
