"""Ce que font deux personnes pour ouvrir :
rejoindre, déclarer, comparer le code, tourner les clés, ouvrir.
"""

import re
from typing import Any

from tests.parcours.gestes.confirmation import rester_reconnue
from tests.parcours.gestes.connexion import connecter

LENT_MS = 90_000


def preparer(page: Any, reference: str, presidence: str) -> str:
    """La présidence prépare la séance. Rend sa référence."""
    rester_reconnue(page)
    page.goto(f"/consultations/{reference}/ouverture/")
    choix = page.locator("select[name=presidence]")
    choix.select_option(choix.locator("option", has_text=presidence).get_attribute("value"))
    page.get_by_role("button", name="Préparer la séance").click()
    page.wait_for_url("**/ouverture/*/")
    return str(page.url.rstrip("/").split("/")[-1])


def s_asseoir(page: Any, seance: str) -> None:
    rester_reconnue(page)
    page.goto(f"/ouverture/{seance}/")
    page.get_by_role("button", name="Rejoindre la séance").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Je déclare").click()


def installer(page: Any, seance: str, *, autres: str) -> None:
    page.goto(f"/ouverture/{seance}/")
    page.locator("[name=lieu]").fill("Mairie de Bomy, salle du conseil")
    page.locator("[name=presents]").fill(autres)
    page.get_by_role("button", name="Installer la séance").click()
    page.get_by_role("button", name="Le registre est lu").click()
    page.get_by_role("heading", name="Tourner les clés").wait_for()


def tourner_les_cles(presidence: Any, membre: Any, seance: str, *, phrase: str) -> str:
    """Le même code sur les deux écrans, dit à voix haute ; puis la présidence tourne sa clé.

    Rend le code.
    """
    code = comparer_le_code(presidence, membre, seance)
    ouvrir_avec_les_cles(presidence, phrase=phrase)
    return code


def comparer_le_code(presidence: Any, membre: Any, seance: str, *, nom: str = "") -> str:
    """Le même code sur les deux écrans, dit à voix haute ; la personne le confirme."""
    membre.goto(f"/ouverture/{seance}/")
    comparer = membre.locator("[data-identique]")
    comparer.wait_for(timeout=LENT_MS)
    chez_l_un = presidence.locator("[data-table] li", has_text=nom).locator("[data-code]").first
    chez_l_un.wait_for(timeout=LENT_MS)
    code = chez_l_un.inner_text()
    assert code == membre.locator("[data-code]").inner_text()
    comparer.click()
    return str(code)


def tourner_sa_cle(membre: Any, *, phrase: str) -> None:
    """La personne ouvre sa clé : sa part part scellée pour la présidence."""
    membre.locator("[data-remettre]").wait_for(timeout=LENT_MS)
    membre.locator("[data-secret]").fill(phrase)
    membre.get_by_role("button", name="Tourner ma clé").click()
    membre.get_by_text("Votre clé est tournée").wait_for(timeout=LENT_MS)


def ouvrir_avec_les_cles(presidence: Any, *, phrase: str = "") -> None:
    """La présidence tourne sa clé, si elle en a une, et ouvre la séance."""
    if phrase:
        presidence.locator("[data-secret]").fill(phrase)
    presidence.locator("[data-tourner]:not([disabled])").wait_for(timeout=LENT_MS)
    presidence.get_by_role("button", name="Les codes sont les mêmes, ouvrir").click()
    bouton_d_ouverture(presidence).wait_for(timeout=LENT_MS)


def deux_a_table(
    plateforme: Any, ouvrir: Any, reference: str, *, autres: str = ""
) -> tuple[Any, Any, str]:
    """Hélène préside, Bernard est avec elle, la séance est installée : la page de chacun, et sa
    référence. Les clés sont à tourner.
    """
    helene, bernard = (
        connecter(ouvrir(), plateforme.compte(nom), vers=f"/consultations/{reference}/ouverture/")
        for nom in ("helene", "bernard")
    )
    tenue = preparer(helene, reference, "Hélène Duriez")
    s_asseoir(helene, tenue)
    s_asseoir(bernard, tenue)
    installer(helene, tenue, autres=autres)
    return helene, bernard, tenue


def bouton_d_ouverture(page: Any) -> Any:
    return page.locator("form[action$='/suivante/'] button[type=submit]")


def ouvrir_la_suivante(page: Any) -> str:
    with page.expect_navigation():
        bouton_d_ouverture(page).click()
    return titre_de_l_enveloppe(page)


def ouvrir_et_voir_le_serveur_mourir(page: Any) -> None:
    with page.expect_event("requestfailed"):
        bouton_d_ouverture(page).click(no_wait_after=True)


def ouvrir_les_enveloppes(page: Any) -> list[str]:
    """L'une après l'autre, jusqu'à la dernière. Rend leurs titres."""
    titres = []
    while bouton_d_ouverture(page).count():
        titres.append(ouvrir_la_suivante(page))
    return titres


def titre_de_l_enveloppe(page: Any) -> str:
    return (
        str(page.locator(".scene-tete .surtitre").inner_text())
        + " "
        + page.locator("#titre-de-la-scene").inner_text()
    )


def decider_du_retard(page: Any, decision: str, *, motif: str) -> None:
    page.get_by_label(decision).check()
    page.locator("[name=motif]").fill(motif)
    page.get_by_role("button", name="Inscrire la décision").click()


def admettre_le_retard(page: Any, *, motif: str) -> None:
    page.get_by_role("link", name="Décider").first.click()
    decider_du_retard(page, "Admettre cette réponse", motif=motif)
    with page.expect_navigation():
        page.get_by_role("link", name="Ouvrir les enveloppes").click()


def clore(page: Any, seance: str) -> bytes:
    """Récapitulatif, procès-verbal, clôture. Rend le PDF."""
    page.goto(f"/ouverture/{seance}/recapitulatif/")
    page.get_by_role("link", name="Écrire le procès-verbal").click()
    page.get_by_role("button", name="Clore la séance").click()
    page.get_by_role("heading", name="La séance est close").wait_for()
    return bytes(page.request.get(f"/ouverture/{seance}/proces-verbal.pdf").body())


def fichiers_ouverts(page: Any, reference: str) -> list[tuple[str, bytes]]:
    """Chaque fichier téléchargé depuis la page de l'acheteur : son nom, ses octets."""
    page.goto(f"/consultations/{reference}/plis-ouverts/")
    trouves = []
    for lien in page.locator("section[aria-labelledby^=ouverture-] tbody th a").all():
        reponse = page.request.get(lien.get_attribute("href"))
        assert reponse.ok, (lien.inner_text(), reponse.status)
        trouves.append((lien.inner_text(), bytes(reponse.body())))
    return trouves


def forcer_l_ouverture(presidence: Any, *, phrase: str) -> str:
    """Cliquer sans attendre les autres, le bouton rendu cliquable à la main. Rend le refus."""
    presidence.locator("[data-secret]").fill(phrase)
    presidence.locator("[data-tourner]").evaluate(
        "bouton => { bouton.disabled = false; bouton.click(); }"
    )
    refus = presidence.locator("[data-erreur]:not([hidden])")
    refus.wait_for(timeout=LENT_MS)
    return str(refus.inner_text())


def demander_aux_gardiens(page: Any, reference: str, presidence: str, *, demande: str) -> str:
    """Le recours, sur demande écrite. Rend la référence de la séance."""
    page.goto(f"/consultations/{reference}/ouverture/")
    page.get_by_role("link", name="demander aux gardiens").click()
    page.locator("[name=demande]").fill(demande)
    choix = page.locator("select[name=presidence]")
    choix.select_option(choix.locator("option", has_text=presidence).get_attribute("value"))
    page.get_by_role("button", name="Demander aux gardiens").click()
    page.wait_for_url(re.compile(r"/ouverture/S-[^/]+/$"))
    return str(page.url.rstrip("/").split("/")[-1])
