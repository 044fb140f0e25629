"""Les façons d'ouvrir sa clé, au navigateur :
clé d'accès, appareil qui ne sait pas, perte, retrait.
"""

from tests.parcours.gestes.acheteur import LENT_MS
from tests.parcours.gestes.cles import (
    PHRASE,
    Authentificateur,
    fabriquer,
    garder_et_recopier,
    jusqu_a_la_facon,
    lire_la_feuille,
    mots,
    ouvrir_avec,
    refaire_l_essai,
    taper_la_phrase,
)
from tests.parcours.gestes.connexion import connecter
from tests.parcours.gestes.surveillance import sans_faute

CLE_D_ACCES, UNE_PHRASE, CODE = "Clé d'accès (passkey)", "Phrase de clé", "Code de secours imprimé"
# L'appareil dit savoir, crée la clé d'accès, puis ne rend rien à la lecture.
SANS_LECTURE = """() => {
  const lire = navigator.credentials.get.bind(navigator.credentials);
  navigator.credentials.get = async demande => {
    const reponse = await lire(demande);
    reponse.getClientExtensionResults = () => ({});
    return reponse;
  };
}"""


def facons(page):
    lues = page.locator("#ouvertures ~ table tbody th").all_inner_texts()
    return [lue.replace("’", "'").split("\n") for lue in lues]


def choisir_la_cle_d_acces(page, appareil="Téléphone"):
    page.get_by_label(mots("Une clé d'accès")).check()
    page.locator("#appareil").fill(appareil)


def test_une_cle_nee_d_une_cle_d_acces_recoit_ensuite_une_phrase(plateforme, ouvrir):
    kevin = connecter(ouvrir(), plateforme.compte("kevin"), vers="/cles/creer/")
    appareil = Authentificateur(kevin)
    choisir_la_cle_d_acces(kevin)
    garder_et_recopier(kevin, fabriquer(kevin))
    assert len(appareil.cles()) == 1
    assert facons(kevin) == [[CLE_D_ACCES, "Téléphone"], [CODE]]

    kevin.get_by_role("link", name="Ajouter une phrase").click()
    jusqu_a_la_facon(kevin, CLE_D_ACCES, "")
    taper_la_phrase(kevin)
    kevin.get_by_role("button", name="Enregistrer cette phrase").click()

    kevin.wait_for_url("**/cles/", timeout=LENT_MS)
    assert len(facons(kevin)) == 3
    sans_faute(kevin)


def test_un_gardien_ajoute_une_cle_d_acces_et_fait_son_essai_avec_elle(plateforme, ouvrir):
    agnes = connecter(ouvrir(), plateforme.compte("agnes"), vers="/cles/facons/passkey/ajouter/")
    Authentificateur(agnes)
    jusqu_a_la_facon(agnes, UNE_PHRASE, plateforme.compte("agnes")["phrase_de_cle"])
    agnes.locator("#appareil").fill("clé USB du bureau")
    agnes.get_by_role("button", name=mots("Créer la clé d'accès")).click()
    agnes.get_by_text(mots("C'est enregistré")).wait_for(timeout=LENT_MS)
    assert facons(agnes)[-1] == [CLE_D_ACCES, "clé USB du bureau"]

    agnes.get_by_role("link", name="Refaire mon essai").click()
    refaire_l_essai(agnes)
    ouvrir_avec(agnes, "clé USB du bureau", geste="Ouvrir et vérifier")

    agnes.wait_for_url("**/cles/", timeout=LENT_MS)
    agnes.get_by_text("Essai réussi").wait_for()
    sans_faute(agnes)


def test_un_appareil_sans_prf_le_dit_et_la_phrase_prend_le_relais(plateforme, ouvrir):
    tanguy = connecter(ouvrir(), plateforme.compte("tanguy"), vers="/cles/creer/")
    Authentificateur(tanguy, prf=False)
    choisir_la_cle_d_acces(tanguy)
    tanguy.get_by_role("button", name="Fabriquer ma clé").click()
    tanguy.get_by_text("Cet appareil ne sait pas garder votre clé").wait_for(timeout=LENT_MS)

    tanguy.get_by_label("Une phrase de clé").check()
    taper_la_phrase(tanguy)
    garder_et_recopier(tanguy, fabriquer(tanguy))

    assert facons(tanguy) == [[UNE_PHRASE], [CODE]]
    sans_faute(tanguy)


def test_un_appareil_qui_ne_relit_pas_n_est_jamais_dit_enregistre(plateforme, ouvrir):
    benoit = connecter(ouvrir(), plateforme.compte("benoit"), vers="/cles/facons/passkey/ajouter/")
    Authentificateur(benoit)
    jusqu_a_la_facon(benoit, UNE_PHRASE, plateforme.compte("benoit")["phrase_de_cle"])
    benoit.evaluate(SANS_LECTURE)
    benoit.get_by_role("button", name=mots("Créer la clé d'accès")).click()

    benoit.get_by_text(mots("n'a pas su la rouvrir")).wait_for(timeout=LENT_MS)
    benoit.goto("/cles/")

    assert facons(benoit) == [[UNE_PHRASE], [CODE]]
    sans_faute(benoit)


def test_qui_a_perdu_sa_phrase_en_refait_une_par_le_code_et_garde_la_meme_cle(plateforme, ouvrir):
    colette = connecter(ouvrir(), plateforme.compte("colette"), vers="/cles/")
    empreinte = colette.locator("#etat ~ dl code").inner_text()
    colette.get_by_role("link", name=mots("J'ai perdu ma phrase")).click()
    colette.get_by_role("link", name="Choisir une phrase neuve").click()
    ouvrir_avec(colette, "Code de secours", "AAAA-BBBB")
    colette.get_by_text("Le code a une faute de frappe").wait_for()
    jusqu_a_la_facon(
        colette, "Code de secours", plateforme.compte("colette")["code_de_secours"].lower()
    )
    taper_la_phrase(colette)
    colette.get_by_role("button", name="Enregistrer cette phrase").click()
    colette.wait_for_url("**/cles/", timeout=LENT_MS)

    # L'ancienne phrase s'efface ; ce qui était scellé pour elle s'ouvre avec la neuve.
    colette.get_by_role("link", name="Retirer : Phrase de clé").first.click()
    colette.get_by_role("button", name="Effacer cette façon").click()
    colette.get_by_text("est effacée").wait_for()
    colette.get_by_role("link", name="Refaire mon essai").click()
    refaire_l_essai(colette)
    ouvrir_avec(colette, UNE_PHRASE, PHRASE, geste="Ouvrir et vérifier")

    colette.wait_for_url("**/cles/", timeout=LENT_MS)
    assert colette.locator("#etat ~ dl code").inner_text() == empreinte
    assert facons(colette) == [[CODE], [UNE_PHRASE]]
    sans_faute(colette)


def test_qui_a_perdu_sa_feuille_refait_son_code_puis_retire_l_ancien(plateforme, ouvrir):
    odile = connecter(ouvrir(), plateforme.compte("odile"), vers="/cles/facons/secours/ajouter/")
    jusqu_a_la_facon(odile, UNE_PHRASE, plateforme.compte("odile")["phrase_de_cle"])
    odile.get_by_role("button", name="Montrer le code neuf").click()
    neuf = lire_la_feuille(odile)
    garder_et_recopier(odile, neuf)
    odile.get_by_role("link", name="Retirer : Code de secours").first.click()
    odile.get_by_role("button", name="Effacer cette façon").click()
    odile.get_by_text("est effacée").wait_for()

    odile.goto("/cles/facons/phrase/ajouter/?avec=secours")
    ouvrir_avec(odile, "Code de secours", plateforme.compte("odile")["code_de_secours"])
    odile.get_by_text(mots("Votre clé ne s'est pas ouverte")).wait_for(timeout=LENT_MS)
    jusqu_a_la_facon(odile, "Code de secours", "".join(neuf))

    sans_faute(odile)
