"""Une personne part : ses collègues refont les parts, au clavier ;
sinon deux gardiens le font, et tout le monde le sait.
"""

import sqlite3

import pytest

from tests.parcours.depot import texte
from tests.parcours.gestes.acheteur import LENT_MS, essayer_sa_cle, sans_bernard
from tests.parcours.gestes.clavier import ecrire, presser
from tests.parcours.gestes.cles import PHRASE, garder_et_recopier, jusqu_a_la_feuille
from tests.parcours.gestes.connexion import connecter
from tests.parcours.gestes.surveillance import sans_faute
from tests.parcours.regards import regarder

TOITURE, SALLE = "standard", "double"
DEMANDE = "lettre de la maire, clés perdues"


@pytest.fixture(scope="module")
def plateforme(origine, tmp_path_factory):
    """La sienne : une clé s'y retire, ce qui gênerait les autres parcours."""
    plateforme = origine.copie(tmp_path_factory.mktemp("repartage") / "donnees")
    plateforme.demarrer()
    yield plateforme
    plateforme.arreter()


def publiee(plateforme, politique):
    """La consultation ouverte de la démonstration qui suit cette politique,
    et l'empreinte de sa clé d'offre.
    """
    base = sqlite3.connect(
        f"file:{plateforme.dossier / 'beffroi.sqlite3'}?mode=ro", uri=True, timeout=20
    )
    try:
        return base.execute(
            "SELECT c.reference, k.empreinte FROM consultations_consultation c JOIN "
            "cles_pairedecles k"
            " ON k.id = c.cle_offre_id WHERE c.etat = 'publiee' AND k.politique = ?",
            (politique,),
        ).fetchone()
    finally:
        base.close()


def ouvrir_sa_part(page, phrase, bouton):
    """Sans souris : la phrase, puis le bouton."""
    ecrire(page, page.locator("#secret"), phrase)
    presser(page, page.get_by_role("button", name=bouton))


def porteurs(page, reference):
    page.goto(f"/consultations/{reference}/cles/changer/")
    return page.locator("section:has(#aujourdhui) th[scope=row]").all_inner_texts()


# Chaque jour, deux gardiens refont les parts : le même écran, à une personne de plus.
@pytest.mark.long
def test_en_standard_une_personne_refait_les_parts_et_la_cle_reste(plateforme, ouvrir):
    reference, empreinte = publiee(plateforme, TOITURE)
    martine = connecter(ouvrir(), plateforme.compte("martine"), vers="/a-faire/")
    martine.goto(f"/consultations/{reference}/cles/changer/")
    sans_bernard(martine)
    martine.get_by_text("a pu connaître la clé").wait_for()

    ouvrir_sa_part(martine, plateforme.compte("martine")["phrase_de_cle"], "Refaire les parts")
    martine.get_by_text("Les parts sont refaites").wait_for(timeout=LENT_MS)

    assert porteurs(martine, reference) == ["Hélène Duriez", "Martine Caron"]
    assert publiee(plateforme, TOITURE) == (reference, empreinte)
    essayer_sa_cle(martine, plateforme.compte("martine")["phrase_de_cle"])
    sans_faute(martine)
    assert plateforme.verifier().returncode == 0


# Chaque jour, deux gardiens refont les parts : le même écran, d'une autre façon.
@pytest.mark.long
def test_en_double_controle_deux_personnes_le_font_l_une_apres_l_autre(plateforme, ouvrir):
    reference, empreinte = publiee(plateforme, SALLE)
    martine = connecter(ouvrir(), plateforme.compte("martine"), vers="/a-faire/")
    # Hélène a perdu sa clé et en a fait une autre :
    # la liste est la même, ses parts ne le sont plus.
    helene = connecter(ouvrir(), plateforme.compte("helene"), vers="/cles/retirer/")
    changer_de_cle(helene)
    martine.goto(f"/consultations/{reference}/cles/changer/")
    martine.get_by_text("A changé de clé").wait_for()
    martine.get_by_role("button", name="Continuer").click()

    assert regarder(martine) == []
    martine.get_by_label("Bernard Lefebvre").check()
    ouvrir_sa_part(martine, plateforme.compte("martine")["phrase_de_cle"], "Remettre ma part")
    martine.get_by_text("doit maintenant achever").wait_for(timeout=LENT_MS)
    bernard = connecter(ouvrir(), plateforme.compte("bernard"), vers="/a-faire/")
    bernard.locator(f"main a[href$='/consultations/{reference}/cles/repartage/']").first.click()
    ouvrir_sa_part(bernard, plateforme.compte("bernard")["phrase_de_cle"], "Refaire les parts")
    bernard.get_by_text("Les parts sont refaites").wait_for(timeout=LENT_MS)

    assert publiee(plateforme, SALLE) == (reference, empreinte)
    essayer_sa_cle(helene, PHRASE)
    for page in (martine, bernard, helene):
        sans_faute(page)


def test_deux_gardiens_refont_les_parts_et_chacun_le_sait(plateforme, ouvrir):
    reference = plateforme.consultation("close")["reference"]
    martine = connecter(
        ouvrir(), plateforme.compte("martine"), vers=f"/consultations/{reference}/cles/changer/"
    )
    restent = [nom for nom in porteurs(martine, reference) if nom != "Bernard Lefebvre"]
    demander_aux_gardiens(martine)
    assert "Recours aux gardiens" in texte(martine) and DEMANDE in texte(martine)
    assert regarder(martine) == []

    agnes, benoit = (
        connecter(ouvrir(), plateforme.compte(nom), vers="/a-faire/") for nom in ("agnes", "benoit")
    )
    for gardien, bouton in ((agnes, "Remettre ma part"), (benoit, "Refaire les parts")):
        gardien.goto("/a-faire/")
        assert DEMANDE in texte(gardien)
        gardien.locator(f"main a[href$='/consultations/{reference}/cles/repartage/']").first.click()
        assert "Appelez d'abord la personne qui a signé cette demande" in texte(gardien)
        assert regarder(gardien) == []
        gardien.set_viewport_size({"width": 1280, "height": 900})
        nom = "agnes" if gardien is agnes else "benoit"
        if gardien is agnes:
            ouvrir_sa_part(gardien, plateforme.compte(nom)["phrase_de_cle"], bouton)
            gardien.get_by_text("Choisissez à qui vous remettez votre part.").wait_for()
            presser(gardien, gardien.get_by_label("Benoît"), touche="Space")
        ouvrir_sa_part(gardien, plateforme.compte(nom)["phrase_de_cle"], bouton)
        attendu = "a remis sa part" if gardien is agnes else "Les parts sont refaites"
        gardien.get_by_text(attendu).first.wait_for(timeout=LENT_MS)

    assert porteurs(martine, reference) == restent
    visiteur = ouvrir()
    visiteur.goto(f"/consultations/{reference}/")
    assert (
        "Deux gardiens en refont les parts, sur demande écrite. Aucune réponse ne s'ouvre."
        in texte(visiteur)
    )
    assert prevenues(plateforme, reference) == deposantes(plateforme, reference) != []
    essayer_sa_cle(martine, plateforme.compte("martine")["phrase_de_cle"])
    for page in (martine, agnes, benoit, visiteur):
        sans_faute(page)
    assert plateforme.verifier().returncode == 0


def demander_aux_gardiens(page):
    """Sans souris : Bernard n'a plus de part, les gardiens refont celles des autres."""
    presser(page, page.get_by_label("Bernard Lefebvre"), touche="Space")
    presser(page, page.get_by_label("Avec nos parts"), touche="ArrowDown")
    ecrire(page, page.get_by_label("Demande écrite"), DEMANDE)
    presser(page, page.get_by_role("button", name="Continuer"))
    page.get_by_role("heading", name="Ce qui change").wait_for()


def prevenues(plateforme, reference):
    sujet = f"Les gardiens des clés sont appelés pour la consultation {reference}"
    return lire(
        plateforme,
        "SELECT destinataire FROM socle_courriel WHERE sujet = ? ORDER BY destinataire",
        sujet,
    )


def deposantes(plateforme, reference):
    """Qui a déposé, et n'a pas retiré sa réponse."""
    requete = (
        "SELECT DISTINCT u.courriel FROM depots_pli p JOIN comptes_utilisateur u ON "
        "u.id = p.depose_par_id"
        " JOIN consultations_consultation c ON c.id = p.consultation_id"
        " WHERE c.reference = ? AND p.etat <> 'retire' ORDER BY u.courriel"
    )
    return lire(plateforme, requete, reference)


def lire(plateforme, requete, *valeurs):
    base = sqlite3.connect(
        f"file:{plateforme.dossier / 'beffroi.sqlite3'}?mode=ro", uri=True, timeout=20
    )
    try:
        return [ligne[0] for ligne in base.execute(requete, valeurs)]
    finally:
        base.close()


def changer_de_cle(page):
    """Retire la clé et en fabrique une neuve, code de secours recopié."""
    page.get_by_role("button", name="Retirer cette clé").click()
    page.goto("/cles/creer/")
    garder_et_recopier(page, jusqu_a_la_feuille(page))
