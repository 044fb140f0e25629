"""Un jeton ne fait que ce pour quoi il a été créé, et le dit."""

from datetime import timedelta

import pytest
import time_machine

from beffroi.faces.api.tests.logiciel import Logiciel
from beffroi.personnes.comptes.models import JetonDApi
from beffroi.personnes.comptes.portees import Portee
from beffroi.personnes.comptes.services import delivrer_jeton
from beffroi.reponse.depots.tests.factories import VEILLE

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _la_veille():
    with time_machine.travel(VEILLE, tick=False):
        yield


@pytest.fixture
def avec(client, faitage):
    def delivrer(*portees, expire_le=None):
        _, secret = delivrer_jeton(
            utilisateur=faitage.personne,
            libelle="essai",
            portees=portees,
            expire_le=expire_le,
            maintenant=VEILLE,
        )
        return Logiciel(client, secret)

    return delivrer


def test_sans_la_portee_l_appel_est_refuse_en_la_nommant(avec, consultation):
    lecteur = avec(Portee.REPONSES_LIRE)

    refus = lecteur.demander(
        "post", f"consultations/{consultation.reference}/reponses", {"lots": []}
    )

    assert (refus.status_code, refus["Content-Type"]) == (403, "application/problem+json")
    assert "« reponses:deposer »" in refus.json()["detail"]


def test_qui_ne_peut_que_lire_ne_recoit_pas_le_jeton_qui_depose(avec, reponse):
    lue = avec(Portee.REPONSES_LIRE).demander("get", f"reponses/{reponse['reponse']}")

    assert (lue.status_code, lue.json()["jeton"]) == (200, "")
    assert (
        avec(Portee.REPONSES_DEPOSER)
        .demander("get", f"reponses/{reponse['reponse']}")
        .json()["jeton"]
    )


def test_les_octets_aussi_demandent_la_portee(avec, reponse):
    refus = avec(Portee.REPONSES_LIRE).demander(
        "put", "fichiers/F-2222222222222222/parties/1/contenu"
    )

    assert refus.status_code == 403 and "« reponses:deposer »" in refus.json()["detail"]


def test_un_jeton_expire_n_identifie_plus_personne(avec, reponse):
    logiciel = avec(Portee.REPONSES_LIRE, expire_le=VEILLE + timedelta(hours=1))

    avant = logiciel.demander("get", f"reponses/{reponse['reponse']}").status_code
    with time_machine.travel(VEILLE + timedelta(hours=1), tick=False):
        apres = logiciel.demander("get", f"reponses/{reponse['reponse']}").status_code

    assert (avant, apres) == (200, 401)


def test_un_jeton_d_avant_les_portees_depose_toujours(client, faitage, consultation):
    _, secret = delivrer_jeton(utilisateur=faitage.personne, libelle="ancien", maintenant=VEILLE)
    ancien = JetonDApi.objects.get()

    commence = Logiciel(client, secret).demander(
        "post", f"consultations/{consultation.reference}/reponses", {"lots": []}
    )

    assert (ancien.expire_le, commence.status_code) == (None, 201)
    ancien.refresh_from_db()
    assert ancien.dernier_usage_le == VEILLE


def test_le_jeton_d_une_reponse_n_en_commence_pas_une_autre(logiciel, reponse, consultation):
    refus = logiciel.demander(
        "post", f"consultations/{consultation.reference}/reponses", {"lots": []}
    )

    assert refus.status_code == 403 and "jeton personnel" in refus.json()["detail"]


def test_la_description_dit_la_portee_de_chaque_appel(client, db):
    chemins = client.get("/api/v1/openapi.json").json()["paths"]

    assert chemins["/api/v1/reponses/{reference}/fichiers"]["post"]["security"] == [
        {"Jeton": ["reponses:deposer"]},
        {"Session": []},
    ]
    assert {"Jeton": ["reponses:lire"]} in chemins["/api/v1/reponses/{reference}"]["get"][
        "security"
    ]
    assert "security" not in chemins["/api/v1/recherche"]["get"]
