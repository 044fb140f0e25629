"""Le registre des dépôts : secret jusqu'à l'heure, scellé une fois, tiré en trois formats."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from beffroi.comptes.services import activer_totp
from beffroi.comptes.tests.personnes import connecter
from beffroi.depots.tests import factories
from beffroi.depots.tests.factories import LIMITE
from beffroi.journal.acteurs import PLATEFORME
from beffroi.journal.models import Ecriture
from beffroi.journal.queries import tete_qui_couvre
from beffroi.organismes.models import Habilitation
from beffroi.organismes.services import habiliter
from beffroi.registre_des_depots import services
from beffroi.registre_des_depots.models import RegistreScelle
from beffroi.registre_des_depots.verification import relire_les_registres
from beffroi.socle.erreurs import RegleEnfreinte

pytestmark = pytest.mark.django_db
LENDEMAIN = LIMITE + timedelta(days=1)


@pytest.fixture
def consultation():
    """Une réponse de l'Atelier du Faîtage, déposée la veille de l'heure limite."""
    consultation = factories.consultation()
    factories.Candidat(consultation).depose(("offre", None))
    return consultation


@pytest.fixture
def martine(consultation):
    """Sa rédactrice, habilitée dans la commune."""
    personne = consultation.redigee_par
    activer_totp(utilisateur=personne, secret="JBSWY3DPEHPK3PXP", maintenant=LIMITE - timedelta(days=20))
    habiliter(
        organisme=consultation.organisme,
        utilisateur=personne,
        roles=[Habilitation.Role.REDACTEUR],
        par=PLATEFORME,
        maintenant=LIMITE - timedelta(days=20),
    )
    return personne


def page(consultation, suite="/"):
    return f"/consultations/{consultation.reference}/registre{suite}"


def sceller(consultation, martine, le=LENDEMAIN):
    return services.sceller_le_registre(consultation=consultation, par=martine, maintenant=le)


@pytest.mark.article("CCP", "R. 2132-9")
def test_avant_l_heure_le_registre_ne_se_montre_pas(consultation, martine):
    with time_machine.travel(LIMITE, tick=False):
        reponse = connecter(Client(), martine).get(page(consultation))

    assert reponse.status_code == 422
    assert "Atelier du Faîtage" not in reponse.content.decode()


def test_il_ne_se_scelle_qu_apres_l_heure_et_une_seule_fois(consultation, martine):
    with pytest.raises(RegleEnfreinte):
        sceller(consultation, martine, LIMITE)

    premier = sceller(consultation, martine)
    second = sceller(consultation, martine, LENDEMAIN + timedelta(hours=1))

    assert premier == second
    assert premier.sha256 in Ecriture.objects.get(numero=premier.ecriture).contenu


def test_une_tete_signee_le_couvre_aussitot(consultation, martine):
    assert tete_qui_couvre(sceller(consultation, martine).ecriture)


def test_un_registre_change_en_base_se_voit(consultation, martine):
    sceller(consultation, martine)
    assert [constat.bon for constat in relire_les_registres()] == [True]

    RegistreScelle.objects.update(sha256="00" * 32)

    assert [constat.bon for constat in relire_les_registres()] == [False]


@time_machine.travel(LENDEMAIN, tick=False)
@pytest.mark.parametrize("extension,debut", [("ods", b"PK"), ("csv", b"\xef\xbb\xbf"), ("pdf", b"%PDF-")])
def test_il_se_scelle_puis_se_telecharge(consultation, martine, extension, debut):
    client = connecter(Client(), martine)
    assert client.get(page(consultation, f".{extension}")).status_code == 302

    client.post(page(consultation))

    assert client.get(page(consultation, f".{extension}")).content.startswith(debut)


@time_machine.travel(LENDEMAIN, tick=False)
def test_une_copie_de_sauvegarde_s_inscrit_avec_son_heure_et_sa_preuve(consultation, martine):
    donnees = {
        "sorte": "copie_de_sauvegarde",
        "deposant": "Atelier du Faîtage",
        "jour": "2027-01-12",
        "heure": "11:42",
        "preuve": "Recommandé n° 1A 234",
    }

    connecter(Client(), martine).post(page(consultation, "/depot-materiel/"), donnees)

    depot = consultation.depots_materiels.get()
    assert depot.recu_le == LIMITE - timedelta(minutes=18)
    assert depot.preuve == "Recommandé n° 1A 234"
