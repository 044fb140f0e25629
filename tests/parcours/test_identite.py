"""Une agente qui n'avait pas de clé en crée une, imprime son code de secours, et le recopie."""

from tests.parcours.gestes.cles import fabriquer, recopier, taper_la_phrase
from tests.parcours.gestes.connexion import connecter
from tests.parcours.gestes.surveillance import sans_faute


def test_yvette_cree_sa_cle_et_prouve_qu_elle_a_garde_sa_feuille(plateforme, ouvrir):
    yvette = connecter(ouvrir(), plateforme.compte("yvette"), vers="/cles/creer/")
    taper_la_phrase(yvette)
    code = fabriquer(yvette)
    assert [len(groupe) for groupe in code] == [4] * 7
    yvette.locator("[data-gardee]").click()

    recopier(yvette, ["0000"] * 7)
    yvette.get_by_text("Un groupe diffère de votre feuille").wait_for()
    # En minuscules : une feuille se recopie à la main.
    recopier(yvette, [groupe.lower() for groupe in code])
    yvette.wait_for_url("**/cles/")

    yvette.get_by_text("Recopié", exact=True).wait_for()
    assert yvette.get_by_role("rowheader", name="Phrase de clé").count() == 1
    sans_faute(yvette)
