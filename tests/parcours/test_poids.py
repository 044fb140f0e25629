"""Une page publique est légère : elle s'ouvre en bout de ligne, d'un vieux téléphone, à 11 h 58."""

from typing import Any

import pytest

from tests.parcours.ecran import Ecran, Objets
from tests.parcours.poids import adresse, peser, publics
from tests.plateforme import Plateforme

OCTETS, SCRIPT, DEMANDES = 90_000, 10_000, 8
# Ces pages calculent : leur programme est celui qui scelle, qu'il faut bien charger pour
# l'éprouver, relire un reçu, ou relire le registre.
OUTILS = {"essai:diagnostic", "reponses:verifier", "consultations:cles_publiees"}
SCRIPT_D_UN_OUTIL = 60_000
# La porte du dépôt charge déjà, en petits modules, ce que suivent les écrans d'après.
DEMANDES_DU_DEPOT = 14


@pytest.mark.parametrize("ecran", publics(), ids=str)
def test_une_page_publique_est_legere(ecran: Ecran, chromium: Any, plateforme: Plateforme) -> None:
    pesee = peser(
        chromium, plateforme.adresse, adresse(ecran, Objets(plateforme.dossier, plateforme.recit))
    )

    assert pesee.octets["Document"] > 0
    assert pesee.total <= OCTETS, pesee
    assert pesee.script <= (SCRIPT_D_UN_OUTIL if ecran.route in OUTILS else SCRIPT), pesee
    assert pesee.demandes <= (
        DEMANDES_DU_DEPOT if ecran.route == "reponses:commencer" else DEMANDES
    ), pesee
