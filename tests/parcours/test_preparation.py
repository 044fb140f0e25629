"""De « Nouvelle consultation » à la publication, par la relecture :
sept réponses, aucune date calculée à la main.
"""

from tests.parcours.gestes import acheteur
from tests.parcours.gestes.connexion import connecter
from tests.parcours.gestes.surveillance import sans_faute

TITRE = "Réfection de la toiture de la salle des fêtes"


def test_une_secretaire_va_de_l_idee_a_la_publication_par_la_relecture_puis_refait_le_meme_achat(
    plateforme, ouvrir
):
    martine = connecter(ouvrir(), plateforme.compte("martine"), vers="/consultations/nouvelle/")
    reference = acheteur.repondre_aux_questions(martine, TITRE, ("Couverture", "Zinguerie"))
    le_panneau_dit_pourquoi(martine, reference)
    acheteur.designer(martine, reference, ("Martine Caron", "Hélène Duriez"))
    ecrire_les_documents(martine, reference)
    acheteur.creer_les_cles(martine, reference, plateforme.compte("martine")["phrase_de_cle"])
    helene = connecter(ouvrir(), plateforme.compte("helene"), vers="/cles/")
    for page, nom in ((martine, "martine"), (helene, "helene")):
        acheteur.essayer_sa_cle(page, plateforme.compte(nom)["phrase_de_cle"])

    demander_la_relecture(martine, reference)
    relire(connecter(ouvrir(), plateforme.compte("claire"), vers="/cdg/relectures/"))
    lire_l_avis(martine, reference)
    publier(martine, reference)

    publique = ouvrir()
    publique.goto(f"/consultations/{reference}/")
    assert TITRE in publique.inner_text("h1")
    assert "Règlement de la consultation" in publique.inner_text("main")
    sans_faute(publique)
    refaire_jusqu_a_la_relecture(martine, reference)
    sans_faute(martine)


def test_une_saisie_fautive_se_retrouve_apres_une_absence(plateforme, ouvrir):
    martine = connecter(ouvrir(), plateforme.compte("martine"), vers="/consultations/nouvelle/")
    reference = acheteur.repondre_aux_questions(martine, "Achat interrompu", ())
    martine.goto(f"/consultations/{reference}/preparer/montant/")
    martine.locator("[name=estime]").fill("environ cent mille")
    martine.get_by_role("button", name="Garder et continuer").click()
    martine.get_by_text("Un point est à corriger").wait_for()

    plus_tard = connecter(
        ouvrir(), plateforme.compte("martine"), vers=f"/consultations/{reference}/preparer/montant/"
    )

    assert plus_tard.locator("[name=estime]").input_value() == "environ cent mille"
    plus_tard.get_by_text("Votre saisie est gardée").wait_for()


def refaire_jusqu_a_la_relecture(page, source):
    """L'année suivante : tout est repris, chaque page se confirme, et le règlement se récrit."""
    page.goto("/consultations/mes-consultations/")
    page.locator(f"a[href='/consultations/{source}/refaire/']").click()
    acheteur.refaire(page)
    neuve = page.url.rstrip("/").split("/")[-3]
    page.get_by_text("à confirmer. Relisez").wait_for()
    confirmer(page)
    page.goto(f"/consultations/{neuve}/preparer/montant/")
    page.get_by_text("Tout est confirmé").wait_for()
    ecrire_les_documents(page, neuve)
    demander_la_relecture(page, neuve)
    assert neuve != source


def confirmer(page):
    """Chaque page est gardée telle quelle ; les dates, qui ne se reprennent pas, sont proposées."""
    for suivante in ("montant", "lots", "criteres", "calendrier", "pieces"):
        acheteur.continuer(page, suivante)


def le_panneau_dit_pourquoi(page, reference):
    page.goto(f"/consultations/{reference}/preparer/montant/")
    panneau = page.locator(".panneau")
    panneau.locator("summary").first.click()
    assert "CCP, art." in panneau.inner_text()
    assert "Calendrier" in panneau.inner_text() and "Contrôles" in panneau.inner_text()


def ecrire_les_documents(page, reference):
    page.goto(f"/consultations/{reference}/preparer/documents/")
    page.get_by_role("link", name="Écrire les documents pour moi").click()
    page.get_by_role("button", name="Mettre au dossier").click()
    page.locator("td bdi", has_text="reglement.pdf").wait_for()


def demander_la_relecture(page, reference):
    page.goto(f"/consultations/{reference}/relecture/")
    page.get_by_text("Le règlement lu").wait_for()
    page.get_by_role("button", name="Demander la relecture").click()
    page.get_by_text("La relecture est demandée").wait_for()


def relire(page):
    page.get_by_role("link", name=TITRE).first.click()
    page.get_by_role("button", name="en charge").click()
    page.locator("[name=paragraphe]").fill("1")
    page.locator("textarea[name=texte]").fill("Rien à redire sur ce titre.")
    page.get_by_role("button", name="Ajouter la remarque").click()
    page.get_by_label("Conforme sous réserve").check()
    page.get_by_role("button", name="avis").last.click()
    page.wait_for_url("**/cdg/relectures/")


def lire_l_avis(page, reference):
    page.goto(f"/consultations/{reference}/relecture/")
    page.get_by_role("link", name="Conforme sous réserve").click()
    page.get_by_text("Rien à redire sur ce titre").first.wait_for()


def publier(page, reference):
    page.goto(f"/consultations/{reference}/preparer/verifier/")
    page.get_by_role("link", name="Aller à la publication").click()
    page.get_by_role("button", name="Publier", exact=True).click()
    page.get_by_text("La consultation est publiée").wait_for()
