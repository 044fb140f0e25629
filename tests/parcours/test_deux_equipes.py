"""Une inconnue dit le SIRET de Sophie : elle n'y gagne rien, et l'acheteur voit les deux.

Chaque écran passe à axe, à 1280 et 360 px.
"""

from tests.parcours.depot import texte
from tests.parcours.gestes import seance
from tests.parcours.gestes.connexion import connecter
from tests.parcours.gestes.surveillance import sans_faute
from tests.parcours.scenes import consultation_de_deux_equipes
from tests.parcours.test_seance_double_controle import Regards, s_asseoir_en_regardant

INSCRIPTION = {
    "email": "rivale@concurrent.example",
    "password1": "quatre mots bien choisis",
    "nom": "Rivale Concurrente",
    "raison_sociale": "Atelier du Faîtage",
}


def test_qui_dit_le_siret_d_une_autre_n_en_voit_ni_n_en_change_rien(plateforme, ouvrir):
    regards = Regards()
    sophie = connecter(ouvrir(), plateforme.compte("sophie"), vers="/entreprise/")
    siret = sophie.locator("dt:text-is('Établissement') + dd").inner_text()
    rivale = ouvrir()
    rivale.goto(plateforme.adresse + "/compte/inscription/?next=/entreprise/")
    for champ, valeur in {**INSCRIPTION, "siret": siret}.items():
        rivale.locator(f"[name={champ}]").fill(valeur)
    with rivale.expect_navigation():
        rivale.get_by_role("button", name="Créer mon compte").click()

    rivale.goto(plateforme.adresse + "/entreprise/")
    regards.sur(rivale, "l'équipe de la rivale")
    assert "D'autres personnes agissent pour cet établissement" in texte(rivale)
    assert "Sophie" not in texte(rivale)
    rivale.goto(plateforme.adresse + "/mes-reponses/")
    assert "D-20" not in texte(rivale)

    sophie.goto(plateforme.adresse + "/entreprise/")
    regards.sur(sophie, "une demande")
    sophie.get_by_role("link", name="Écarter Rivale Concurrente").click()
    regards.sur(sophie, "écarter")
    with sophie.expect_navigation():
        sophie.get_by_role("button", name="Ne pas la reconnaître").click()
    assert "n'entre pas dans votre équipe" in texte(sophie)
    for page in (sophie, rivale):
        sans_faute(page)
    assert regards.fautes == []


def test_la_seance_dit_si_c_est_une_seule_entreprise_avant_d_ouvrir(plateforme, ouvrir):
    reference, regards = consultation_de_deux_equipes(plateforme), Regards()
    helene = connecter(
        ouvrir(), plateforme.compte("helene"), vers=f"/consultations/{reference}/ouverture/"
    )
    tenue = seance.preparer(helene, reference, "Hélène Duriez")
    s_asseoir_en_regardant(helene, tenue, regards)

    helene.get_by_role("link", name="Dire si elles viennent de la même").click()
    regards.sur(helene, "une entreprise, deux équipes")
    lu = texte(helene)
    assert "Ivana Lentour" in lu and "Sophie Merlin" in lu
    helene.get_by_label("Oui : seule la dernière réponse reçue s’ouvre").check()
    with helene.expect_navigation():
        helene.get_by_role("button", name="Inscrire la décision").click()
    regards.sur(helene, "sans raisons")
    assert "Dites vos raisons" in texte(helene)
    helene.locator("[name=motif]").fill("Même gérant, joint au téléphone.")
    with helene.expect_navigation():
        helene.get_by_role("button", name="Inscrire la décision").click()

    seance.installer(helene, tenue, autres="")
    helene.console = [ligne for ligne in helene.console if "422" not in ligne]
    sans_faute(helene)
    assert regards.fautes == []
