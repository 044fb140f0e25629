"""Signer un PDF : ce qui est signé se vérifie,
ce qui ne doit pas l'être ne l'est pas, et dit pourquoi.
"""

import hashlib
import io
from datetime import UTC, datetime, timedelta

import pytest

from formats.signature import Cle, Demande, Jeton, RefusDeSigner, Verdict, signer_un_pdf, verifier
from formats.signature.signer import signer_ici
from formats.signature.tests import cles, pki
from formats.signature.tests.signataire import UN_PDF

LE = pki.SIGNE_LE
P12 = cles.en_p12(pki.porteur())


def signer(octets=UN_PDF, p12=P12, secret=cles.MOT_DE_PASSE, **autres):
    return signer_un_pdf(octets, Cle(secret, p12), le=LE, **autres)


def rapport(octets):
    return verifier(Demande("acte.pdf", octets, existait_le=pki.RECU_LE), pki.confiance())


def test_un_pdf_signe_ici_se_verifie_ici():
    (signature,) = rapport(signer().octets).signatures

    assert (signature.verdict, signature.format, signature.niveau) == (
        Verdict.REUSSIE,
        "PAdES",
        "B-B",
    )
    assert signature.certificat.signataire == "Hélène Duriez"


def test_la_seconde_signature_laisse_la_premiere_valable():
    premier = signer().octets
    second = signer(premier, cles.en_p12(cles.porteur())).octets
    lu = rapport(second)

    assert second.startswith(premier)
    assert [s.certificat.signataire for s in lu.signatures] == ["Hélène Duriez", "Martine Delattre"]
    assert [s.verdict for s in lu.signatures] == [Verdict.REUSSIE, Verdict.REUSSIE]


def test_un_ajout_entre_deux_signatures_n_est_jamais_vert():
    """La page change après la première signature, puis une seconde couvre tout :
    la première n'a pas signé cette page.
    """
    second = signer(_page_changee(signer().octets), cles.en_p12(cles.porteur())).octets
    premiere, derniere = rapport(second).signatures

    assert (premiere.verdict, premiere.sous_indication) == (
        Verdict.INDETERMINEE,
        "SIG_CONSTRAINTS_FAILURE",
    )
    assert derniere.verdict is Verdict.REUSSIE


def test_une_signature_visible_ajoutee_par_dessus_n_est_jamais_verte():
    """Son apparence peut recouvrir un prix : la première signature ne l'a pas vue."""
    premiere, _ = rapport(_signe_visiblement(signer().octets)).signatures

    assert premiere.verdict is Verdict.INDETERMINEE


def test_un_horodateur_qui_repond_donne_un_niveau_b_t():
    demandees = []
    signe = signer(horodater=lambda empreinte: demandees.append(empreinte) or _jeton(empreinte))
    (signature,) = rapport(signe.octets).signatures

    assert (signe.niveau, signature.niveau, len(demandees[0])) == ("B-T", "B-T", 32)
    assert signature.verdict is not Verdict.ECHEC


def test_un_horodateur_muet_laisse_un_niveau_b_b():
    assert signer(horodater=lambda empreinte: None).niveau == "B-B"


@pytest.mark.parametrize(
    "nom,debut_de_la_phrase",
    [
        ("mot_de_passe_faux", "Le certificat ne s'ouvre pas"),
        ("pas_un_p12", "Ce fichier n'est pas un certificat avec sa clé"),
        ("trop_gros", "Ce fichier dépasse 200 Ko"),
        ("deux_cles", "Ce fichier porte 2 clés"),
        ("sans_cle", "Ce fichier porte un certificat, mais pas sa clé"),
        ("expire", "Le certificat de Martine Delattre a expiré le"),
        ("pas_encore", "Le certificat de Martine Delattre ne vaut qu'à partir du"),
        ("authentification", "Le certificat de Martine Delattre n'est pas fait pour signer"),
        ("chiffrement", "Le certificat de Martine Delattre n'est pas fait pour signer"),
        ("cle_courte", "La clé de Martine Delattre est trop courte (1024 bits)"),
        ("pas_un_pdf", "Ce document n'est pas un PDF"),
        ("pdf_abime", "Ce PDF est abîmé"),
        ("pdf_protege", "Ce PDF est protégé par un mot de passe"),
        ("pdf_ferme", "Une signature déjà présente interdit"),
    ],
)
def test_ce_qui_ne_se_signe_pas_dit_pourquoi(nom, debut_de_la_phrase):
    with pytest.raises(RefusDeSigner) as refus:
        signer(**FAUTIFS[nom]())

    assert refus.value.phrase.startswith(debut_de_la_phrase)
    assert cles.MOT_DE_PASSE not in refus.value.phrase
    assert refus.value.phrase.count(". ") or refus.value.phrase.count(" : ")


def test_un_certificat_exporte_en_rc2_par_un_ancien_systeme_signe_encore(tmp_path):
    (signature,) = rapport(signer(p12=cles.ancien(tmp_path), secret="essai").octets).signatures

    assert signature.verdict is Verdict.REUSSIE


def test_un_chiffrement_que_rien_ne_lit_plus_dit_comment_le_refaire(monkeypatch):
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import pkcs12

    def ne_sait_pas(*_):
        raise UnsupportedAlgorithm("RC2")

    monkeypatch.setattr(pkcs12, "load_pkcs12", ne_sait_pas)
    with pytest.raises(RefusDeSigner, match="Exportez-le de nouveau en AES"):
        signer_ici(UN_PDF, Cle("essai", P12), le=LE)


def test_la_cle_ne_se_lit_dans_aucun_affichage():
    assert cles.MOT_DE_PASSE not in f"{Cle(cles.MOT_DE_PASSE, P12)!r} {Cle(cles.MOT_DE_PASSE, P12)}"


def test_le_mot_de_passe_n_est_ni_un_argument_ni_une_variable(monkeypatch):
    vus = []
    from formats.signature import signer as module

    vrai = module.lancer
    monkeypatch.setattr(
        module, "lancer", lambda *a, **k: vus.append((a[0], a[2:], k)) or vrai(*a, **k)
    )
    signer()

    assert len(vus) == 1
    assert cles.MOT_DE_PASSE not in repr(vus)


def _expire():
    return cles.en_p12(cles.porteur(jusqu_au=LE - timedelta(days=1)))


def _pas_encore():
    return cles.en_p12(cles.porteur(debut=LE + timedelta(days=2), jusqu_au=LE + timedelta(days=90)))


def _sans_cle():
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.serialization import pkcs12

    chiffrement = serialization.BestAvailableEncryption(cles.MOT_DE_PASSE.encode())
    return pkcs12.serialize_key_and_certificates(
        None, None, pki.porteur().certificat, None, chiffrement
    )


def _protege():
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.pdf_utils.writer import copy_into_new_writer

    redacteur = copy_into_new_writer(PdfFileReader(io.BytesIO(UN_PDF)))
    redacteur.encrypt(owner_pass="a", user_pass="b")
    sortie = io.BytesIO()
    redacteur.write(sortie)
    return sortie.getvalue()


def _ferme():
    """Certifié sans modification permise (DocMDP 1)."""
    return _signe(certify=True)


def _signe(octets=UN_PDF, boite=None, **reglages):
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers

    if reglages.get("certify"):
        reglages["docmdp_permissions"] = fields.MDPPerm.NO_CHANGES
    redacteur = IncrementalPdfFileWriter(io.BytesIO(octets))
    champ = fields.SigFieldSpec("Visible", box=boite) if boite else None
    sortie = signers.sign_pdf(
        redacteur,
        signers.PdfSignatureMetadata(
            field_name="Visible",
            subfilter=fields.SigSeedSubFilter.PADES,
            md_algorithm="sha256",
            **reglages,
        ),
        signer=pki._signataire(pki.porteur()),
        new_field_spec=champ,
    )
    return bytes(sortie.getbuffer())


def _signe_visiblement(octets):
    return _signe(octets, boite=(50, 50, 400, 400))


def _page_changee(octets):
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    redacteur = IncrementalPdfFileWriter(io.BytesIO(octets))
    page = redacteur.root["/Pages"]["/Kids"][0]
    page["/Contents"] = redacteur.add_object(generic.StreamObject(stream_data=b"0 0 595 842 re f"))
    redacteur.update_container(page)
    sortie = io.BytesIO()
    redacteur.write(sortie)
    return sortie.getvalue()


def _jeton(empreinte):
    """Le jeton d'une autorité d'essai, tel que pyHanko sait en faire."""
    from asn1crypto import tsp
    from pyhanko.sign.timestamps import DummyTimeStamper

    horodateur = pki.porteur("Horodateur d'essai")
    signataire = pki._signataire(horodateur)
    faux = DummyTimeStamper(
        tsa_cert=signataire.signing_cert, tsa_key=signataire.signing_key, fixed_dt=datetime.now(UTC)
    )
    demande = tsp.TimeStampReq(
        {
            "version": 1,
            "message_imprint": {
                "hash_algorithm": {"algorithm": "sha256"},
                "hashed_message": empreinte,
            },
            "cert_req": True,
        }
    )
    return faux.request_tsa_response(demande)["time_stamp_token"].dump()


FAUTIFS = {
    "mot_de_passe_faux": lambda: {"secret": "autre"},
    "pas_un_p12": lambda: {"p12": b"-----BEGIN CERTIFICATE-----"},
    "trop_gros": lambda: {"p12": bytes(200_001)},
    "deux_cles": lambda: {"p12": cles.deux_cles()},
    "sans_cle": lambda: {"p12": _sans_cle()},
    "expire": lambda: {"p12": _expire()},
    "pas_encore": lambda: {"p12": _pas_encore()},
    "authentification": lambda: {"p12": cles.en_p12(cles.porteur(usages=("digital_signature",)))},
    "chiffrement": lambda: {"p12": cles.en_p12(cles.porteur(usages=("key_encipherment",)))},
    "cle_courte": lambda: {"p12": cles.en_p12(cles.porteur(bits=1024))},
    "pas_un_pdf": lambda: {"octets": b"PK\x03\x04 un classeur"},
    "pdf_abime": lambda: {"octets": b"%PDF-1.7 rien de plus"},
    "pdf_protege": lambda: {"octets": _protege()},
    "pdf_ferme": lambda: {"octets": _ferme()},
}


# Le jeton : un vrai module PKCS#11, logiciel.
avec_un_jeton = pytest.mark.skipif(
    not cles.module_softhsm(),
    reason="SoftHSM2 n'est pas installé (Debian : apt-get install softhsm2)",
)


@pytest.fixture(scope="module")
def jeton(tmp_path_factory):
    with pytest.MonkeyPatch.context() as reglages:
        reglages.setenv("SOFTHSM2_CONF", "")
        yield cles.jeton_logiciel(
            tmp_path_factory.mktemp("jeton"),
            pki.porteur(),
            cles.porteur(usages=("digital_signature",)),
        )


@avec_un_jeton
def test_un_jeton_signe_sans_donner_sa_cle(jeton):
    cle = Cle(cles.PIN, jeton=Jeton(jeton.module, jeton.label))
    (signature,) = rapport(signer_un_pdf(UN_PDF, cle, le=LE).octets).signatures

    assert (signature.verdict, signature.certificat.signataire) == (
        Verdict.REUSSIE,
        "Hélène Duriez",
    )


@avec_un_jeton
@pytest.mark.parametrize(
    "pin,ecarts,phrase",
    [
        ("000000", {}, "Le jeton refuse ce code PIN"),
        (cles.PIN, {"label": "Autre"}, "Aucun jeton du nom de « Autre »"),
        (cles.PIN, {"module": "/usr/lib/absent.so"}, "Le module du jeton ne se charge pas"),
        (cles.PIN, {"certificat": "02"}, "n'est pas fait pour signer"),
        (cles.PIN, {"certificat": "09"}, "ne porte pas de certificat de signature"),
        (cles.PIN, {"certificat": "zz"}, "s'écrit en hexadécimal"),
    ],
)
def test_un_jeton_qui_ne_signe_pas_dit_pourquoi(jeton, pin, ecarts, phrase):
    dit = {"module": jeton.module, "label": jeton.label, **ecarts}
    with pytest.raises(RefusDeSigner, match=phrase):
        signer_un_pdf(UN_PDF, Cle(pin, jeton=Jeton(**dit)), le=LE)


def test_l_empreinte_datee_est_celle_de_la_signature():
    demandees = []
    signe = signer(horodater=lambda empreinte: demandees.append(empreinte))
    from pyhanko.pdf_utils.reader import PdfFileReader

    valeur = (
        PdfFileReader(io.BytesIO(signe.octets))
        .embedded_signatures[0]
        .signer_info["signature"]
        .native
    )
    assert demandees == [hashlib.sha256(valeur).digest()]
