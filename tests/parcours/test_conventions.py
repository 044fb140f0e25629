"""Une commune demande à adhérer, signe, est activée, son agent se connecte ;
une autre part, et ce qui court va à son terme.
"""

import re
import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from droit.calendrier.jours import mois_apres
from tests.parcours.gestes.connexion import connecter
from tests.plateforme import Plateforme, attendre, une_copie

SIREN, SIRET = "216200535", "21620053500013"
MOT_DE_PASSE = "quatre mots pour une mairie neuve"
JOUR = date.today()


@pytest.fixture(scope="module")
def plateforme(
    origine: Plateforme, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Plateforme]:
    """La sienne : des conventions y naissent et y finissent."""
    with une_copie(origine, tmp_path_factory.mktemp("conventions") / "donnees") as copie:
        yield copie


def lire(plateforme: Plateforme, requete: str, *valeurs: Any) -> list[Any]:
    base = sqlite3.connect(
        f"file:{plateforme.dossier / 'beffroi.sqlite3'}?mode=ro", uri=True, timeout=20
    )
    try:
        return base.execute(requete, valeurs).fetchall()
    finally:
        base.close()


def lien(plateforme: Plateforme, destinataire: str, motif: str) -> str:
    """L'adresse que le dernier courriel de cette personne lui donne."""
    textes = lire(
        plateforme,
        "SELECT texte FROM socle_courriel WHERE destinataire = ? ORDER BY id DESC",
        destinataire,
    )
    trouve = next(
        trouve for (texte,) in textes if (trouve := re.search(rf"https?://\S+{motif}\S*", texte))
    )
    return urlsplit(trouve[0]).path


def demander(page: Any, plateforme: Plateforme) -> None:
    page.goto("/adherer/")
    page.get_by_label("SIREN de la collectivité").fill(SIREN)
    page.get_by_label("Nom de la collectivité").fill("Commune d'Audincthun")
    page.get_by_label("Votre nom").fill("Lucie Wallart")
    page.get_by_label("Votre adresse électronique professionnelle").fill("lucie@audincthun.example")
    page.get_by_label("Consultations par an").fill("3")
    page.get_by_role("button", name="Envoyer la demande").click()
    page.get_by_role("heading", name="Regardez vos courriels").wait_for()
    page.goto(lien(plateforme, "lucie@audincthun.example", "/adherer/confirmer/"))
    page.get_by_role("button", name="Oui, c’est ma demande").click()
    page.get_by_role("heading", name="Votre demande est reçue").wait_for()


def geste(
    page: Any, lien_: str, bouton: str, *, fichier: Path | None = None, **champs: str
) -> None:
    """Un acte de la fiche : l'ouvrir, le remplir, l'envoyer, revenir à la fiche."""
    page.get_by_role("link", name=lien_, exact=True).click()
    for nom, valeur in champs.items():
        page.locator(f"main [name={nom}]").first.fill(valeur)
    if fichier:
        page.locator("main [name=fichier]").set_input_files(str(fichier))
    page.get_by_role("button", name=bouton).click()
    page.get_by_role("heading", name="L’histoire").wait_for()


def fiche_de(page: Any, nom: str) -> None:
    page.goto("/cdg/conventions/?vue=liste")
    page.get_by_role("link", name=nom, exact=True).click()


def document_signe(dossier: Path, partie: str) -> Path:
    document = dossier / f"signe-{partie}.pdf"
    document.write_bytes(f"%PDF-1.7 signé {partie}".encode())
    return document


def signer(page: Any, partie: str, document: Path) -> None:
    tenter_de_signer(page, partie, document)
    page.get_by_role("heading", name="L’histoire").wait_for()


def tenter_de_signer(page: Any, partie: str, document: Path) -> None:
    page.get_by_role("link", name="Déposer une signature", exact=True).click()
    page.get_by_label(partie, exact=True).check()
    page.locator("main [name=le]").fill(JOUR.isoformat())
    page.locator("main [name=fichier]").set_input_files(str(document))
    page.locator("main [name=constat]").fill("La signature et le cachet, à la dernière page.")
    page.get_by_role("button", name="Garder l’exemplaire signé").click()


def donner_le_siret(page: Any) -> None:
    page.goto(f"/cdg/adherents/{SIREN}/modifier/")
    page.locator("main [name=siret]").fill(SIRET)
    page.locator("main form:has([name=siret]) button[type=submit]").first.click()


def test_une_commune_demande_signe_est_activee_et_son_agent_se_connecte(
    ouvrir: Any, plateforme: Plateforme, tmp_path: Path
) -> None:
    document = tmp_path / "document.pdf"
    document.write_bytes(b"%PDF-1.7 un document")
    demander(ouvrir(), plateforme)

    nadege = ouvrir()
    connecter(nadege, plateforme.compte("nadege"))
    donner_le_siret(nadege)
    fiche_de(nadege, "Commune d’Audincthun")
    geste(
        nadege,
        "Préparer le projet",
        "Garder le projet",
        representant="son maire, Paul Wallart",
        signataire="Le Maire",
        siege="la mairie est située 1 rue Haute 62560 Audincthun",
        contact_donnees="mairie@audincthun.example",
    )
    geste(nadege, "Envoyer le projet", "Envoyer à la collectivité")
    geste(
        nadege,
        "Noter la délibération",
        "Garder la délibération",
        fichier=document,
        numero="2026-31",
        prise_le=(JOUR - timedelta(days=3)).isoformat(),
        executoire_le=(JOUR - timedelta(days=1)).isoformat(),
        date_de_l_acte=JOUR.isoformat(),
    )
    tenter_de_signer(nadege, "L’adhérent", document)
    nadege.get_by_text("la signature attendue n’y est pas").first.wait_for()
    nadege.get_by_role("link", name="Commune d’Audincthun").first.click()
    signer(nadege, "L’adhérent", document_signe(tmp_path, "adherent"))
    signer(nadege, "Le centre de gestion", document_signe(tmp_path, "centre"))
    geste(nadege, "Activer", "Activer et inviter")
    assert "Active" in nadege.locator("main").inner_text()
    [(effet, terme)] = lire(
        plateforme,
        "SELECT prise_d_effet, terme FROM conventions_convention c JOIN adherents_adherent a"
        " ON a.id = c.adherent_id WHERE a.siren = ?",
        SIREN,
    )
    assert (effet, terme > effet) == (JOUR.isoformat(), True)

    lucie = ouvrir()
    lucie.goto(lien(plateforme, "lucie@audincthun.example", "/invitation/"))
    for champ in lucie.locator("main input[type=password]").all():
        champ.fill(MOT_DE_PASSE)
    lucie.locator("main form button[type=submit]").first.click()
    se_connecter(lucie)
    assert "Audincthun" in lucie.content()


def se_connecter(page: Any) -> None:
    page.goto("/compte/connexion/")
    if page.locator("[name=login]").count():
        page.locator("[name=login]").fill("lucie@audincthun.example")
        page.locator("[name=password]").fill(MOT_DE_PASSE)
        page.locator("main form button[type=submit]").first.click()


# Chaque jour, `centre/conventions` joue la fin et ce qui court par ses écrans.
@pytest.mark.long
def test_une_commune_s_en_va_la_fin_est_juste_et_ce_qui_court_va_a_son_terme(
    ouvrir: Any, plateforme: Plateforme, tmp_path: Path
) -> None:
    preuve = tmp_path / "avis.pdf"
    preuve.write_bytes(b"%PDF-1.7 avis de reception")
    recue = JOUR - timedelta(days=100)
    nadege = ouvrir()
    connecter(nadege, plateforme.compte("nadege"))
    fiche_de(nadege, "Commune de Bomy")
    nadege.get_by_role("link", name="Finir la convention").click()
    nadege.get_by_role("link", name=re.compile("Noter la lettre.*se retire")).click()
    nadege.locator("main [name=recue_le]").fill((JOUR + timedelta(days=1)).isoformat())
    nadege.locator("main [name=fichier]").set_input_files(str(preuve))
    nadege.get_by_role("button", name="Garder la lettre").click()
    assert "n’est pas encore venu" in nadege.locator("main").inner_text()
    nadege.locator("main [name=recue_le]").fill(recue.isoformat())
    nadege.locator("main [name=fichier]").set_input_files(str(preuve))
    nadege.get_by_role("button", name="Garder la lettre").click()
    nadege.get_by_role("heading", name="La fin").wait_for()

    convention = (
        "SELECT c.etat, c.fin FROM conventions_convention c JOIN adherents_adherent a ON "
        "a.id = c.adherent_id"
        " WHERE a.nom = 'Commune de Bomy'"
    )
    assert lire(plateforme, convention)[0][1] == mois_apres(recue, 2).isoformat()
    attendre(lambda: lire(plateforme, convention)[0][0] == "close", delai_s=90)
    nadege.reload()
    assert nadege.get_by_role("heading", name="Consultations qui vont à leur terme").count() == 1
    [(publiee,), *_] = lire(
        plateforme,
        "SELECT reference FROM consultations_consultation WHERE etat = 'publiee'"
        " AND organisme_id = (SELECT id FROM organismes_organisme WHERE nom LIKE '%Bomy%')",
    )
    assert publiee in nadege.locator("main").inner_text()

    martine = ouvrir()
    connecter(martine, plateforme.compte("martine"))
    martine.goto(f"/consultations/{publiee}/suivre/")
    assert martine.locator("h1").count() == 1 and "Page introuvable" not in martine.content()
    assert lire(
        plateforme,
        "SELECT peut_creer_des_consultations FROM organismes_organisme WHERE nom LIKE '%Bomy%'",
    ) == [(0,)]
