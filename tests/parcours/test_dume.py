"""Remplir un DUME sans script, recevoir le fichier, le joindre scellé à la candidature ;
le reprendre à la réponse suivante.
"""

from formats.dume import lire, verifier_nos_regles
from tests.parcours.depot import aller_aux_pieces, attendre_recus, choisir, commencer
from tests.parcours.gestes.connexion import connecter
from tests.parcours.gestes.surveillance import sans_faute
from tests.parcours.regards import regarder


def remplir(page, reponse):
    """Le formulaire d'une grande entreprise qui répond seule, sans motif d'exclusion."""
    page.goto(f"/reponses/{reponse}/dume/")
    page.get_by_label("Taille de l’entreprise").select_option("large")
    page.get_by_label("Votre rôle dans la réponse").select_option("sole-tenderer")
    page.locator("[name=prenom]").fill("Sophie")
    page.locator("[name=nom]").fill("Faîtier")
    page.locator("[name=sur_l_honneur]").check()
    repondre_aux_criteres(page)
    page.locator("[name=confirme]").check()


def repondre_aux_criteres(page):
    """Non à chaque appui et sous-traitant ;
    chaque critère rempli par un autre que soi n'existe pas ici.
    """
    for nom in ("q-c60_ot_reliedqg1q1", "q-c61_ot_subco-entqg1q1"):
        page.locator(f"[name='{nom}'][value=false]").check()
    for critere in page.locator("fieldset:has(> legend)").all():
        premiere = critere.locator("[name^='q-c'][name*='_sc_'][value=true]")
        if premiere.count():
            premiere.first.check()
            saisies = critere.locator("textarea, input[type=number], input[type=text]")
            saisies.first.fill("3")


def recevoir(page, tmp_path):
    with page.expect_download() as telechargement:
        page.get_by_role("button", name="Faire mon DUME (XML)").click()
    fichier = tmp_path / telechargement.value.suggested_filename
    telechargement.value.save_as(fichier)
    return fichier


def test_un_dume_rempli_sans_script_se_joint_scelle_et_se_reprend(ouvrir, plateforme, tmp_path):
    page = ouvrir()
    reponse = commencer(page, plateforme, "sophie")
    sans_script = connecter(
        ouvrir(largeur=360, java_script_enabled=False), plateforme.compte("sophie")
    )
    remplir(sans_script, reponse)

    fichier = recevoir(sans_script, tmp_path)
    lu = lire(fichier.read_bytes())
    assert (
        fichier.name == "DUME.xml"
        and verifier_nos_regles(lu) == []
        and lu.operateur.taille == "large"
    )

    aller_aux_pieces(page, reponse, "")
    choisir(page, fichier)
    attendre_recus(page, 1)
    page.goto(f"/reponses/{reponse}/dume/")
    page.locator("[name=ancien]").set_input_files(str(fichier))
    page.get_by_role("button", name="Préremplir avec ce DUME").click()
    page.get_by_text("Le formulaire est prérempli").wait_for()
    assert page.locator("[name=prenom]").input_value() == "Sophie"
    assert not page.locator("[name=confirme]").is_checked()
    assert regarder(page) == []
    sans_faute(page)
