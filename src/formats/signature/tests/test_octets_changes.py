"""Un octet changé au hasard :
la signature n'est plus valable, ou ce qui est signé n'a pas bougé.
"""

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formats.signature import Demande, Verdict
from formats.signature.tests import cas, pki
from formats.signature.verification import verifier_ici

ESSAIS = settings(max_examples=60, deadline=None, derandomize=True)
ORIGINAUX = {
    "signe.pdf": cas.pdf,
    "signe.p7m": cas.cms,
    "signe.xml": cas.xml,
    "enveloppante.xml": lambda: cas.xml("enveloping"),
}


@cache
def _original(nom: str):
    return _rapport(nom, ORIGINAUX[nom]())


@cache
def _signature_a_part() -> bytes:
    return pki.cms_signe(cas.DOCUMENT, detachee=True)


def _rapport(nom: str, octets: bytes, document: bytes | None = None):
    return verifier_ici(Demande(nom, octets, document, existait_le=pki.RECU_LE), pki.confiance())


def _change(octets: bytes, place: int, masque: int) -> bytes:
    place %= len(octets)
    return octets[:place] + bytes([octets[place] ^ masque]) + octets[place + 1 :]


@pytest.mark.parametrize("nom", ORIGINAUX)
@ESSAIS
@given(place=st.integers(0, 10**6), masque=st.integers(1, 255))
def test_un_octet_change_ne_reste_valable_que_si_rien_de_signe_n_a_bouge(nom, place, masque):
    original = _original(nom)
    rapport = _rapport(nom, _change(ORIGINAUX[nom](), place, masque))

    if rapport.verdict is Verdict.REUSSIE:
        (avant,), (apres,) = original.signatures, rapport.signatures
        assert apres.empreinte_signee == avant.empreinte_signee
        assert apres.certificat == avant.certificat


@ESSAIS
@given(place=st.integers(0, 10**6), masque=st.integers(1, 255))
def test_un_octet_signe_d_un_pdf_ne_change_jamais_sans_le_faire_echouer(place, masque):
    octets = cas.pdf()
    debut = octets.index(b"/Contents <") + len(b"/Contents ")
    fin = octets.index(b">", debut) + 1
    signes = [*range(debut), *range(fin, len(octets))]
    rapport = _rapport("a.pdf", _change(octets, signes[place % len(signes)], masque))

    assert rapport.verdict is not Verdict.REUSSIE


@ESSAIS
@given(place=st.integers(0, 10**6), masque=st.integers(1, 255))
def test_un_document_detache_change_d_un_octet_fait_echouer_sa_signature(place, masque):
    rapport = _rapport("a.p7s", _signature_a_part(), _change(cas.DOCUMENT, place, masque))

    assert rapport.verdict is Verdict.ECHEC


@ESSAIS
@given(octets=st.binary(max_size=400), nom=st.sampled_from(["a.p7s", "a.pdf", "a.xml", "a.asice"]))
def test_des_octets_quelconques_ne_sont_jamais_valables_et_ne_font_rien_tomber(octets, nom):
    rapport = _rapport(
        nom,
        {
            "a.pdf": b"%PDF-1.7 /ByteRange ",
            "a.xml": b"<x xmlns='http://www.w3.org/2000/09/xmldsig#'>",
        }.get(nom, b"")
        + octets,
    )

    assert rapport.verdict is not Verdict.REUSSIE


def test_les_originaux_sont_bien_valables():
    """Sans quoi les épreuves ci-dessus ne prouveraient rien."""
    verdicts = {nom: _original(nom).verdict for nom in ORIGINAUX}

    assert verdicts == dict.fromkeys(ORIGINAUX, Verdict.REUSSIE)


def test_sans_date_prouvee_le_meme_fichier_reste_a_examiner():
    demande = Demande("a.pdf", cas.pdf(), existait_le=pki.RECU_LE)
    sans = verifier_ici(replace(demande, existait_le=None), pki.confiance())

    assert sans.verdict is Verdict.INDETERMINEE
