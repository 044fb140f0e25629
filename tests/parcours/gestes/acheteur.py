"""Ce que fait l'acheteur au navigateur : rédiger, créer les clés, les essayer, publier."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.parcours.gestes.clavier import ecrire, presser
from tests.parcours.gestes.fichiers import pieces_du_dossier

PARIS = ZoneInfo("Europe/Paris")
# Une clé s'ouvre lentement, exprès ; sur une machine chargée, deux à la fois.
LENT_MS = 90_000
# Le temps laissé à Sophie, au moins. Les heures limites tombent à la minute pile.
LE_TEMPS_DE_REPONDRE = timedelta(seconds=75)


def rediger(page: Any, titre: str, lots: tuple[str, ...]) -> str:
    """Un brouillon neuf : les questions, puis les documents. Rend sa référence."""
    reference = repondre_aux_questions(page, titre, lots)
    page.goto(f"/consultations/{reference}/preparer/documents/")
    for sorte, nom, octets in pieces_du_dossier():
        page.locator("select[name=sorte]").select_option(sorte)
        page.locator("input[name=fichier]").set_input_files(
            {"name": nom, "mimeType": "application/octet-stream", "buffer": octets}
        )
        page.get_by_role("button", name="Ajouter au dossier").click()
        page.locator("td bdi", has_text=nom).wait_for()
    return str(reference)


def repondre_aux_questions(page: Any, titre: str, lots: tuple[str, ...]) -> str:
    """Cinq écrans, de ce que l'on achète au calendrier ; les dates proposées sont gardées."""
    page.goto("/consultations/nouvelle/")
    page.locator("[name=titre]").fill(titre)
    page.locator("[name=objet]").fill(
        "La commune refait la couverture de la halle, puis sa charpente."
    )
    page.get_by_label("Des travaux").check()
    page.locator("[name=lieu]").fill("Bomy")
    page.get_by_role("button", name="Ouvrir le brouillon").click()
    page.wait_for_url("**/preparer/montant/")
    reference = page.url.rstrip("/").split("/")[-3]
    page.locator("[name=estime]").fill("84 500")
    page.locator("[name=duree_en_mois]").fill("4")
    continuer(page, "lots")
    for rang, intitule in enumerate(lots):
        page.locator(f"[name=ligne-{rang}-intitule]").fill(intitule)
    if not lots:
        page.locator("[name=motif]").select_option(index=1)
    continuer(page, "criteres")
    continuer(page, "calendrier")
    continuer(page, "pieces")
    return str(reference)


def continuer(page: Any, vers: str) -> None:
    page.get_by_role("button", name="Garder et continuer").click()
    page.wait_for_url(f"**/preparer/{vers}/")


def refaire(page: Any) -> None:
    """De l'annonce au brouillon neuf, ses réponses à confirmer."""
    page.get_by_role("button", name="Ouvrir le brouillon").click()
    page.wait_for_url("**/preparer/achat/")


def preparer_un_retrait(page: Any) -> None:
    """Le dernier document ne comptera plus ; la page suivante dit s'il faut prolonger."""
    if not page.get_by_role("link", name="Continuer vers la version").count():
        page.get_by_role("button", name="Retirer").last.click()
    page.get_by_role("link", name="Continuer vers la version").click()


def designer(page: Any, reference: str, personnes: tuple[str, ...]) -> None:
    page.goto(f"/consultations/{reference}/preparer/membres/")
    for nom in personnes:
        choix = page.locator("select[name=personne]")
        choix.select_option(choix.locator("option", has_text=nom).get_attribute("value"))
        page.get_by_role("button", name="Désigner", exact=True).click()
        page.get_by_role("rowheader", name=nom).wait_for()


def une_cle_suffit(page: Any) -> None:
    """À trois, le double contrôle est proposé ;
    l'acheteur choisit qu'une clé ouvre, et arrive aux clés.
    """
    page.get_by_label("Standard").check()
    page.get_by_role("button", name="Garder ce choix et continuer").click()
    page.wait_for_url("**/cles/")


def creer_les_cles(page: Any, reference: str, phrase: str) -> None:
    """La personne ouvre sa clé : elle signe celles de la consultation."""
    adresse = f"/consultations/{reference}/cles/"
    if not page.url.endswith(adresse):
        page.goto(adresse)
    page.locator("#secret").fill(phrase)
    page.get_by_role("button", name="Créer les clés").click()
    page.get_by_role("heading", name="Clés créées").wait_for(timeout=LENT_MS)


def essayer_sa_cle(page: Any, phrase: str) -> None:
    """Ouvre sa clé et ce qui lui est scellé. Une seule ouverture fait tous les essais."""
    page.goto("/cles/")
    page.get_by_role("link", name="Essayer ma clé").first.click()
    ecrire(page, page.locator("#secret"), phrase)
    presser(page, page.get_by_role("button", name="Ouvrir et vérifier"))
    page.get_by_text("essai est réussi").wait_for(timeout=LENT_MS)
    page.goto("/cles/")
    assert page.get_by_role("link", name="Essayer ma clé").count() == 0


def fixer_une_limite_proche(page: Any, reference: str) -> datetime:
    """En procédure adaptée, un délai court avertit sans empêcher.

    C'est l'attente du test qui le veut si court.
    """
    limite = minute_pleine(datetime.now(PARIS) + LE_TEMPS_DE_REPONDRE)
    page.goto(f"/consultations/{reference}/preparer/calendrier/")
    page.locator("[name=jour_limite]").fill(limite.strftime("%Y-%m-%d"))
    page.locator("[name=heure_limite]").fill(limite.strftime("%H:%M"))
    page.get_by_text("Questions et ouverture").click()
    for champ in ("jour_questions", "heure_questions", "jour_ouverture", "heure_ouverture"):
        page.locator(f"[name={champ}]").fill("")
    page.locator("[name=jour_envoi]").fill(datetime.now(PARIS).strftime("%Y-%m-%d"))
    continuer(page, "pieces")
    return limite


def minute_pleine(instant: datetime) -> datetime:
    return (instant + timedelta(seconds=59)).replace(second=0, microsecond=0)


def publier(page: Any, reference: str) -> None:
    """Deux écrans : on vérifie, puis on publie."""
    page.goto(f"/consultations/{reference}/preparer/verifier/")
    page.get_by_role("heading", name="À relire").wait_for()
    page.get_by_text("Le délai est permis, mais court").first.wait_for()
    page.get_by_role("link", name="Aller à la publication").click()
    page.get_by_role("button", name="Publier", exact=True).click()
    page.get_by_text("La consultation est publiée").wait_for()


def prolonger_si_le_temps_manque(
    page: Any, reference: str, limite: datetime, *, il_faut: timedelta
) -> datetime:
    """Sur une machine lente,
    l'acheteur repousse l'heure limite d'une minute ou deux, au vu de tous.
    """
    if limite - datetime.now(PARIS) > il_faut:
        return limite
    nouvelle = minute_pleine(datetime.now(PARIS) + il_faut)
    page.goto(f"/consultations/{reference}/suivre/prolonger/")
    page.locator("[name=jour_limite]").fill(nouvelle.strftime("%Y-%m-%d"))
    page.locator("[name=heure_limite]").fill(nouvelle.strftime("%H:%M"))
    page.locator("[name=motif]").fill("Une panne du service a gêné les envois.")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/suivre/")
    return nouvelle


def prolonger_de_dix_jours(page: Any) -> None:
    """Après quoi le règlement en ligne dit encore l'ancienne heure limite."""
    champ = page.locator("[name=jour_limite]")
    champ.fill(
        (datetime.fromisoformat(champ.input_value()) + timedelta(days=10)).strftime("%Y-%m-%d")
    )
    page.locator("[name=motif]").fill("Une visite est ajoutée.")
    with page.expect_navigation():
        page.get_by_role("button", name="Prolonger pour tout le monde").click()
    page.get_by_text("Règlement à remplacer").wait_for()


def sans_bernard(page: Any) -> None:
    """Depuis la liste des personnes : Bernard n'aura plus de part."""
    page.locator("[name=vers]:checked").first.uncheck()
    page.get_by_role("button", name="Continuer").click()
    page.get_by_role("heading", name="Ce qui change").wait_for()


def par_les_gardiens(page: Any) -> None:
    """Les clés des membres sont perdues : deux gardiens refont les parts."""
    page.get_by_label("Avec deux gardiens").check()
    page.get_by_label("Demande écrite").fill("Lettre du maire du 12 janvier 2027, clés perdues")
    sans_bernard(page)
