"""Plus personne, à la mairie, n'a sa clé :
deux gardiens sur trois ouvrent, sur demande écrite, et tout le monde le sait.
"""

import re
import sqlite3

from tests.parcours.depot import texte
from tests.parcours.gestes import seance
from tests.parcours.gestes.connexion import connecter
from tests.parcours.gestes.surveillance import sans_faute
from tests.parcours.scenes import consultation_close

DEMANDE = "lettre de Mme Duriez, maire, du 24 novembre 2026"


def test_deux_gardiens_ouvrent_et_chacun_le_sait(plateforme, ouvrir):
    close = consultation_close(plateforme, politique="standard")
    helene = connecter(
        ouvrir(), plateforme.compte("helene"), vers=f"/consultations/{close.reference}/ouverture/"
    )
    tenue = seance.demander_aux_gardiens(helene, close.reference, "Hélène Duriez", demande=DEMANDE)

    agnes = connecter(
        ouvrir(),
        plateforme.compte("agnes"),
        vers=lien_recu(plateforme, "agnes@archives.example", tenue),
    )
    benoit = connecter(ouvrir(), plateforme.compte("benoit"), vers="/a-faire/")
    benoit.get_by_role("link", name="Ouvrir avec votre clé de gardien").first.click()
    benoit.get_by_role("button", name="Rejoindre la séance").wait_for()
    for page in (helene, agnes, benoit):
        seance.s_asseoir(page, tenue)
    seance.installer(helene, tenue, autres="")
    for page in (helene, agnes):
        assert (
            "Recours aux gardiens Deux gardiens ouvrent à la place de l'acheteur. "
            f"Demande écrite : {DEMANDE}"
        ) in (texte(page) if page is helene else relue(page, tenue))
    assert "2 gardiens sur 3 suffisent pour ouvrir." in texte(helene)

    for nom, page in (("agnes", agnes), ("benoit", benoit)):
        seance.comparer_le_code(helene, page, tenue, nom=plateforme.compte(nom)["nom"])
        seance.tourner_sa_cle(page, phrase=plateforme.compte(nom)["phrase_de_cle"])
    seance.ouvrir_avec_les_cles(helene)
    seance.ouvrir_les_enveloppes(helene)
    pv = seance.clore(helene, tenue)

    assert sorted(seance.fichiers_ouverts(helene, close.reference)) == sorted(close.fichiers)
    assert DEMANDE in texte_du_pdf(pv) and "Agnès Warin" in texte_du_pdf(pv)
    assert prevenues(plateforme, close.reference) == [
        "sophie@faitage.example",
        "zoe@zingueurs.example",
    ]
    visiteur = ouvrir()
    visiteur.goto(f"/consultations/{close.reference}/")
    assert "Deux gardiens ouvrent les réponses à sa place, sur demande écrite." in texte(visiteur)
    assert au_registre(plateforme, tenue) == ["gardiens.recours"]
    assert agnes.request.get(f"/consultations/{close.reference}/plis-ouverts/").status == 404
    agnes.goto("/a-faire/")
    assert "Ouvrir avec votre clé" not in texte(agnes)
    for page in (helene, agnes, benoit, visiteur):
        sans_faute(page)


def relue(page, tenue):
    page.goto(f"/ouverture/{tenue}/")
    return texte(page)


def lien_recu(plateforme, destinataire, tenue):
    """Le lien du courriel, tel que la boîte d'envoi le garde."""
    (courriel,) = lire(
        plateforme,
        (
            "SELECT texte FROM socle_courriel WHERE destinataire = ? "
            "AND sujet LIKE 'Votre clé de gardien%'"
        ),
        destinataire,
    )
    return re.search(rf"/ouverture/{tenue}/", courriel)[0]


def lire(plateforme, requete, *valeurs):
    base = sqlite3.connect(
        f"file:{plateforme.dossier / 'beffroi.sqlite3'}?mode=ro", uri=True, timeout=20
    )
    try:
        return [ligne[0] for ligne in base.execute(requete, valeurs)]
    finally:
        base.close()


def prevenues(plateforme, reference):
    sujet = f"Les gardiens des clés sont appelés pour la consultation {reference}"
    return lire(
        plateforme,
        "SELECT destinataire FROM socle_courriel WHERE sujet = ? ORDER BY destinataire",
        sujet,
    )


def au_registre(plateforme, tenue):
    return lire(
        plateforme,
        "SELECT acte FROM journal_ecriture WHERE sujet = ? AND acte LIKE 'gardiens.%'",
        tenue,
    )


def texte_du_pdf(octets):
    import pypdfium2

    pages = pypdfium2.PdfDocument(octets)
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pages)
