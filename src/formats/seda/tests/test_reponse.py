"""Ce qu'un service d'archives répond : reçu, pris en charge, refusé ;
ce qui n'en est pas une réponse.
"""

from datetime import datetime

import pytest
from lxml import etree

from formats.dates import PARIS
from formats.seda import VERSIONS, PaquetIllisible, ReponseIllisible, Sens, bornes, lire_la_reponse
from formats.seda.officiel import schema_installe, verifier
from formats.seda.tests.exemples import officiels
from formats.seda.tests.reponses import PRISE, UNITES, accuse, refus, reponse

QUI = "PQ-7F3KPT2A"
EXEMPLES = {
    "accusé": accuse,
    "accord": lambda qui, version: reponse(qui, version=version, unites=UNITES),
    "refus": refus,
}


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("ecrire", EXEMPLES.values(), ids=EXEMPLES.keys())
def test_nos_exemples_sont_valides_pour_l_autorite(ecrire, version):
    schema = schema_installe(officiels(), version)
    if schema is None:
        pytest.skip("les schémas du SIAF ne sont pas installés")
    assert [
        str(defaut) for defaut in verifier(etree.fromstring(ecrire(QUI, version=version)), schema)
    ] == []


@pytest.mark.parametrize("version", VERSIONS)
def test_un_accuse_de_reception_ne_decide_rien(version):
    lue = lire_la_reponse(accuse(QUI, version=version))

    assert (lue.sens, lue.transfert, lue.identifiant, lue.version) == (
        Sens.ACCUSE,
        QUI,
        "SAE-AR-1",
        version,
    )
    assert (lue.service_d_archives, lue.date) == (
        "FRAD062",
        datetime(2026, 11, 28, 10, 15, tzinfo=PARIS),
    )


@pytest.mark.parametrize("code", ["OK", "ok", "WARNING", "000", "001", ""])
def test_une_prise_en_charge_dit_sa_date_et_les_identifiants_des_unites(code):
    lue = lire_la_reponse(reponse(QUI, code=code, unites=UNITES))

    assert (lue.sens, lue.code) == (Sens.ACCEPTATION, code)
    assert lue.prise_en_charge_le == datetime(2026, 11, 28, 10, 15, tzinfo=PARIS)
    assert lue.unites == (("CONSULTATION", "3 E 118"), ("ETAPE1", "aeaq-2"))


@pytest.mark.parametrize("code", ["KO", "FATAL", "101", "214"])
def test_un_refus_dit_ce_que_chaque_controle_reproche_et_rien_de_ce_qui_va(code):
    lue = lire_la_reponse(refus(QUI, code=code, commentaire="Voir l'accord"))

    assert (lue.sens, lue.motifs) == (Sens.REFUS, ("Voir l'accord", "Règle DUA-5-ANS inconnue"))


def test_un_refus_l_emporte_sur_une_date_de_prise_en_charge():
    lue = lire_la_reponse(refus(QUI, prise=PRISE))

    assert (lue.sens, lue.prise_en_charge_le) == (Sens.REFUS, None)


@pytest.mark.parametrize("code", ["PEUT-ETRE", "12", "٠٠٠", ""])
def test_un_code_inconnu_n_est_ni_un_accord_ni_un_refus(code):
    with pytest.raises(ReponseIllisible, match="ne dit pas si le transfert est accepté"):
        lire_la_reponse(reponse(QUI, code=code, prise=""))


def test_une_heure_sans_fuseau_est_celle_de_paris():
    assert lire_la_reponse(accuse(QUI, date="2026-07-01T10:00:00")).date == datetime(
        2026, 7, 1, 10, tzinfo=PARIS
    )


def test_un_evenement_sans_issue_n_est_pas_un_reproche():
    evenements = "<Operation><Event><EventType>PRISE EN COMPTE</EventType></Event></Operation>"

    assert lire_la_reponse(reponse(QUI, operation=evenements)).motifs == ()


def test_les_motifs_sont_bornes():
    evenement = "<Event><Outcome>KO</Outcome><EventDetail>{}</EventDetail></Event>"
    mille = "".join(evenement.format(f"{rang} {'x' * 999}") for rang in range(1000))
    motifs = lire_la_reponse(refus(QUI, operation=f"<Operation>{mille}</Operation>")).motifs

    assert (len(motifs), max(len(motif) for motif in motifs)) == (20, 300)


@pytest.mark.parametrize(
    ("octets", "phrase"),
    [
        (b"", "pas un XML bien form"),
        (b"<Acknowledgement", "pas un XML bien form"),
        (b"%PDF-1.7 \xff\xfe", "UTF-8"),
        (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "type de document"),
        (accuse(QUI).replace(b"seda:v2.1", b"seda:v9.9"), "Il faut un Acknowledgement"),
        (accuse(QUI).replace(b"Acknowledgement", b"ArchiveTransfer"), "Il faut un Acknowledgement"),
        (accuse(""), "MessageReceivedIdentifier"),
        (accuse("P" * 201), "trop long"),
        (accuse(QUI, date="hier"), "pas de date"),
        (accuse(QUI, date="2026-11-28"), "pas de date"),
        (b" " * (bornes.OCTETS_D_UNE_REPONSE + 1), "10 Mo"),
        (b"<a>" * 400, "pas un XML bien form"),
    ],
    ids=[
        "vide",
        "coupé",
        "pdf",
        "entité",
        "version",
        "message",
        "sans transfert",
        "long",
        "date",
        "jour",
        "gros",
        "profond",
    ],
)
def test_ce_qui_n_est_pas_une_reponse_est_refuse_avec_sa_raison(octets, phrase):
    with pytest.raises(PaquetIllisible, match=phrase):
        lire_la_reponse(octets)
