"""Décrocher : trouver qui appelle, lire sa fiche, noter l'appel ; et la commune qui le lit."""

from tests.parcours.gestes.connexion import connecter
from tests.parcours.regards import regarder

BOMY, SIRET = "216 201 533", "21620153300017"


def test_qui_decroche_trouve_lit_et_note_et_la_commune_le_sait(ouvrir, plateforme):
    fanny, commune = ouvrir(largeur=360), ouvrir()
    connecter(fanny, plateforme.compte("fanny"))
    connecter(commune, plateforme.compte("martine"))

    fanny.goto("/cdg/assistance/")
    fanny.get_by_label("Qui appelle ?").fill(BOMY)
    with fanny.expect_navigation():
        fanny.get_by_role("button", name="Trouver").click()
    fanny.get_by_role("heading", name="Maintenant").wait_for()
    assert regarder(fanny) == []

    fanny.get_by_role("link", name="Noter l’appel").click()
    fanny.get_by_label("Ce que vous retenez").fill("Appeler plutôt le matin")
    assert regarder(fanny) == []
    with fanny.expect_navigation():
        fanny.get_by_role("button", name="Garder cette note").click()
    fanny.get_by_text("Appeler plutôt le matin").wait_for()

    commune.goto(f"/organisme/{SIRET}/interventions/")
    commune.get_by_role("heading", name="Qui a regardé vos achats en cours").wait_for()
    assert commune.get_by_text("centre de gestion").count() > 0
    assert regarder(commune) == []
    assert fanny.erreurs + commune.erreurs == []
