"""Le registre des dépôts :
secret jusqu'à l'heure, tiré en trois formats, scellé de nouveau quand il change.
"""

import hashlib
import io
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from beffroi.personnes.comptes.services import activer_totp, prouver_l_adresse
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.services import habiliter
from beffroi.reponse.depots.models import Pli
from beffroi.reponse.depots.services.materiel import Arrivee, enregistrer_depot_materiel
from beffroi.reponse.depots.tests import factories
from beffroi.reponse.depots.tests.factories import LIMITE
from beffroi.reponse.registre_des_depots import services
from beffroi.reponse.registre_des_depots.models import RegistreScelle
from beffroi.reponse.registre_des_depots.verification import relire_les_registres
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.fondations.stockage import stockage
from beffroi.socle.fondations.taches import vider_la_file
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.models import Ecriture
from beffroi.socle.journal.queries import tete_qui_couvre

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
    personne, le = consultation.redigee_par, LIMITE - timedelta(days=20)
    prouver_l_adresse(utilisateur=personne, maintenant=le)
    activer_totp(utilisateur=personne, secret="JBSWY3DPEHPK3PXP", maintenant=le)
    habiliter(
        organisme=consultation.organisme,
        utilisateur=personne,
        roles=[Habilitation.Role.REDACTEUR],
        par=PLATEFORME,
        maintenant=le,
    )
    return personne


def page(consultation, suite="/"):
    return f"/consultations/{consultation.reference}/registre{suite}"


def sceller(consultation, martine, le=LENDEMAIN):
    return services.sceller_le_registre(
        consultation=consultation, par=martine.acteur, maintenant=le
    )


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
    contenu = Ecriture.objects.get(numero=premier.ecriture).contenu
    assert all(document["sha256"] in contenu for document in premier.documents.values())


def test_une_tete_signee_le_couvre_aussitot(consultation, martine):
    assert tete_qui_couvre(sceller(consultation, martine).ecriture)


@pytest.mark.parametrize(
    "change",
    [
        {"sha256": "00" * 32},
        {"numero": 2},
        {"nombre": 7},
        {"documents": {}},
        {"scelle_le": LENDEMAIN + timedelta(microseconds=1)},
        {"ecriture": 0},
    ],
    ids=str,
)
def test_un_tirage_change_en_base_se_voit(consultation, martine, change):
    sceller(consultation, martine)
    assert [constat.bon for constat in relire_les_registres()] == [True]

    RegistreScelle.objects.update(**change)

    assert False in [constat.bon for constat in relire_les_registres()]


def test_un_tirage_efface_se_voit(consultation, martine):
    sceller(consultation, martine)

    RegistreScelle.objects.all().delete()

    assert [constat.quoi for constat in relire_les_registres()] == ["un tirage scellé a disparu"]


@pytest.mark.parametrize("extension", ["ods", "csv", "pdf"])
def test_un_octet_change_dans_un_tirage_se_voit(consultation, martine, extension):
    tirage = sceller(consultation, martine)

    stockage().ecrire(tirage.documents[extension]["cle"], io.BytesIO(b"autre chose"))

    assert [constat.quoi for constat in relire_les_registres()] == [
        f"le fichier {extension} du tirage 1 a changé"
    ]


@pytest.mark.parametrize("extension", ["ods", "csv", "pdf"])
def test_ce_qui_se_telecharge_est_ce_qui_est_scelle(consultation, martine, extension):
    tirage = sceller(consultation, martine)
    factories.Candidat(consultation).depose(("offre", None), le=LENDEMAIN + timedelta(minutes=2))

    with time_machine.travel(LENDEMAIN + timedelta(hours=1), tick=False):
        octets = connecter(Client(), martine).get(page(consultation, f".{extension}")).content

    assert hashlib.sha256(octets).hexdigest() == tirage.documents[extension]["sha256"]
    assert (
        hashlib.sha256(octets).hexdigest() in Ecriture.objects.get(numero=tirage.ecriture).contenu
    )


def test_un_depot_tardif_fait_un_nouveau_tirage_et_garde_l_ancien(consultation, martine):
    sceller(consultation, martine)

    with time_machine.travel(LENDEMAIN + timedelta(hours=1), tick=False):
        factories.Candidat(consultation).depose(
            ("offre", None), le=LENDEMAIN + timedelta(minutes=2)
        )
        vider_la_file()

    tirages = RegistreScelle.objects.filter(consultation=consultation)
    assert [(tirage.numero, tirage.nombre) for tirage in tirages] == [(1, 1), (2, 2)]
    assert [constat.bon for constat in relire_les_registres()] == [True]


def test_une_copie_inscrite_apres_coup_fait_un_nouveau_tirage(consultation, martine):
    sceller(consultation, martine)

    with time_machine.travel(LENDEMAIN + timedelta(hours=1), tick=False):
        enregistrer_depot_materiel(
            consultation=consultation,
            arrivee=Arrivee(
                "papier", "Zingueurs de la Lys", LIMITE - timedelta(hours=2), "Récépissé n° 4"
            ),
            par=martine,
            maintenant=LENDEMAIN,
        )
        vider_la_file()

    assert [tirage.numero for tirage in RegistreScelle.objects.all()] == [1, 2]


def test_un_depot_tardif_ne_scelle_rien_de_lui_meme(consultation):
    factories.Candidat(consultation).depose(("offre", None), le=LENDEMAIN)

    vider_la_file()

    assert not RegistreScelle.objects.exists()


@time_machine.travel(LENDEMAIN, tick=False)
def test_la_page_dit_que_le_registre_a_change_depuis_son_tirage(consultation, martine):
    sceller(consultation, martine, LENDEMAIN - timedelta(hours=1))
    Pli.objects.update(etat="ouvert")
    client = connecter(Client(), martine)

    assert (
        "Le registre a changé depuis ce tirage" in client.get(page(consultation)).content.decode()
    )
    client.post(page(consultation))

    assert [tirage.numero for tirage in RegistreScelle.objects.all()] == [1, 2]
    assert "a changé depuis ce tirage" not in client.get(page(consultation)).content.decode()


@time_machine.travel(LENDEMAIN, tick=False)
@pytest.mark.parametrize(
    "extension,debut", [("ods", b"PK"), ("csv", b"\xef\xbb\xbf"), ("pdf", b"%PDF-")]
)
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
