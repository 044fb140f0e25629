"""L'autorité d'horodatage locale se remplace tous les dix ans :
les jetons d'avant se jugent sous celle de leur heure.
"""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest

from beffroi.socle.journal import chainage
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.services import journaliser
from beffroi.socle.journal.verification import relire_le_journal
from sceau import SealError, timestamp

TEXTE, EMPREINTE = "un dépôt", hashlib.sha256("un dépôt".encode()).digest()
DIX_ANS = timedelta(days=3660)


@pytest.fixture
def remplacee(settings, tmp_path):
    """Une autorité d'il y a neuf ans, et celle qui vient de prendre sa suite."""
    cles = tmp_path / "cles"
    (cles / "horodatages-precedents").mkdir(parents=True)
    maintenant = datetime.now(UTC)
    ancienne = timestamp.Authority.create(maintenant - timedelta(days=9 * 365), "Centre de gestion")
    neuve = timestamp.Authority.create(maintenant, "Centre de gestion")
    (cles / "horodatage.pem").write_bytes(neuve.save())
    settings.HORODATAGE = {
        **settings.HORODATAGE,
        "cle": cles / "horodatage.pem",
        "precedentes": cles / "horodatages-precedents",
    }
    return ancienne, neuve, cles / "horodatages-precedents" / "2036.pem", maintenant


def test_un_jeton_d_avant_se_juge_sous_l_autorite_d_avant(remplacee):
    ancienne, neuve, garde, maintenant = remplacee
    jeton = ancienne.issue(EMPREINTE, maintenant - timedelta(days=400))
    garde.write_bytes(ancienne.root_pem)

    assert timestamp.verify(jeton, EMPREINTE, chainage.autorites_locales())
    assert chainage.certificat_du_jeton(TEXTE, jeton).encode() == ancienne.root_pem
    assert chainage.certificat_d_horodatage().encode() == neuve.root_pem
    assert chainage.certificats_d_horodatage().encode() == neuve.root_pem + ancienne.root_pem


def test_une_autorite_que_l_on_n_a_pas_gardee_n_est_pas_crue(remplacee):
    ancienne, neuve, _, maintenant = remplacee
    jeton = ancienne.issue(EMPREINTE, maintenant - timedelta(days=400))

    with pytest.raises(SealError):
        timestamp.verify(jeton, EMPREINTE, chainage.autorites_locales())
    assert chainage.certificat_du_jeton(TEXTE, jeton).encode() == neuve.root_pem


def test_une_autorite_d_avant_ne_vaut_plus_apres_sa_fin(remplacee):
    ancienne, _, garde, maintenant = remplacee
    garde.write_bytes(ancienne.root_pem)
    jeton = ancienne.issue(EMPREINTE, maintenant + timedelta(days=2 * 365))

    with pytest.raises(SealError):
        timestamp.verify(jeton, EMPREINTE, chainage.autorites_locales())


def test_du_secret_garde_par_megarde_seule_la_racine_est_lue(remplacee):
    ancienne, _, garde, _ = remplacee
    garde.write_bytes(ancienne.save())

    assert chainage.autorites_precedentes() == [ancienne.root]


@pytest.mark.django_db
def test_le_registre_se_relit_apres_le_remplacement(remplacee):
    ancienne, neuve, garde, maintenant = remplacee
    actuelle = garde.parent.parent / "horodatage.pem"
    actuelle.write_bytes(ancienne.save())
    chainage.lire_l_autorite.cache_clear()
    journaliser("essai.faire", sujet="essai", par=PLATEFORME, le=maintenant, donnees={})
    actuelle.write_bytes(neuve.save())
    chainage.lire_l_autorite.cache_clear()
    assert not all(constat.bon for constat in relire_le_journal())
    garde.write_bytes(ancienne.root_pem)

    assert all(constat.bon for constat in relire_le_journal())


def test_dix_ans_apres_une_autorite_ne_certifie_plus_rien(remplacee):
    _, neuve, _, maintenant = remplacee
    with pytest.raises(SealError):
        timestamp.verify(
            neuve.issue(EMPREINTE, maintenant + DIX_ANS), EMPREINTE, chainage.autorites_locales()
        )
