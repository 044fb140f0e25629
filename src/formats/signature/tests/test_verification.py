"""La vérification dans son enclos :
le rapport qu'elle rend, ce qu'elle refuse de faire, ce qu'elle dit quand elle tombe.
"""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta

import pytest

from formats.signature import (
    Confiance,
    Demande,
    Etat,
    Verdict,
    confiance_du_dossier,
    depuis_json,
    pour_json,
    verifier,
)
from formats.signature import verification as module
from formats.signature.temps import Temps
from formats.signature.tests import cas, pki


@pytest.fixture(scope="module")
def rapport():
    return verifier(Demande("acte.pdf", cas.pdf(), existait_le=pki.RECU_LE), pki.confiance())


def test_le_rapport_dit_qui_quand_comment_et_les_cinq_controles(rapport):
    (signature,) = rapport.signatures

    assert (signature.verdict, signature.format, signature.niveau) == (
        Verdict.REUSSIE,
        "PAdES",
        "B-B",
    )
    assert (signature.certificat.signataire, signature.certificat.organisation) == (
        "Hélène Duriez",
        "Établissements Duriez",
    )
    assert signature.jugee_au == pki.RECU_LE and signature.revocation.startswith("vérifiée")
    assert {c.cle: c.etat for c in signature.controles} == {
        "identite": Etat.A_CONFIRMER,
        "categorie": Etat.NON_VERIFIE,
        "format": Etat.CONFORME,
        "validite": Etat.CONFORME,
        "integrite": Etat.CONFORME,
    }
    assert "statut qualifié non vérifié" in signature.certificat.categorie


def test_le_rapport_nomme_ses_outils_et_l_empreinte_du_fichier(rapport):
    import hashlib

    assert rapport.empreinte == hashlib.sha256(cas.pdf()).hexdigest()
    assert any(outil.startswith("pyHanko 0.38") for outil in rapport.outils)


def test_le_rapport_se_garde_en_json_et_revient_le_meme(rapport):
    assert depuis_json(pour_json(rapport)) == rapport


def test_sans_autorite_reconnue_une_signature_correcte_n_est_pas_dite_valable(enclos_neuf):
    rapport = verifier(Demande("acte.pdf", cas.pdf(), existait_le=pki.RECU_LE), Confiance())

    assert rapport.verdict is Verdict.INDETERMINEE
    assert rapport.signatures[0].sous_indication == "NO_CERTIFICATE_CHAIN_FOUND"
    assert "Document intact" in rapport.phrase and "aucune autorité reconnue" in rapport.confiance


def test_un_certificat_se_juge_a_l_instant_prouve_et_jamais_maintenant():
    expire = pki.porteur("Paul Bref", jusqu_au=pki.SIGNE_LE + timedelta(hours=2))
    demande = Demande("a.p7m", pki.cms_signe(cas.DOCUMENT, par=expire), existait_le=pki.RECU_LE)

    assert module.verifier_ici(demande, pki.confiance()).verdict is Verdict.REUSSIE
    tard = replace(demande, existait_le=pki.RECU_LE + timedelta(hours=3))
    assert module.verifier_ici(tard, pki.confiance()).verdict is Verdict.INDETERMINEE


def test_une_heure_declaree_apres_la_reception_est_dite_fausse():
    demande = Demande("a.p7m", cas.cms(), existait_le=pki.SIGNE_LE - timedelta(days=1))
    (signature,) = module.verifier_ici(demande, pki.confiance()).signatures

    assert signature.verdict is Verdict.INDETERMINEE
    assert "elle est fausse" in signature.motif


def test_le_plus_ancien_instant_prouve_l_emporte():
    assert Temps(None, pki.SIGNE_LE, pki.RECU_LE).jugee == pki.SIGNE_LE
    assert Temps(pki.SIGNE_LE, None, None).prouvee is None


@pytest.mark.parametrize("nom", ["offre.docx", "prix.xlsx"])
def test_un_fichier_sans_signature_ne_lance_aucun_processus(nom, monkeypatch):
    monkeypatch.setattr(module, "lancer", lambda *_, **__: pytest.fail("un processus a été lancé"))
    rapport = verifier(Demande(nom, b"PK\x03\x04 quelconque"), Confiance())

    assert rapport.verdict is None and not rapport.est_signe


def test_quand_l_enfant_tombe_une_phrase_le_dit(enclos_neuf, monkeypatch):
    monkeypatch.setattr(module, "_en_paquet", lambda *_: b"{")
    rapport = verifier(Demande("a.pdf", cas.pdf()), Confiance())

    assert rapport.verdict is Verdict.INDETERMINEE and rapport.phrase == module.TOMBE


def test_quand_l_enfant_ne_finit_pas_une_phrase_le_dit(enclos_neuf, monkeypatch):
    monkeypatch.setattr(module, "SECONDES_D_ATTENTE", 0.01)
    rapport = verifier(Demande("a.pdf", cas.pdf()), Confiance())

    assert rapport.verdict is Verdict.INDETERMINEE and rapport.phrase == module.TROP_LONG


def test_un_fichier_demesure_n_est_pas_lu(monkeypatch):
    monkeypatch.setattr(module, "OCTETS_LUS", 100)

    assert verifier(Demande("a.pdf", cas.pdf()), Confiance()).phrase == module.TROP_GROS


@pytest.mark.parametrize(
    "geste",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "open('/tmp/beffroi-enclos', 'w')",
        "import subprocess; subprocess.run(['/bin/true'])",
        "import os; os.system('true')",
    ],
)
def test_l_enclos_ne_laisse_ni_parler_ni_ecrire_ni_lancer(geste):
    programme = f"from formats.lecture.enclos import couper_du_monde; couper_du_monde(); {geste}"
    fait = subprocess.run(
        [sys.executable, "-c", programme],
        env={"PYTHONPATH": os.pathsep.join(c for c in sys.path if c)},
        capture_output=True,
        check=False,
    )

    assert fait.returncode == 1 and "interdit dans l'enclos" in fait.stderr.decode()


def test_les_autorites_se_lisent_du_dossier_des_fichiers_officiels(tmp_path):
    (tmp_path / "signature" / "racines").mkdir(parents=True)
    (tmp_path / "signature" / "revocations").mkdir()
    (tmp_path / "signature" / "racines" / "essai.cer").write_bytes(pki.autorite().der)
    (tmp_path / "signature" / "racines" / "LISEZMOI.txt").write_text("rien")
    (tmp_path / "signature" / "revocations" / "essai.crl").write_bytes(pki.revocations())
    confiance = confiance_du_dossier(tmp_path, le=pki.SIGNE_LE)

    assert (len(confiance.racines), len(confiance.revocations)) == (1, 1)
    assert confiance_du_dossier(None, le=pki.SIGNE_LE) == Confiance()
    assert confiance_du_dossier(tmp_path / "absent", le=pki.SIGNE_LE) == Confiance(le=pki.SIGNE_LE)
