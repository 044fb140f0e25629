"""Le même contrat, dans deux fichiers confirmés au même instant : il paraît une fois."""

import pytest

from beffroi.contrat.donnees_essentielles import services
from beffroi.contrat.donnees_essentielles.models import FicheDeContrat
from beffroi.contrat.donnees_essentielles.tests.scene import LE, MARCHE, agent, organisme
from formats.decp import Paquet
from formats.decp.ecriture import en_json
from tests.moteurs.ensemble import ensemble, sauter_sans_verrou_de_ligne, sortes

pytestmark = pytest.mark.django_db(transaction=True)


def deposer(martine):
    octets = en_json(Paquet(marches=(MARCHE,), concessions=()))
    return services.deposer_un_fichier(
        organisme=organisme(), nom="decp.json", octets=octets, par=martine, maintenant=LE
    )


def confirmer(depose, martine):
    empreinte = services.apercu(depose).empreinte
    return lambda: services.appliquer(
        depose=depose, empreinte=empreinte, par=martine, maintenant=LE
    )


def test_deux_imports_du_meme_contrat_ensemble_le_second_apprend_qu_il_est_publie():
    sauter_sans_verrou_de_ligne()
    martine = agent(organisme(), "redacteur")

    rendus = ensemble(*(confirmer(deposer(martine), martine) for _ in range(2)))

    assert sortes(rendus) == ["ImportDeContrats", "RegleEnfreinte"]
    assert FicheDeContrat.objects.count() == 1
