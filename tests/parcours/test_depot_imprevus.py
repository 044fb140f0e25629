"""Et si… : chaque ligne du tableau des imprévus (parcours §3.5), sa phrase et l'état d'après."""

import re
import time
from contextlib import suppress

import pytest
from playwright.sync_api import Error

from tests.parcours.conftest import connecter
from tests.parcours.depot import (
    MEGA,
    aller_aux_pieces,
    aller_verifier,
    attendre_le_recepisse,
    attendre_le_script,
    attendre_les_mots,
    attendre_recus,
    choisir,
    commencer,
    envoyer,
    fichiers,
    texte,
)

PARTIES = re.compile(r"/parties/\d+/contenu$")


def retenir(page, *, apres=0):
    """Laisse passer les premières parties, puis retient les suivantes ; rend de quoi les relâcher."""
    passees, retenues, libre = [], [], []

    def trier(route):
        if len(passees) < apres or libre:
            passees.append(route.request.url)
            return route.continue_()
        retenues.append(route)
        return None

    page.route(PARTIES, trier)

    def relacher():
        libre.append(True)
        for route in retenues:
            # Une requête abandonnée entre-temps (pause, coupure) n'a plus rien à continuer.
            with suppress(Error):
                route.continue_()

    return passees, retenues, relacher


def attendre_page(page, condition, delai_s=30):
    """Attend qu'une condition soit vraie, en laissant la page vivre."""
    limite = time.monotonic() + delai_s
    while not condition():
        assert time.monotonic() < limite, "rien ne s'est passé"
        page.wait_for_timeout(50)


def test_le_reseau_se_perd_puis_revient(ouvrir, plateforme, tmp_path):
    page = ouvrir()
    reponse = commencer(page, plateforme)
    aller_aux_pieces(page, reponse)
    passees, retenues, relacher = retenir(page, apres=2)
    choisir(page, fichiers(tmp_path, memoire_technique=40 * MEGA)["memoire_technique"])
    attendre_page(page, lambda: len(passees) >= 2 and retenues)
    page.context.set_offline(True)
    attendre_les_mots(page, "Connexion perdue")
    attendre_les_mots(page, "est déjà reçu. Reprise automatique dès le retour du réseau.")
    assert page.locator("[data-temps-incertitude]").inner_text().startswith("(hors connexion")

    page.context.set_offline(False)
    relacher()
    attendre_les_mots(page, "Connexion revenue")
    attendre_recus(page, 1)


def test_l_onglet_se_ferme_et_seul_ce_qui_manque_repart(ouvrir, plateforme, tmp_path):
    """Le fichier n'est pas entièrement scellé quand l'onglet se ferme : il faut le choisir de nouveau."""
    page = ouvrir()
    reponse = commencer(page, plateforme)
    sans_reserve(page)
    aller_aux_pieces(page, reponse)
    passees, retenues, _ = retenir(page, apres=3)
    chemin = fichiers(tmp_path, memoire_technique=60 * MEGA)["memoire_technique"]
    choisir(page, chemin)
    attendre_page(page, lambda: len(passees) >= 3 and retenues)
    page.wait_for_timeout(500)
    suivante = page.context.new_page()
    page.close(run_before_unload=False)

    sans_reserve(suivante)
    aller_aux_pieces(suivante, reponse)
    attendre_les_mots(suivante, "Reprendre là où vous en étiez ?")
    fichier = suivante.request.get(f"/api/v1/reponses/{reponse}").json()["fichiers"][0]["fichier"]
    durables = {p["numero"] for p in suivante.request.get(f"/api/v1/fichiers/{fichier}").json()["parties"]}
    envoyees = []
    suivante.on("request", lambda r: envoyees.append(r.url) if PARTIES.search(r.url) else None)
    suivante.locator("li[data-piece]", has_text="Mémoire").locator("input[type=file]").set_input_files(str(chemin))
    attendre_recus(suivante, 1)
    assert len(durables) >= 3
    assert sorted(int(url.split("/")[-2]) for url in envoyees) == [n for n in range(1, 9) if n not in durables]


def sans_reserve(page):
    """Ouvre l'ouvrier dans un navigateur sans disque privé (navigation privée)."""
    page.route(
        re.compile(r"/ouvrier[.\w]*\.js$"),
        lambda route: route.fulfill(
            response=(reponse := route.fetch()),
            body="navigator.storage.getDirectory=()=>Promise.reject(new Error('sans'));" + reponse.text(),
        ),
    )


def test_tout_est_scelle_donc_rien_n_est_redemande(ouvrir, plateforme, tmp_path):
    """La réserve du navigateur a tout le fichier scellé : la page rouverte finit seule."""
    page = ouvrir()
    reponse = commencer(page, plateforme)
    aller_aux_pieces(page, reponse)
    _, retenues, _ = retenir(page, apres=1)
    choisir(page, fichiers(tmp_path, memoire_technique=30 * MEGA)["memoire_technique"])
    attendre_page(page, lambda: len(retenues) >= 2)
    page.wait_for_timeout(3000)
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


def test_la_session_expire_et_l_envoi_continue(ouvrir, plateforme, tmp_path):
    page = ouvrir()
    reponse = commencer(page, plateforme)
    aller_aux_pieces(page, reponse)
    _, retenues, relacher = retenir(page, apres=1)
    choisir(page, fichiers(tmp_path, memoire_technique=30 * MEGA)["memoire_technique"])
    attendre_page(page, lambda: retenues)
    page.context.clear_cookies(name="session")
    page.evaluate("dispatchEvent(new Event('focus'))")
    attendre_les_mots(page, "Votre session a expiré")
    relacher()
    attendre_recus(page, 1)

    compte = plateforme.compte("kevin")
    page.fill("#reconnexion-adresse", compte["identifiant"])
    page.fill("#reconnexion-mot", "ce n'est pas le bon")
    page.get_by_role("button", name="Se reconnecter").click()
    attendre_les_mots(page, "L'adresse ou le mot de passe ne convient pas.")
    page.fill("#reconnexion-mot", compte["mot_de_passe"])
    page.get_by_role("button", name="Se reconnecter").click()
    page.locator("[data-reconnexion]").wait_for(state="detached")
    page.get_by_role("link", name="Vérifier et déposer").click()
    page.locator("[data-deposer]").wait_for()
    assert page.erreurs == []


def test_le_serveur_redemarre(ouvrir, plateforme, tmp_path):
    page = ouvrir()
    reponse = commencer(page, plateforme)
    aller_aux_pieces(page, reponse)
    refus = []
    page.route(PARTIES, lambda route: refus.append(1) or route.fulfill(status=503, headers={"Retry-After": "5"}))
    choisir(page, fichiers(tmp_path, acte_engagement=3000)["acte_engagement"])
    attendre_les_mots(page, "Le serveur redémarre")
    page.unroute(PARTIES)
    attendre_recus(page, 1)
    assert page.locator("[data-avis]", has_text="Le serveur redémarre").count() == 0


def test_l_incident_est_le_notre_et_cela_se_dit(ouvrir, plateforme, tmp_path):
    page = ouvrir()
    reponse = commencer(page, plateforme)
    page.add_init_script("const p=performance.now.bind(performance);performance.now=()=>p()+(window.plusTard||0)")
    aller_aux_pieces(page, reponse)
    page.route(re.compile("/api/v1/"), lambda route: route.fulfill(status=502))
    choisir(page, fichiers(tmp_path, acte_engagement=3000)["acte_engagement"])
    attendre_les_mots(page, "Le serveur redémarre")
    page.evaluate("window.plusTard = 61000")
    attendre_les_mots(page, "Incident de notre côté depuis")
    attendre_les_mots(page, "Vous pouvez déposer après l'heure limite")


def test_le_disque_du_serveur_est_plein(ouvrir, plateforme, tmp_path):
    page = ouvrir()
    reponse = commencer(page, plateforme)
    aller_aux_pieces(page, reponse)
    page.route(PARTIES, lambda route: route.fulfill(status=507, content_type="application/problem+json", body="{}"))
    choisir(page, fichiers(tmp_path, acte_engagement=3000)["acte_engagement"])
    attendre_les_mots(page, "Le serveur manque de place")
    attendre_les_mots(page, "copie de sauvegarde")
    page.unroute(PARTIES)
    page.get_by_role("button", name="Réessayer").first.click()
    attendre_recus(page, 1)


def test_une_limite_est_dite_exactement(ouvrir, plateforme):
    page = ouvrir()
    reponse = commencer(page, plateforme)
    aller_aux_pieces(page, reponse)
    trop_long = {"name": "a" * 256 + ".pdf", "mimeType": "application/pdf", "buffer": b"x"}
    page.locator("[data-choix]").set_input_files([trop_long])
    attendre_les_mots(page, "La limite est de 255 octets")
    assert page.locator("li[data-cle]").count() == 0


def test_les_avertissements_n_arretent_pas(ouvrir, plateforme):
    page = ouvrir()
    reponse = commencer(page, plateforme)
    aller_aux_pieces(page, reponse, "")
    page.locator("[data-choix]").set_input_files(
        [
            {"name": nom, "mimeType": "application/pdf", "buffer": contenu}
            for nom, contenu in (
                ("vide.pdf", b""),
                ("bordereau-prix.pdf", b"%PDF prix"),
                ("=cmd.pdf", b"meme contenu"),
                ("jumeau.pdf", b"meme contenu"),
                ("secret.pdf", b"%PDF-1.7 /Encrypt << >>"),
            )
        ]
    )
    attendre_recus(page, 5)
    lu = texte(page)
    for phrase in ("Ce fichier est vide", "Un prix se met dans l'offre", "le même contenu", "formule", "mot de passe"):
        assert phrase in lu, phrase
    aller_verifier(page, reponse)
    assert "Un prix se met dans l'offre" in texte(page)


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
    """Le clic est parti, la réponse n'est pas revenue : la page rouverte retrouve le récépissé, sans redéposer."""
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


def test_un_double_clic_donne_un_seul_recepisse(ouvrir, plateforme, tmp_path):
    page = ouvrir()
    reponse = commencer(page, plateforme, "zoe")
    envoyer(page, reponse, fichiers(tmp_path, acte_engagement=3000)["acte_engagement"])
    aller_verifier(page, reponse)
    page.locator("[data-deposer]").dblclick()
    recepisse = attendre_le_recepisse(page)
    assert page.request.get(f"/api/v1/reponses/{reponse}").json()["depots"] == [recepisse]
    assert "Le courriel n'est qu'une copie" in texte(page)


@pytest.mark.parametrize("decalage, mots", [(240_000, "a 4 min d'avance"), (-240_000, "a 4 min de retard")])
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


def test_sans_javascript_aucun_formulaire_et_quatre_issues(ouvrir, plateforme):
    page = ouvrir()
    reponse = commencer(page, plateforme)
    etat = page.context.storage_state()
    muette = ouvrir(java_script_enabled=False, storage_state=etat)
    muette.goto(f"/reponses/{reponse}/pieces/offre/")
    lu = texte(muette)

    assert "Ce navigateur ne peut pas sceller votre réponse" in lu
    for issue in ("Un autre navigateur", "./beffroi deposer", "La copie de sauvegarde", "03 53 01 62 62"):
        assert issue in lu
    assert muette.locator("input[type=file]:visible, [data-deposer]:visible").count() == 0


def test_un_navigateur_sans_scellement_le_dit(ouvrir, plateforme):
    page = ouvrir()
    reponse = commencer(page, plateforme)
    page.add_init_script("delete globalThis.Worker")
    page.goto(f"/reponses/{reponse}/pieces/offre/")
    page.locator("[data-sans-scellement]", has_text="ne peut pas sceller").wait_for()
    assert page.locator("[data-depose]:visible").count() == 0


def test_deux_onglets_n_envoient_pas_deux_fois(ouvrir, plateforme, tmp_path):
    page = ouvrir()
    reponse = commencer(page, plateforme)
    aller_aux_pieces(page, reponse)
    _, retenues, relacher = retenir(page, apres=0)
    chemin = fichiers(tmp_path, memoire_technique=20 * MEGA)["memoire_technique"]
    choisir(page, chemin)
    attendre_page(page, lambda: retenues)
    second = page.context.new_page()
    aller_aux_pieces(second, reponse)
    choisir(second, chemin)
    attendre_les_mots(second, "Envoi dans un autre onglet")
    relacher()
    attendre_recus(page, 1)
    etat = page.request.get(f"/api/v1/reponses/{reponse}").json()
    assert len(etat["fichiers"]) == 1


def test_un_fichier_change_entre_la_pause_et_la_reprise(ouvrir, plateforme, tmp_path):
    page = ouvrir()
    reponse = commencer(page, plateforme)
    sans_reserve(page)
    aller_aux_pieces(page, reponse)
    passees, retenues, _ = retenir(page, apres=2)
    chemin = fichiers(tmp_path, memoire_technique=40 * MEGA)["memoire_technique"]
    choisir(page, chemin)
    attendre_page(page, lambda: len(passees) >= 2 and retenues)
    page.wait_for_timeout(500)
    suivante = page.context.new_page()
    page.close(run_before_unload=False)
    fichiers(tmp_path, memoire_technique=40 * MEGA)

    sans_reserve(suivante)
    aller_aux_pieces(suivante, reponse)
    suivante.locator("li[data-piece]", has_text="Mémoire").locator("input[type=file]").set_input_files(str(chemin))
    attendre_recus(suivante, 1)
    etat = suivante.request.get(f"/api/v1/reponses/{reponse}").json()
    assert [f["etat"] for f in etat["fichiers"]] == ["termine"]


def test_changer_d_ecran_n_interrompt_pas_l_envoi(ouvrir, plateforme, tmp_path):
    page = ouvrir()
    reponse = commencer(page, plateforme)
    aller_aux_pieces(page, reponse)
    _, retenues, relacher = retenir(page, apres=1)
    choisir(page, fichiers(tmp_path, memoire_technique=30 * MEGA)["memoire_technique"])
    attendre_page(page, lambda: retenues)
    page.get_by_role("link", name="Vérifier et déposer").click()
    page.wait_for_url("**/verifier/")
    assert len(retenues) <= 3 and page.locator("h1").inner_text() == "Vérifiez, puis déposez"
    relacher()
    page.locator("[data-deposer]", has_text="Déposer maintenant").click()
    attendre_le_recepisse(page)


def test_pause_reprise_et_retrait_au_clavier(ouvrir, plateforme, tmp_path):
    page = ouvrir()
    reponse = commencer(page, plateforme)
    aller_aux_pieces(page, reponse)
    _, retenues, relacher = retenir(page, apres=0)
    choisir(page, fichiers(tmp_path, memoire_technique=10 * MEGA)["memoire_technique"])
    attendre_page(page, lambda: retenues)
    page.get_by_role("button", name="Mettre en pause").press("Enter")
    attendre_les_mots(page, "En pause,")
    relacher()
    page.get_by_role("button", name="Reprendre").press("Enter")
    attendre_recus(page, 1)
    page.get_by_role("button", name="Retirer : Mémoire technique").press("Enter")
    page.get_by_role("button", name="Oui, retirer").press("Enter")
    attendre_recus(page, 0)
    assert page.request.get(f"/api/v1/reponses/{reponse}").json()["fichiers"] == []
