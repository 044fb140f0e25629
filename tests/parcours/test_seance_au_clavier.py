"""Sans souris, à deux : préparer, ouvrir, décider, clore, déposer le procès-verbal signé.

Le foyer se voit à chaque pas.
"""

import hashlib
from typing import Any

from tests.parcours.gestes import seance
from tests.parcours.gestes.clavier import aller_a, choisir
from tests.parcours.gestes.connexion import connecter
from tests.parcours.gestes.surveillance import sans_faute
from tests.parcours.regards import regarder
from tests.parcours.scenes import consultation_close

LENT_MS = seance.LENT_MS
SIGNE = b"%PDF-1.7 le meme, signe a la main puis numerise"


def presser(page: Any, cible: Any, touche: str = "Enter") -> None:
    """Va au bouton ou au lien, le presse, et attend la page suivante."""
    aller_a(page, cible)
    with page.expect_navigation():
        page.keyboard.press(touche)


def bouton(page: Any, nom: str) -> Any:
    return page.get_by_role("button", name=nom)


def lien(page: Any, nom: str) -> Any:
    return page.get_by_role("link", name=nom, exact=True).first


def test_deux_personnes_ouvrent_closent_et_deposent_le_document_signe_au_clavier(
    plateforme: Any, ouvrir: Any
) -> None:
    close = consultation_close(plateforme, politique="standard", retard=True)
    adresse = f"/consultations/{close.reference}/ouverture/"
    helene, bernard = (
        connecter(ouvrir(), plateforme.compte(nom), vers=adresse) for nom in ("helene", "bernard")
    )

    tenue = preparer(helene)
    s_asseoir(helene, tenue)
    s_asseoir(bernard, tenue)
    installer(helene, tenue)
    tourner_les_cles(helene, bernard, tenue, phrase=plateforme.compte("helene")["phrase_de_cle"])
    assert ouvrir_les_enveloppes(helene) == 4
    laisser_scellee(helene)
    clore(helene)
    assert sorted(seance.fichiers_ouverts(helene, close.reference)) == sorted(close.fichiers)

    deposer_le_document_signe(helene, tenue)

    for page in (helene, bernard):
        sans_faute(page)


def preparer(page: Any) -> str:
    aller_a(page, page.locator("select[name=presidence]"))
    page.keyboard.type("Hélène")
    presser(page, bouton(page, "Préparer la séance"))
    return str(page.url.rstrip("/").split("/")[-1])


def s_asseoir(page: Any, tenue: str) -> None:
    page.goto(f"/ouverture/{tenue}/")
    presser(page, bouton(page, "Rejoindre la séance"))
    presser(page, bouton(page, "Je déclare"), "Space")


def installer(page: Any, tenue: str) -> None:
    page.goto(f"/ouverture/{tenue}/")
    aller_a(page, page.locator("[name=lieu]"))
    page.keyboard.type("Mairie de Bomy")
    presser(page, bouton(page, "Installer la séance"))
    presser(page, bouton(page, "Le registre est lu"))


def tourner_les_cles(presidence: Any, membre: Any, tenue: str, *, phrase: str) -> None:
    """Le code se compare à voix haute ; chacun répond depuis son clavier."""
    membre.goto(f"/ouverture/{tenue}/")
    identique = membre.locator("[data-identique]")
    identique.wait_for(timeout=LENT_MS)
    chez_l_un = presidence.locator("[data-table] [data-code]").first
    chez_l_un.wait_for(timeout=LENT_MS)
    assert chez_l_un.inner_text() == membre.locator("[data-code]").inner_text()
    aller_a(membre, identique)
    membre.keyboard.press("Space")
    presidence.locator("[data-tourner]:not([disabled])").wait_for(timeout=LENT_MS)
    aller_a(presidence, presidence.locator("[data-secret]"))
    presidence.keyboard.type(phrase)
    aller_a(presidence, presidence.locator("[data-tourner]"))
    presidence.keyboard.press("Enter")
    seance.bouton_d_ouverture(presidence).wait_for(timeout=LENT_MS)


def ouvrir_les_enveloppes(page: Any) -> int:
    ouvertes = 0
    while seance.bouton_d_ouverture(page).count():
        presser(page, seance.bouton_d_ouverture(page))
        ouvertes += 1
    return ouvertes


def laisser_scellee(page: Any) -> None:
    presser(page, lien(page, "Réponses hors délai"))
    presser(page, page.get_by_role("link", name="Décider"))
    aller_a(page, page.get_by_label("Laisser cette réponse scellée"))
    page.keyboard.press("Space")
    aller_a(page, page.locator("[name=motif]"))
    page.keyboard.type("Le retard vient de l'entreprise.")
    presser(page, bouton(page, "Inscrire la décision"))


def clore(page: Any) -> None:
    presser(page, lien(page, "Relire le récapitulatif"))
    presser(page, lien(page, "Écrire le procès-verbal"))
    presser(page, bouton(page, "Clore la séance"))
    page.get_by_role("heading", name="La séance est close").wait_for()


def deposer_le_document_signe(page: Any, tenue: str) -> None:
    """La page demande le fichier, la façon, et qui a signé ;
    puis elle montre les deux documents et leurs empreintes.
    """
    page.goto(f"/ouverture/{tenue}/")
    presser(page, lien(page, "Le faire signer"))
    presser(page, lien(page, "Déposer le procès-verbal signé"))
    assert regarder(page) == []
    page.set_viewport_size({"width": 1280, "height": 900})
    choisir(
        page,
        page.locator("input[type=file]"),
        {"name": "pv signé.pdf", "mimeType": "application/pdf", "buffer": SIGNE},
    )
    aller_a(page, page.get_by_label("Signé à la main, puis numérisé"))
    page.keyboard.press("Space")
    for nom in ("Hélène Duriez", "Bernard Lefebvre"):
        aller_a(page, page.get_by_label(nom))
        page.keyboard.press("Space")
    presser(page, bouton(page, "Déposer le procès-verbal signé"))
    signe = page.get_by_role("link", name="Document signé")
    assert page.request.get(signe.get_attribute("href")).body() == SIGNE
    assert hashlib.sha256(SIGNE).hexdigest()[:8] in page.locator("main").inner_text().replace(
        " ", ""
    )
    assert page.locator("#signatures ~ ul").get_by_text("A signé").count() == 2
    assert regarder(page) == []
