"""Demander, répondre, et que tous le sachent :
une entreprise, l'acheteur, un lecteur sans compte ni script.
"""

import re
import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest

from tests.parcours.gestes.connexion import connecter
from tests.parcours.gestes.courriels import lettre, texte_de
from tests.parcours.regards import DEBORDE, regarder
from tests.plateforme import Plateforme, une_copie

DEMANDE = "Faut-il prévoir l'échafaudage dans le prix ? <b>Atelier du Faîtage</b>"
PUBLIQUE, REPONSE = "Le prix comprend-il l'échafaudage ?", "Oui, pour les deux versants."


@pytest.fixture(scope="module")
def plateforme(
    origine: Plateforme, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Plateforme]:
    """La sienne : une question y naît et s'y répond."""
    with une_copie(origine, tmp_path_factory.mktemp("questions") / "donnees") as copie:
        yield copie


def demander(page: Any, reference: str) -> str:
    page.goto(f"/consultations/{reference}/questions/poser/")
    page.locator("[name=texte]").fill(DEMANDE)
    page.locator("[name=piece_1]").set_input_files(
        {"name": "atelier-du-faitage.txt", "mimeType": "text/plain", "buffer": b"Croquis"}
    )
    page.get_by_role("button", name="Envoyer la question").press("Enter")
    page.wait_for_url("**/questions/Q-*/")
    return page.url.rstrip("/").rpartition("/")[2]


def repondre(page: Any, reference: str, question: str) -> None:
    page.goto(f"/consultations/{reference}/questions/gerer/{question}/")
    page.locator("[name=question_publique]").fill(PUBLIQUE)
    page.locator("[name=texte]").fill(REPONSE)
    page.locator("[name=suite][value=non]").check()
    page.locator("[name=motif_sans_changement]").fill("Le CCTP le dit.")
    page.get_by_role("button", name="Garder le brouillon et relire").click()
    page.get_by_role("heading", name="Ce que tous liront").wait_for()


def prevenus(plateforme: Plateforme, question: str) -> set[str]:
    base = sqlite3.connect(
        f"file:{plateforme.dossier / 'beffroi.sqlite3'}?mode=ro", uri=True, timeout=20
    )
    try:
        requete = "SELECT destinataire FROM socle_courriel WHERE cle LIKE ?"
        return {
            str(ligne[0]) for ligne in base.execute(requete, (f"question:{question}:reponse:%",))
        }
    finally:
        base.close()


def test_une_question_devient_une_reponse_que_tous_lisent_sans_savoir_qui_a_demande(
    plateforme, ouvrir
):
    sophie = connecter(ouvrir(largeur=360), plateforme.compte("sophie"))
    martine = connecter(ouvrir(), plateforme.compte("martine"))
    reference = plateforme.consultation("publiee")["reference"]

    question = demander(sophie, reference)
    assert not sophie.evaluate(DEBORDE)
    repondre(martine, reference, question)
    assert not any(mot in martine.content() for mot in ("Sophie Merlin", "atelier-du-faitage"))
    martine.get_by_role("button", name="Publier la réponse").click()
    martine.wait_for_url("**/questions/gerer/")

    lecteur = ouvrir(largeur=360, java_script_enabled=False)
    lecteur.goto(f"/consultations/{reference}/questions/")
    lu = lecteur.content()
    assert (REPONSE in lu, "échafaudage" in lu) == (True, True)
    assert not any(mot in lu for mot in ("Sophie", "Faîtage", "faitage", question))
    assert "sophie@faitage.example" in prevenus(plateforme, question)
    sophie.reload()
    assert "La réponse est publiée" in sophie.content()
    assert sophie.erreurs == martine.erreurs == []


def test_sans_compte_ni_script_une_question_part_par_le_lien_recu_et_la_reponse_revient(
    plateforme, ouvrir
):
    curieuse, reference = (
        "curieuse@couverture.example",
        plateforme.consultation("publiee")["reference"],
    )
    visiteuse = ouvrir(largeur=360, java_script_enabled=False)
    visiteuse.goto(f"/consultations/{reference}/questions/")
    visiteuse.get_by_role("link", name="Poser une question").click()
    visiteuse.get_by_label("Votre adresse électronique").fill(curieuse)
    visiteuse.get_by_role("button", name="Recevoir le lien").click()
    lien = re.search(
        r"https?://\S+/questions/sans-compte/\S+",
        texte_de(lettre(plateforme, curieuse, "Votre lien")),
    )

    visiteuse.goto(lien.group())
    visiteuse.get_by_label("Votre question").fill(DEMANDE)
    visiteuse.get_by_role("button", name="Envoyer la question").click()
    question = re.search(r"Q-[0-9A-Z]+", visiteuse.locator("main").inner_text()).group()
    assert visiteuse.context.cookies() == []

    martine = connecter(ouvrir(), plateforme.compte("martine"))
    repondre(martine, reference, question)
    assert curieuse not in martine.content()
    martine.get_by_role("button", name="Publier la réponse").click()
    martine.wait_for_url("**/questions/gerer/")

    assert REPONSE in texte_de(lettre(plateforme, curieuse, "Question n°"))
    relue = ouvrir(largeur=360)
    relue.goto(lien.group())
    assert regarder(relue) == []
