"""Odile, sans compte, demande ce que l'on sait d'elle :
un lien le confirme, et un inconnu ne l'a pas devancée.
"""

import re
from typing import Any

from tests.parcours.gestes.courriels import lettre, texte_de
from tests.parcours.regards import regarder
from tests.plateforme import Plateforme

ODILE = "odile@roux.example"


def demander(page: Any, texte: str) -> None:
    page.goto("/donnees-personnelles/exercer-vos-droits/")
    page.get_by_label("Votre nom").fill("Odile Roux")
    page.get_by_label("Votre adresse électronique").fill(ODILE)
    page.get_by_label("Voir ce que vous savez de moi").check()
    page.get_by_label("Votre demande").fill(texte)
    page.get_by_role("button", name="Envoyer ma demande").click()
    page.get_by_role("heading", name="Votre demande est envoyée").wait_for()


def test_le_lien_recu_confirme_la_demande(ouvrir: Any, plateforme: Plateforme) -> None:
    inconnu, odile = ouvrir(), ouvrir()
    demander(inconnu, "Je ne suis pas Odile.")
    demander(odile, "Que savez-vous de moi ?")
    assert regarder(odile) == []

    texte = texte_de(lettre(plateforme, ODILE, "[DD-"))
    odile.goto(re.search(r"/donnees-personnelles/suivre/\S+", texte).group())  # type: ignore[union-attr]
    assert regarder(odile) == []
    odile.get_by_role("link", name="voir ce que vous savez de moi").first.click()
    odile.get_by_role("button", name="Confirmer ma demande").press("Enter")
    odile.get_by_text("Réponse au plus tard le").wait_for()
    assert regarder(odile) == [] and odile.erreurs == []
