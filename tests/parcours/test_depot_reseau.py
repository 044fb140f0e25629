"""Et si le réseau, la session ou le serveur manque pendant l'envoi :
rien n'est perdu, et la page le dit (parcours §3.5).
"""

import re

from tests.parcours.depot import (
    MEGA,
    PARTIES,
    aller_aux_pieces,
    attendre_le_recepisse,
    attendre_les_mots,
    attendre_page,
    attendre_recus,
    choisir,
    commencer,
    fichiers,
    rapportees,
    retenir,
    texte,
)
from tests.plateforme import Plateforme

PROBLEME = "application/problem+json"
# Des quatre parties de 26 Mo.
DEUX_PARTIES_POUR_CENT = 60


def test_le_reseau_se_perd_puis_revient(ouvrir, plateforme, tmp_path):
    page = ouvrir()
    reponse = commencer(page, plateforme)
    aller_aux_pieces(page, reponse)
    _, retenues, relacher = retenir(page, apres=2)
    choisir(page, fichiers(tmp_path, memoire_technique=26 * MEGA)["memoire_technique"])
    # Un octet qu'elle compterait après la coupure lui ferait dire « Connexion revenue » :
    # elle a compté les deux parties passées.
    attendre_page(page, lambda: retenues and pour_cent_recus(page) >= DEUX_PARTIES_POUR_CENT)
    page.context.set_offline(True)
    attendre_les_mots(page, "Connexion perdue")
    attendre_les_mots(page, "est déjà reçu. Reprise automatique dès le retour du réseau.")
    assert "03 53 01 62 62" in texte(page)
    assert page.locator("[data-temps-incertitude]").inner_text().startswith("(hors connexion")

    page.context.set_offline(False)
    relacher()
    attendre_les_mots(page, "Connexion revenue")
    attendre_recus(page, 1)
    attendre_page(
        page,
        lambda: "Connexion perdue. Rien n’est perdu" in messages_rapportes(plateforme, reponse),
    )


def pour_cent_recus(page) -> int:
    """Ce que la page montre de l'envoi."""
    barre = page.locator("progress")
    return int(barre.first.get_attribute("value") or 0) if barre.count() else 0


def messages_rapportes(plateforme: Plateforme, reponse: str) -> str:
    """Le texte exact de chaque message que la page dit avoir montré,
    tel que le cahier du serveur le garde.
    """
    return "\n".join(
        t["texte"] for t in rapportees(plateforme, reponse) if t["nature"] == "message"
    )


def natures(plateforme: Plateforme, reponse: str) -> set[str]:
    return {trace["nature"] for trace in rapportees(plateforme, reponse)}


def test_la_session_expire_et_l_envoi_continue(ouvrir, plateforme, tmp_path):
    page = ouvrir()
    reponse = commencer(page, plateforme)
    aller_aux_pieces(page, reponse)
    _, retenues, relacher = retenir(page, apres=1)
    choisir(page, fichiers(tmp_path, memoire_technique=18 * MEGA)["memoire_technique"])
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
    page.route(
        PARTIES,
        lambda route: refus.append(1) or route.fulfill(status=503, headers={"Retry-After": "5"}),
    )
    choisir(page, fichiers(tmp_path, acte_engagement=3000)["acte_engagement"])
    attendre_les_mots(page, "Le serveur redémarre")
    attendre_les_mots(page, "Reprise dans")
    page.unroute(PARTIES)
    attendre_recus(page, 1)
    assert page.locator("[data-avis]", has_text="Le serveur redémarre").count() == 0
    attendre_page(page, lambda: {"page", "reprise", "acquis"} <= natures(plateforme, reponse))
    reprises = [
        trace["details"]
        for trace in rapportees(plateforme, reponse)
        if trace["nature"] == "reprise"
    ]
    assert {details["statut"] for details in reprises} == {503} and all(
        details["attente_ms"] for details in reprises
    )


def test_l_incident_est_le_notre_et_cela_se_dit(ouvrir, plateforme, tmp_path):
    page = ouvrir()
    reponse = commencer(page, plateforme)
    page.add_init_script(
        "const p=performance.now.bind(performance);performance.now=()=>p()+(window.plusTard||0)"
    )
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
    page.route(
        PARTIES,
        lambda route: route.fulfill(status=507, content_type="application/problem+json", body="{}"),
    )
    choisir(page, fichiers(tmp_path, acte_engagement=3000)["acte_engagement"])
    attendre_les_mots(page, "Le serveur manque de place")
    attendre_les_mots(page, "copie de sauvegarde")
    page.unroute(PARTIES)
    page.get_by_role("button", name="Réessayer").first.click()
    attendre_recus(page, 1)


def test_une_erreur_de_la_page_et_un_depot_refuse_se_rapportent(ouvrir, plateforme, tmp_path):
    page = ouvrir()
    reponse = commencer(page, plateforme)
    aller_aux_pieces(page, reponse)
    choisir(page, fichiers(tmp_path, acte_engagement=3000)["acte_engagement"])
    attendre_recus(page, 1)
    page.evaluate("setTimeout(() => { throw new Error('une page qui tombe') })")
    page.route(
        re.compile("/depot$"),
        lambda route: route.fulfill(status=422, content_type=PROBLEME, body="{}"),
    )
    page.get_by_role("link", name="Vérifier et déposer").click()
    page.locator("[data-deposer]", has_text="Déposer maintenant").click()
    attendre_page(page, lambda: {"erreur", "clic", "refus"} <= natures(plateforme, reponse))
    dits = {trace["nature"]: trace for trace in rapportees(plateforme, reponse)}
    assert (
        "une page qui tombe" in dits["erreur"]["texte"]
        and dits["refus"]["details"]["statut"] == 422
    )


def test_changer_d_ecran_n_interrompt_pas_l_envoi(ouvrir, plateforme, tmp_path):
    page = ouvrir()
    reponse = commencer(page, plateforme)
    aller_aux_pieces(page, reponse)
    _, retenues, relacher = retenir(page, apres=1)
    choisir(page, fichiers(tmp_path, memoire_technique=18 * MEGA)["memoire_technique"])
    attendre_page(page, lambda: retenues)
    page.get_by_role("link", name="Vérifier et déposer").click()
    page.wait_for_url("**/verifier/")
    assert len(retenues) <= 3 and page.locator("h1").inner_text() == "Vérifiez, puis déposez"
    relacher()
    page.locator("[data-deposer]", has_text="Déposer maintenant").click()
    attendre_le_recepisse(page)
    attendre_page(page, lambda: {"acquis", "clic", "recepisse"} <= natures(plateforme, reponse))


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
