"""Hélène et Bernard répètent l'ouverture, chacun sur son poste, au clavier seul :
axe passe partout, rien n'est ouvert.
"""

import sqlite3

import pytest

from tests.parcours.gestes import repetition
from tests.parcours.gestes.clavier import presser
from tests.parcours.gestes.connexion import connecter
from tests.parcours.gestes.surveillance import sans_faute
from tests.parcours.regards import regarder

PHRASE = "Les ardoises attendent mars"
BANNIERE = "Répétition : aucune réponse n’est ouverte"


# Chaque jour, la vraie séance s'ouvre à deux sur deux postes.
@pytest.mark.long
def test_deux_personnes_repetent_sur_leurs_deux_postes(plateforme, ouvrir):
    reference = [
        c["reference"] for c in plateforme.recit["consultations"] if c["etat"] == "publiee"
    ][1]
    accueil = f"/consultations/{reference}/repetition/"
    helene, bernard = (
        connecter(ouvrir(), plateforme.compte(nom), vers=accueil) for nom in ("helene", "bernard")
    )
    avant = compter(plateforme)
    vus = []

    def voir(page):
        assert page.locator(".banniere", has_text=BANNIERE).count() == 1, page.url
        vus.extend(f"{page.url} : {faute}" for faute in regarder(page))

    voir(helene)
    repetition.commencer(helene, reference, phrase=PHRASE)
    repetition.rejoindre(bernard, reference)
    voir(bernard)
    repetition.comparer_le_code(helene, bernard)
    voir(helene)
    refuser_la_vraie_part(bernard, plateforme, reference)
    repetition.tourner_sa_cle(bernard, phrase=plateforme.compte("bernard")["phrase_de_cle"])
    repetition.tourner_les_cles(helene, phrase=plateforme.compte("helene")["phrase_de_cle"])
    voir(helene)
    presser(helene, helene.get_by_role("button", name="Ouvrir l’enveloppe d’essai"))
    for page in (helene, bernard):
        page.get_by_text(PHRASE).wait_for(timeout=repetition.LENT_MS)
        voir(page)
    presser(helene, helene.get_by_role("button", name="C’est ma phrase"))
    for page in (helene, bernard):
        page.get_by_role("heading", name="La répétition est réussie").wait_for(
            timeout=repetition.LENT_MS
        )
        voir(page)
        sans_faute(page)

    helene.goto(f"/consultations/{reference}/suivre/")
    assert "par Bernard Lefebvre et Hélène Duriez" in helene.locator("main").inner_text().replace(
        "\xa0", " "
    )
    assert vus == []
    assert compter(plateforme) == avant
    assert plateforme.verifier().returncode == 0


def refuser_la_vraie_part(bernard, plateforme, reference):
    """Sa part de la vraie clé,
    qu'un serveur hostile lui présente comme celle de l'essai, ne quitte pas son poste.
    """
    with repetition.serveur_hostile(bernard, part_de_bernard(plateforme, reference)) as envois:
        bernard.locator("[data-quelle-cle]", has_text="clé d'essai").wait_for()
        bernard.locator("[data-secret]").fill(plateforme.compte("bernard")["phrase_de_cle"])
        bernard.locator("[data-remettre] [data-tourner]").click()
        bernard.get_by_text("n'est pas celle de cette clé").wait_for(timeout=repetition.LENT_MS)
        assert envois == []


def part_de_bernard(plateforme, reference) -> dict[str, object]:
    base = sqlite3.connect(
        f"file:{plateforme.dossier / 'beffroi.sqlite3'}?mode=ro", uri=True, timeout=20
    )
    base.row_factory = sqlite3.Row
    try:
        return dict(
            base.execute(
                "SELECT p.contenu AS part, k.empreinte, k.enregistrement FROM cles_partdecle p"
                " JOIN cles_pairedecles k ON k.id = p.paire_id"
                " JOIN consultations_consultation c ON c.cle_offre_id = k.id"
                " JOIN cles_identitedemembre i ON i.id = p.identite_id JOIN comptes_utilisateur u"
                " ON u.id = i.utilisateur_id WHERE c.reference = ? AND u.nom = 'Bernard Lefebvre'",
                (reference,),
            ).fetchone()
        )
    finally:
        base.close()


def compter(plateforme) -> tuple[int, ...]:
    """Les séances, les enveloppes ouvertes, les parts des vraies clés :
    une répétition n'en change aucune.
    """
    base = sqlite3.connect(
        f"file:{plateforme.dossier / 'beffroi.sqlite3'}?mode=ro", uri=True, timeout=20
    )
    try:
        tables = ("ouverture_seance", "ouverture_ouverturepli", "cles_partdecle")
        return tuple(
            base.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0] for table in tables
        )
    finally:
        base.close()
