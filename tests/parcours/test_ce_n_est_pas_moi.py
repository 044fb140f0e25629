"""Une réponse est retirée, un collègue arrive : la personne dit « Ce n'est pas moi », par le lien
reçu, sans se connecter ; puis elle y revient.

Chaque écran passe à axe, à 1280 et 360 px.
"""

from tests.parcours.depot import commencer, repondre, texte
from tests.parcours.ecrans import BOMY
from tests.parcours.gestes.courriels import lettre, texte_de
from tests.parcours.gestes.inscription import confirmer_l_adresse, s_inscrire, soeur
from tests.parcours.gestes.surveillance import sans_faute
from tests.parcours.test_seance_double_controle import Regards


def test_un_retrait_conteste_par_le_lien_recu_ne_prive_pas_de_la_reponse(
    plateforme, ouvrir, tmp_path
):
    regards, zoe, page = Regards(), plateforme.compte("zoe"), ouvrir()
    pli = repondre(page, commencer(page, plateforme, "zoe"), tmp_path)
    page.goto(f"/depots/{pli}/retirer/")
    with page.expect_navigation():
        page.get_by_role("button", name="Retirer cette réponse").click()
    regards.sur(page, "le récépissé d'une réponse retirée")

    sans_compte = ouvrir()
    recue = lettre(plateforme, zoe["identifiant"], f"Réponse {pli} retirée")
    sans_compte.goto(next(mot for mot in texte_de(recue).split() if "ce-n-est-pas-moi" in mot))
    regards.sur(sans_compte, "ce n'est pas moi")
    with sans_compte.expect_navigation():
        sans_compte.get_by_role("button", name="Ce n’est pas moi, ni mon équipe").click()
    regards.sur(sans_compte, "c'est dit")
    assert "reste déposée" in texte(sans_compte)

    page.goto(f"{plateforme.adresse}/depots/{pli}/")
    regards.sur(page, "le récépissé d'un retrait contesté")
    assert "Cette réponse reste déposée" in texte(page)
    page.goto(f"{plateforme.adresse}/depots/{pli}/retirer/")
    assert "elle reste déposée" in texte(page)
    page.goto(f"{plateforme.adresse}/depots/{pli}/revenir/")
    regards.sur(page, "y revenir")
    with page.expect_navigation():
        page.get_by_role("button", name="C’était bien nous").click()
    assert "Cette réponse est retirée" in texte(page)

    for vue in (page, sans_compte):
        sans_faute(vue)
    assert regards.fautes == []


def test_une_arrivee_contestee_par_le_lien_recu_previent_l_equipe(plateforme, ouvrir):
    regards, siret = Regards(), soeur(soeur(BOMY))
    aline, bruno = ouvrir(), ouvrir()
    s_inscrire(aline, "aline@deux.example", siret=siret, nom="Aline Première")
    s_inscrire(bruno, "bruno@deux.example", siret=siret, nom="Bruno Second")
    confirmer_l_adresse(aline, plateforme, "aline@deux.example")
    confirmer_l_adresse(bruno, plateforme, "bruno@deux.example")
    aline.goto("/entreprise/")
    with aline.expect_navigation():
        aline.get_by_role("button", name="Reconnaître Bruno Second").click()

    recue = lettre(plateforme, "aline@deux.example", "Bruno Second est maintenant")
    sans_compte = ouvrir()
    sans_compte.goto(next(mot for mot in texte_de(recue).split() if "ce-n-est-pas-moi" in mot))
    regards.sur(sans_compte, "une arrivée")
    with sans_compte.expect_navigation():
        sans_compte.get_by_role("button", name="Ce n’est pas moi, ni mon équipe").click()
    regards.sur(sans_compte, "l'alarme est donnée")
    assert "Votre équipe et l'assistance sont prévenues" in texte(sans_compte)
    lettre(plateforme, "bruno@deux.example", "Ce n'est pas moi : l'arrivée de Bruno Second")

    for vue in (aline, bruno, sans_compte):
        sans_faute(vue)
    assert regards.fautes == []
