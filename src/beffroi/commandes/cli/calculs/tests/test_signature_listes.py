"""Poser les listes de confiance d'un dossier : vérifiées, ou refusées avec leur raison ;
puis une signature qualifiée.
"""

import hashlib
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from beffroi.commandes.cli.calculs import signature_listes
from beffroi.commandes.cli.lanceur import principal
from formats.signature.services_de_confiance import ListeRefusee
from formats.signature.tests import cles, pki
from formats.signature.tests import listes_d_essai as essai
from formats.signature.tests.signataire import UN_PDF


@pytest.fixture
def dossier(tmp_path, monkeypatch):
    (tmp_path / "listes").mkdir()
    (tmp_path / "listes" / "eu.xml").write_bytes(essai.liste_des_listes())
    (tmp_path / "listes" / "fr.xml").write_bytes(essai.liste(essai.service()))
    (tmp_path / "listes" / "autre.xml").write_bytes(b"<rien/>")
    (tmp_path / "union.pem").write_bytes(essai.union().certificat.public_bytes(Encoding.PEM))
    monkeypatch.setenv("BEFFROI_NORMES", str(tmp_path / "normes"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


EMPREINTE = hashlib.sha256(essai.union().der).hexdigest()


def installer(*autres, empreinte=EMPREINTE):
    return principal(
        [
            "signature",
            "listes",
            "installer",
            "--depuis",
            "listes",
            "--signataire",
            "union.pem",
            "--sha256",
            empreinte,
            *autres,
        ]
    )


def test_une_liste_posee_rend_une_signature_qualifiee(dossier, capsys):
    crl = dossier / "normes" / "signature" / "revocations" / "essai.crl"
    crl.parent.mkdir(parents=True)
    crl.write_bytes(pki.revocations())
    (dossier / "acte.pdf").write_bytes(pki.pdf_signe(UN_PDF, par=essai.qualifie()))
    verifier = ["signature", "verifier", "acte.pdf", "--recu-le", pki.RECU_LE.date().isoformat()]

    assert principal(verifier) == 3
    assert installer() == 0
    assert principal(verifier) == 0
    assert "qualifié (liste de confiance FR" in capsys.readouterr().out
    assert principal(["signature", "listes", "voir"]) == 0


@pytest.mark.parametrize(
    "nom,octets,phrase",
    [
        (
            "fr.xml",
            lambda: essai.liste(essai.service(), par=cles.porteur("Un inconnu")),
            "FR : Cette liste n'est pas signée",
        ),
        (
            "fr.xml",
            lambda: essai.liste(essai.service("withdrawn")).replace(b"/withdrawn<", b"/granted<"),
            "a changé",
        ),
        (
            "fr.xml",
            lambda: essai.liste(essai.service(), jusqu_au=essai.HIER),
            "FR : la liste n° 7 est périmée",
        ),
        (
            "eu.xml",
            lambda: essai.liste_des_listes(jusqu_au=essai.HIER),
            "liste des listes : la liste n° 7 est périmée",
        ),
        (
            "eu.xml",
            lambda: essai.liste_des_listes(par=essai.france()),
            "liste des listes : Cette liste n'est pas signée",
        ),
        ("fr.xml", lambda: b"<rien/>", "FR : cette liste n'a pas été trouvée"),
    ],
    ids=["autre_signataire", "alteree", "perimee", "union_perimee", "union_d_un_autre", "absente"],
)
def test_une_liste_qui_ne_convient_pas_n_est_pas_posee(dossier, nom, octets, phrase, capsys):
    (dossier / "listes" / nom).write_bytes(octets())

    assert installer() == 1
    assert phrase in capsys.readouterr().err
    assert not list((dossier / "normes").rglob("listes.json"))


def test_un_signataire_dont_l_empreinte_differe_est_refuse(dossier, capsys):
    assert installer(empreinte="00" * 32) == 2
    assert "n'est pas celle que vous donnez" in capsys.readouterr().err


def test_sans_signataire_donne_seuls_ceux_du_journal_officiel_valent(dossier, capsys):
    assert principal(["signature", "listes", "installer", "--depuis", "listes"]) == 1
    assert "n'est pas signée par un des certificats attendus" in capsys.readouterr().err


def test_un_pays_que_l_union_ne_designe_pas_se_dit(dossier, capsys):
    assert installer("--pays", "FR,ZZ") == 1
    assert "ZZ : la liste des listes ne désigne pas ce pays" in capsys.readouterr().err


def test_une_liste_posee_puis_perimee_se_voit(dossier, capsys):
    assert installer() == 0
    cible = dossier / "normes" / "signature" / "listes" / "listes.json"

    assert signature_listes._voir(cible, essai.DEMAIN + timedelta(days=1)) == 1
    assert "PÉRIMÉE" in capsys.readouterr().out


def test_une_adresse_qui_ne_repond_pas_le_dit(monkeypatch):
    def panne(*_, **__):
        raise signature_listes.httpx.ConnectError("rien")

    monkeypatch.setattr(signature_listes.httpx.Client, "stream", panne)
    with pytest.raises(ListeRefusee, match="ne répond pas"):
        signature_listes._du_reseau("FR", "http://listes.example/fr.xml")
