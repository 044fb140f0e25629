"""Candidatures, choix, invitation, offres, négociation :
tout le chemin d'une procédure en deux temps, au navigateur.
"""

from datetime import datetime, timedelta

import pytest

from tests.parcours.depot import texte
from tests.parcours.gestes import acheteur, entreprise, seance
from tests.parcours.gestes.confirmation import rester_reconnue
from tests.parcours.gestes.connexion import connecter
from tests.parcours.gestes.fichiers import ecrire
from tests.parcours.gestes.surveillance import sans_faute
from tests.parcours.regards import regarder
from tests.parcours.scenes import consultation_close
from tests.parcours.test_bout_en_bout import attendre

LE_TEMPS_D_OFFRIR = timedelta(seconds=100)
MOTIF = "Les capacités demandées ne sont pas justifiées."


# Chaque jour, les actes de `tours`, `selection` et `depots` jouent les deux temps,
# et le bout en bout joue l'ouverture au navigateur.
@pytest.mark.long
def test_deux_invites_offrent_et_le_troisieme_n_entre_pas(plateforme, ouvrir, tmp_path):
    close = consultation_close(
        plateforme, politique="standard", procedure="procedure_adaptee_restreinte"
    )
    helene, bernard, martine = (
        connecter(
            ouvrir(), plateforme.compte(nom), vers=f"/consultations/{close.reference}/suivre/"
        )
        for nom in ("helene", "bernard", "martine")
    )
    ouvrir_en_seance(plateforme, helene, bernard, close.reference, attendues=3)
    assert sorted(seance.fichiers_ouverts(helene, close.reference)) == sorted(close.fichiers)

    decider(martine, close.reference)
    limite = inviter(martine, close.reference)
    sophie, zoe = (
        connecter(ouvrir(), plateforme.compte(nom), vers="/mes-reponses/")
        for nom in ("sophie", "zoe")
    )
    offres = [offrir(page, tmp_path, nom) for page, nom in ((sophie, "sophie"), (zoe, "zoe"))]
    porte_fermee(connecter(ouvrir(), plateforme.compte("emile"), vers="/mes-reponses/"), sophie)
    rien_n_en_parait(martine, close.reference)
    attendre(limite)
    ouvrir_en_seance(plateforme, helene, bernard, close.reference, attendues=2)
    ouverts = seance.fichiers_ouverts(helene, close.reference)
    assert sorted(ouverts) == sorted([*close.fichiers, *offres])

    finale = negocier(plateforme, helene, sophie, close.reference, tmp_path)
    ouvrir_en_seance(plateforme, helene, bernard, close.reference, attendues=1)
    assert finale in seance.fichiers_ouverts(helene, close.reference)
    # La page a bien refusé la décision sans motif : le navigateur le note, et rien d'autre.
    martine.console = [ligne for ligne in martine.console if "422" not in ligne]
    for page in (helene, bernard, martine, sophie, zoe):
        sans_faute(page)


def ouvrir_en_seance(plateforme, helene, bernard, reference, *, attendues):
    tenue = seance.preparer(helene, reference, "Hélène Duriez")
    seance.s_asseoir(helene, tenue)
    seance.s_asseoir(bernard, tenue)
    seance.installer(helene, tenue, autres="")
    seance.tourner_les_cles(
        helene, bernard, tenue, phrase=plateforme.compte("helene")["phrase_de_cle"]
    )
    assert len(seance.ouvrir_les_enveloppes(helene)) == attendues
    seance.clore(helene, tenue)


def decider(page, reference):
    """Sophie et Zoé sont retenues ; Émile ne l'est pas, et la page veut savoir pourquoi."""
    rester_reconnue(page)
    page.goto(f"/consultations/{reference}/candidatures/selection/")
    for entreprise_, choix in (
        ("Faîtage", "Retenue"),
        ("Zingueurs", "Retenue"),
        ("Belle-Étoile", "Non retenue"),
    ):
        page.locator("section", has_text=entreprise_).get_by_label(choix, exact=True).check()
    page.get_by_role("button", name="Enregistrer les décisions").click()
    page.get_by_text("Dites pourquoi").first.wait_for()
    page.locator("section", has_text="Belle-Étoile").locator("textarea").fill(MOTIF)
    page.get_by_role("button", name="Enregistrer les décisions").click()
    page.get_by_text("Les décisions sont inscrites").wait_for()
    assert regarder(page) == []


def inviter(page, reference):
    page.goto(f"/consultations/{reference}/candidatures/inviter/")
    limite = remplir_la_limite(page)
    page.get_by_role("button", name="Inviter", exact=True).click()
    page.get_by_text("Les candidats retenus sont invités").wait_for()
    page.goto(f"/consultations/{reference}/candidatures/lettres/")
    assert MOTIF in texte(page)
    return limite


def remplir_la_limite(page):
    limite = acheteur.minute_pleine(datetime.now(acheteur.PARIS) + LE_TEMPS_D_OFFRIR)
    page.locator("[name=jour_limite]").fill(limite.strftime("%Y-%m-%d"))
    page.locator("[name=heure_limite]").fill(limite.strftime("%H:%M"))
    return limite


def offrir(page, tmp_path, nom, *, mot="offre"):
    """De « On vous attend » au récépissé. Rend le fichier remis."""
    contenu = f"%PDF-1.7 {mot} de {nom}".encode()
    [fichier] = ecrire(tmp_path / f"{mot}-{nom}", {f"{mot} de {nom}.pdf": contenu})
    page.goto("/mes-reponses/")
    page.locator("li", has_text="Entretien des chemins").get_by_role(
        "link", name="Répondre"
    ).click()
    page.wait_for_url("**/invitations/*/")
    page.invitation = page.url
    page.get_by_role("button", name="Préparer mon offre").click()
    page.wait_for_url("**/reponses/R-*/")
    reponse = page.url.rstrip("/").rsplit("/", 1)[1]
    assert "Pièces de candidature" not in texte(page)
    entreprise.aller_aux_fichiers(page, reponse, "offre")
    entreprise.choisir(page, [fichier])
    entreprise.attendre_la_reception(page, [fichier.name])
    entreprise.deposer_en_cliquant_deux_fois(page, reponse)
    assert "hors délai" not in texte(page)
    return fichier.name, contenu


def porte_fermee(emile, sophie):
    """L'adresse de l'invitation de Sophie répond à Émile comme une adresse inventée."""
    assert "On vous attend" not in texte(emile)
    sienne = sophie.invitation
    assert sophie.request.get(sienne).status == 200
    assert (
        emile.request.get(sienne).status,
        emile.request.get("/invitations/I-222222222222/").status,
    ) == (404, 404)


def rien_n_en_parait(page, reference):
    """L'acheteur sait qui est invité ;
    ni la page des tours, ni celle de l'ouverture ne dit qui a répondu.
    """
    page.goto(f"/consultations/{reference}/tours/")
    assert "Atelier du Faîtage" in texte(page) and "ni combien" in texte(page)
    assert regarder(page) == []
    page.goto(f"/consultations/{reference}/ouverture/")
    assert "Le nombre de réponses reste inconnu" in texte(page)


def negocier(plateforme, helene, sophie, reference, tmp_path):
    """Hélène n'a pas le rôle de rédiger, mais elle valide et elle ouvre :
    elle crée la clé du tour.
    """
    helene.goto(f"/consultations/{reference}/tours/")
    helene.get_by_role("link", name="Négocier").click()
    assert regarder(helene) == []
    helene.set_viewport_size({"width": 1280, "height": 900})
    helene.get_by_label("Atelier du Faîtage").check()
    limite = remplir_la_limite(helene)
    helene.locator("#secret").fill(plateforme.compte("helene")["phrase_de_cle"])
    helene.get_by_role("button", name="Créer la clé et inviter").click()
    helene.get_by_role("heading", name="Offres après négociation, tour 2").wait_for(timeout=90_000)
    finale = offrir(sophie, tmp_path, "sophie", mot="dernière offre")
    attendre(limite)
    return finale
