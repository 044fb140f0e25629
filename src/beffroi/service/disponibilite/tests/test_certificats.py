"""Un certificat qui va finir se dit un mois avant, avec ce qu'il faut faire ; fini, en défaut."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding

from beffroi.service.disponibilite import certificats, mesures, points
from beffroi.service.disponibilite.rules import Gravite

pytestmark = pytest.mark.django_db
MIDI = datetime(2026, 11, 26, 11, 0, tzinfo=UTC)
JOUR = timedelta(days=1)


@pytest.fixture
def racines(settings, tmp_path):
    """`racines(JOUR, 90 * JOUR)` : le fichier de l'horodatage qualifié, et quand chacun finit."""

    def ecrire(*durees):
        fichier = tmp_path / "racines.pem"
        fichier.write_bytes(b"".join(map(certificat, durees)))
        settings.HORODATAGE = {
            **settings.HORODATAGE,
            "cle": tmp_path / "absente.pem",
            "racines": str(fichier),
        }
        return fichier

    return ecrire


def certificat(duree):
    cle, nom = Ed25519PrivateKey.generate(), x509.Name([])
    fin = MIDI + duree
    fait = x509.CertificateBuilder(nom, nom, cle.public_key(), serial_number=7)
    fait = fait.not_valid_before(fin - 3650 * JOUR).not_valid_after(fin)
    return fait.sign(cle, algorithm=None).public_bytes(Encoding.PEM)


@pytest.mark.parametrize(
    ("durees", "gravite"),
    [
        ((31 * JOUR,), Gravite.BON),
        ((30 * JOUR,), Gravite.A_SURVEILLER),
        ((JOUR,), Gravite.A_SURVEILLER),
        ((timedelta(),), Gravite.EN_DEFAUT),
        ((-JOUR, 90 * JOUR), Gravite.BON),
        ((-JOUR, JOUR), Gravite.A_SURVEILLER),
        ((-JOUR, -2 * JOUR), Gravite.EN_DEFAUT),
    ],
)
def test_sa_fin_fait_sa_gravite(durees, gravite, racines):
    racines(*durees)

    assert certificats.constat(MIDI)[0] is gravite


def test_celui_qui_finit_demain_se_nomme_avec_quoi_faire(racines):
    fichier = racines(JOUR)
    point = next(un for un in points.points(MIDI) if un.code == "certificats")

    assert point.mot == "À surveiller"
    assert str(fichier) in point.constat.phrase
    assert "fin le vendredi 27\xa0novembre 2026 à 12:00" in point.constat.phrase
    assert "Demandez le suivant" in point.quoi_faire


def test_un_fichier_sans_certificat_est_en_defaut(racines):
    racines(JOUR).write_text("rien")

    gravite, phrase = certificats.constat(MIDI)
    assert gravite is Gravite.EN_DEFAUT and "aucun certificat ne s'y lit" in phrase


def test_ceux_de_la_base_et_du_stockage_se_lisent_aussi(racines, settings, tmp_path, monkeypatch):
    racines(90 * JOUR)
    base = settings.DATABASES["default"]
    monkeypatch.setitem(
        base, "OPTIONS", {"sslrootcert": "system", "sslcert": str(tmp_path / "absent.pem")}
    )
    monkeypatch.setenv("AWS_CA_BUNDLE", str(tmp_path / "racines.pem"))
    settings.STOCKAGE = {**settings.STOCKAGE, "sorte": "s3"}

    lus = {un.usage: un.fin for un in certificats.d_ici(MIDI)}
    assert lus.keys() == {"tsa", "base-client", "stockage"} and lus["base-client"] is None


def test_l_autorite_de_la_plateforme_se_lit_des_qu_elle_est_nee(racines, settings, tmp_path):
    racines(90 * JOUR)
    (tmp_path / "absente.pem").write_bytes(certificat(10 * JOUR))

    assert certificats.constat(MIDI)[0] is Gravite.A_SURVEILLER


def test_la_mesure_dit_la_fin_en_secondes(racines):
    racines(JOUR)
    jauge = mesures.Etat(MIDI).des_certificats()

    assert [(un.labels["certificat"], un.value) for un in jauge.samples] == [
        ("tsa", (MIDI + JOUR).timestamp())
    ]
