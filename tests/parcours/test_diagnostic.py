"""Tester son poste dans un vrai navigateur :
ce qui est mesuré, ce qu'on garde, ce qui se vérifie.
"""

import re

from formats.tests.exemples import texte as texte_du_pdf
from tests.parcours.depot import texte

ADRESSE = "/essai/diagnostic/"
FIN_MS = 60_000


def lancer(page):
    page.goto(ADRESSE)
    page.locator("html[data-diagnostic=pret]").wait_for()
    page.get_by_role("button", name="Lancer le test").press("Enter")
    page.locator("html[data-diagnostic=fini]").wait_for(timeout=FIN_MS)


def etats(page):
    return {
        ligne.get_attribute("data-controle"): texte_de(ligne.locator("[data-etat]"))
        for ligne in page.locator("[data-controle]").all()
    }


def texte_de(element):
    return element.inner_text().replace("\N{NO-BREAK SPACE}", " ").replace("’", "'").strip()


def test_un_bon_poste_se_teste_au_clavier_en_moins_d_une_minute(ouvrir):
    page = ouvrir()

    lancer(page)

    lus = etats(page)
    assert (lus["outils"], lus["scellement"], lus["aller_retour"], lus["horloge"]) == (
        "Présents",
        "Marche",
        "Réussi",
        "À l'heure",
    )
    assert "Ce poste" in texte_de(page.locator("[data-conclusion]"))
    assert page.erreurs == []


def test_l_attestation_s_enregistre_et_se_verifie_sur_la_page_publique(ouvrir, tmp_path):
    page = ouvrir()
    lancer(page)

    with page.expect_download() as papier:
        page.get_by_role("button", name="Enregistrer l'attestation (PDF)".replace("'", "’")).click()
    with page.expect_download() as archive:
        page.get_by_role("button", name=re.compile("archive signée")).click()
    papier.value.save_as(tmp_path / "attestation.pdf")
    archive.value.save_as(tmp_path / "attestation.zip")
    page.goto("/verifier/")
    page.locator("html[data-verification=prete]").wait_for()
    page.locator("#recu").set_input_files(str(tmp_path / "attestation.zip"))
    page.locator("[data-resultat] .banniere").wait_for()

    assert "Attestation de test" in texte_du_pdf((tmp_path / "attestation.pdf").read_bytes())
    assert "L'attestation de test est authentique" in texte(page)
    assert page.locator("[data-fichiers]").is_hidden()


def test_une_attestation_retouchee_est_refusee_par_la_page(ouvrir, tmp_path):
    page = ouvrir()
    lancer(page)
    with page.expect_download() as archive:
        page.get_by_role("button", name=re.compile("archive signée")).click()
    octets = archive.value.path().read_bytes()
    (tmp_path / "fausse.zip").write_bytes(retoucher(octets))

    page.goto("/verifier/")
    page.locator("html[data-verification=prete]").wait_for()
    page.locator("#recu").set_input_files(str(tmp_path / "fausse.zip"))
    page.locator("[data-resultat] .banniere-danger").wait_for()

    assert "n'est pas vérifiée" in texte(page)


def retoucher(octets):
    """La même archive, dont la note dit une autre version de navigateur."""
    import io
    import zipfile

    from beffroi.service.essai.attestation import ecrire

    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        fichiers = {nom: archive.read(nom) for nom in archive.namelist()}
    return ecrire(
        {
            **fichiers,
            "attestation.note": fichiers["attestation.note"].replace(
                b'"outils":true', b'"outils":false'
            ),
        }
    )


def test_un_navigateur_qui_scelle_de_travers_est_arrete_ici(ouvrir):
    page = ouvrir()
    page.route(
        re.compile(r"/ouvrier[.\w]*\.js$"),
        lambda route: route.fulfill(body="", content_type="text/javascript"),
    )

    lancer(page)

    assert etats(page)["scellement"] == "Échoue"
    assert "Ce poste ne peut pas déposer" in texte(page)


def test_un_serveur_qui_ne_repond_plus_se_dit_et_le_test_se_relance(ouvrir):
    page = ouvrir()
    page.route("**/essai/diagnostic/attestation/**", lambda route: route.abort())

    lancer(page)

    assert "Le test n'a pas pu finir" in texte(page)
    assert page.get_by_role("button", name="Recommencer le test").is_enabled()


def test_sans_script_la_page_dit_ce_qu_il_faut_et_ce_qui_ne_peut_etre_teste(ouvrir):
    page = ouvrir(java_script_enabled=False)

    page.goto(ADRESSE)

    lu = texte(page)
    assert "Sans JavaScript, ce test ne peut rien mesurer" in lu
    assert "Ce qu'il faut" in lu and "Firefox 140" in lu
    assert page.get_by_role("button", name="Lancer le test").count() == 0


def test_tout_tient_sur_un_petit_ecran(ouvrir):
    page = ouvrir(largeur=360, hauteur=640)

    lancer(page)

    assert page.evaluate("document.documentElement.scrollWidth") <= 360
