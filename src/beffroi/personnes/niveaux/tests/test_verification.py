"""Un défi signé pour de vrai, d'un certificat d'essai, et tout ce qui ne prouve pas."""

from datetime import timedelta

import pytest

from beffroi.personnes.comptes.tests.personnes import personne
from beffroi.personnes.entreprises.tests.gestes import inscrit, reconnu
from beffroi.personnes.niveaux import services, verification
from beffroi.personnes.niveaux.tests import gestes
from beffroi.personnes.niveaux.tests.gestes import LE, SIREN
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from formats.signature.tests import cas, pki
from formats.tests.exemples import texte

pytestmark = pytest.mark.django_db


@pytest.fixture
def sophie():
    return inscrit(personne("Sophie Merlin"), le=LE - timedelta(days=1))


@pytest.fixture
def defi(sophie):
    return services.lancer_un_defi(membre=sophie, maintenant=LE)


@pytest.fixture(autouse=True)
def listes(settings, tmp_path):
    settings.NORMES = gestes.poser_les_listes(tmp_path)
    return tmp_path


def rendre(sophie, octets, *, nom="defi-signe.pdf", defi=None):
    rendu = verification.lire(nom, octets, defi=defi, maintenant=LE)
    return services.relever_le_defi(rendu=rendu, membre=sophie, maintenant=LE)


def test_un_pdf_signe_d_un_certificat_qualifie_de_l_entreprise_prouve(sophie, defi):
    preuve = rendre(sophie, gestes.signe(defi))

    assert "Hélène Duriez" in preuve.precision and f"NTRFR-{SIREN}" in preuve.precision


def test_une_signature_a_part_prouve_aussi(sophie, defi):
    signature = pki.cms_signe(bytes(defi.document), par=gestes.certificat(), detachee=True)

    assert rendre(sophie, signature, nom="defi.p7s", defi=defi).moyen == "certificat"


@pytest.mark.parametrize(
    ("numero", "dit"),
    [
        ("NTRFR-552100554", "autre entreprise"),
        ("", "aucune entreprise"),
        ("VATDE-136695976", "autre entreprise"),
    ],
)
def test_un_certificat_d_un_autre_ne_prouve_pas(sophie, defi, numero, dit):
    with pytest.raises(RegleEnfreinte, match=dit):
        rendre(sophie, gestes.signe(defi, gestes.certificat(numero)))


def test_un_certificat_expire_ne_prouve_pas(sophie, defi):
    expire = gestes.certificat(fin=LE - timedelta(days=1))
    with pytest.raises(RegleEnfreinte, match="a expiré"):
        rendre(sophie, gestes.signe(defi, expire))


def test_un_certificat_revoque_ne_prouve_pas(sophie, defi, listes):
    gestes.poser_les_listes(listes, gestes.certificat())
    with pytest.raises(RegleEnfreinte, match="révoqué"):
        rendre(sophie, gestes.signe(defi))


def test_sans_liste_de_confiance_rien_ne_s_etablit_et_on_le_dit(sophie, defi, settings):
    settings.NORMES = ""
    with pytest.raises(RegleEnfreinte, match="Non établi") as refus:
        rendre(sophie, gestes.signe(defi))

    assert "aucune autorité reconnue n'est installée" in str(refus.value)


def test_un_certificat_ordinaire_ne_prouve_pas(sophie, defi):
    with pytest.raises(RegleEnfreinte, match="Non établi"):
        rendre(sophie, gestes.signe(defi, gestes.certificat(declare=False)))


def test_une_page_ajoutee_par_dessus_le_defi_avant_de_le_faire_signer_ne_prouve_pas(sophie, defi):
    """L'attaque : montrer autre chose à la gérante, qui signe, et rendre le défi de l'intrus."""
    deguise = cas.ajouter_une_revision(bytes(defi.document))
    with pytest.raises(RegleEnfreinte, match="ne couvre pas tout"):
        rendre(sophie, pki.pdf_signe(deguise, par=gestes.certificat()))


@pytest.mark.parametrize(
    "octets", [b"", b"%PDF-1.7 rien", b"<xml/>", bytes(range(256)) * 20], ids=str
)
def test_un_fichier_quelconque_se_refuse_sans_casser(sophie, defi, octets):
    with pytest.raises(RegleEnfreinte):
        rendre(sophie, octets, nom="quelconque", defi=defi)


def test_le_defi_non_signe_se_refuse(sophie, defi):
    with pytest.raises(RegleEnfreinte):
        rendre(sophie, bytes(defi.document))


def test_la_signature_d_un_autre_document_ne_prouve_pas(sophie, defi):
    signature = pki.cms_signe(b"un bon de commande", par=gestes.certificat(), detachee=True)
    with pytest.raises(RegleEnfreinte, match="Non établi"):
        rendre(sophie, signature, nom="defi.p7s", defi=defi)


def test_le_defi_nomme_qui_l_a_demande_et_toute_l_equipe(sophie):
    """Qui signe prouve l'équipe entière : il lit qui y est."""
    reconnu(personne("Mallory Intruse"), sophie, le=LE - timedelta(hours=1))
    defi = services.lancer_un_defi(membre=sophie, maintenant=LE)
    ecrit = texte(bytes(defi.document))

    assert "sophie@atelier.example" in ecrit and "mallory@atelier.example" in ecrit
    assert SIREN in ecrit and defi.reference in ecrit
