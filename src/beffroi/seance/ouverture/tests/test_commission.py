"""La commission : son quorum, sa convocation, ce que le procès-verbal en dit.

Rien n'empêche d'ouvrir.
"""

from datetime import date

import pytest
import time_machine

from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.seance.ouverture import commission as commissions
from beffroi.seance.ouverture import services
from beffroi.seance.ouverture.rules import Commission, convocation, quorum
from beffroi.seance.ouverture.tests import factories
from beffroi.seance.ouverture.tests.factories import SEANCE_LE
from beffroi.socle.fondations.erreurs import ConflitEtat, RoleManquant
from beffroi.socle.journal.models import Ecriture

pytestmark = pytest.mark.moteurs

SEANCE_DU = date(2027, 1, 13)


def commission(presents: int, absents: int, suppleants: int = 0, **options) -> Commission:
    return Commission(
        titulaires_presents=tuple(f"Titulaire {n}" for n in range(presents)),
        titulaires_absents=tuple(f"Absent {n}" for n in range(absents)),
        suppleants_presents=tuple(f"Suppléant {n}" for n in range(suppleants)),
        **options,
    )


@pytest.mark.parametrize(
    ("presents", "absents", "suppleants", "atteint"),
    [
        (6, 0, 0, True),
        (4, 2, 0, True),
        (3, 3, 0, False),
        (3, 3, 1, True),
        (2, 4, 1, False),
        (2, 2, 0, False),
        (3, 1, 0, True),
        (3, 0, 5, True),
        (1, 3, 1, False),
        (1, 0, 0, True),
    ],
)
def test_le_quorum_est_plus_de_la_moitie_des_voix(presents, absents, suppleants, atteint):
    decision = quorum(commission(presents, absents, suppleants))

    assert decision.favorable is atteint
    assert "CGCT, art. L. 1411-5 et L. 1414-2" in str(decision.motifs[0])


def test_un_suppleant_ne_fait_pas_plus_de_voix_que_de_titulaires():
    assert commission(3, 1, 5).voix_presentes == 4


def test_les_voix_consultatives_ne_comptent_pas():
    assert not quorum(
        commission(2, 2, consultatifs_presents=("Comptable public", "Juriste"))
    ).favorable


def test_une_seconde_convocation_se_passe_de_quorum():
    decision = quorum(commission(1, 5, seconde_convocation=True))

    assert decision.favorable
    assert "aucun quorum n'est demandé" in str(decision.motifs[0])


@pytest.mark.parametrize(
    ("convoquee_le", "delai", "respecte"),
    [
        (date(2027, 1, 7), 5, True),
        (date(2027, 1, 8), 5, False),
        (date(2027, 1, 8), 4, True),
        (date(2027, 1, 13), 0, True),
        (date(2027, 1, 12), 1, False),
        (None, 5, False),
    ],
)
def test_le_delai_de_convocation_se_compte_en_jours_francs(convoquee_le, delai, respecte):
    siege = commission(4, 0, convoquee_le=convoquee_le, delai_en_jours_francs=delai)

    assert convocation(siege, seance_du=SEANCE_DU).favorable is respecte


def constater(scene, seance, siege):
    return services.constater_la_commission(
        seance=seance, commission=siege, par=scene.personne("helene"), maintenant=SEANCE_LE
    )


def test_le_constat_se_relit_tel_qu_il_a_ete_inscrit(scene):
    siege = commission(3, 3, 1, convoquee_le=date(2027, 1, 7), seconde_convocation=True)

    seance = constater(scene, factories.seance_installee(scene), siege)

    assert commissions.lire(seance) == siege
    assert '"quorum":true' in Ecriture.objects.get(acte="seance.commission").contenu


def test_seule_la_presidence_constate(scene):
    seance = factories.seance_installee(scene)

    with pytest.raises(RoleManquant):
        services.constater_la_commission(
            seance=seance, commission=None, par=scene.personne("bernard"), maintenant=SEANCE_LE
        )


def test_apres_la_cloture_le_constat_ne_change_plus(scene):
    seance = factories.seance_ouverte(scene)
    services.clore(seance=seance, par=scene.personne("helene"), maintenant=SEANCE_LE)

    with pytest.raises(ConflitEtat, match="ne change plus"):
        constater(scene, seance, commission(4, 0))


@time_machine.travel(SEANCE_LE, tick=False)
def test_l_ecran_constate_et_previent(scene, client):
    seance = factories.seance_installee(scene)
    connecter(client, scene.personne("helene"))
    donnees = {
        "sorte": "cao",
        "titulaires_presents": "Hélène Duriez\nBernard Lefebvre\n",
        "titulaires_absents": "Yvette Cordier\nPaul Absent",
        "convoquee_le": "2027-01-04",
        "delai_en_jours_francs": "5",
    }

    client.post(f"/ouverture/{seance.reference}/commission/", donnees)
    page = client.get(f"/ouverture/{seance.reference}/commission/").content.decode()

    assert "Quorum non atteint" in page
    assert "2 voix sur 4, il en faut 3" in page
    assert "Yvette Cordier\nPaul Absent" in page.replace("\r", "")


@time_machine.travel(SEANCE_LE, tick=False)
def test_une_commission_sans_president_est_a_corriger(scene, client):
    seance = factories.seance_installee(scene)
    connecter(client, scene.personne("helene"))

    reponse = client.post(
        f"/ouverture/{seance.reference}/commission/", {"sorte": "cao", "delai_en_jours_francs": "5"}
    )

    assert reponse.status_code == 422
    assert "au moins le président" in reponse.content.decode()


@time_machine.travel(SEANCE_LE, tick=False)
def test_rien_n_est_coche_tant_que_la_presidence_n_a_rien_dit(scene, client):
    adresse = f"/ouverture/{factories.seance_installee(scene).reference}/commission/"
    connecter(client, scene.personne("helene"))
    avant = client.get(adresse).content.decode()

    client.post(adresse, {"sorte": "services", "delai_en_jours_francs": "5"})
    apres = client.get(adresse).content.decode()

    assert " checked" not in avant and "n’a pas dit qui siège" in avant
    assert " checked" in apres and "sans commission" in apres
