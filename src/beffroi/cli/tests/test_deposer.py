"""La ligne de commande ne scelle rien pour une clé dont l'acheteur n'a pas répondu."""

import json
from argparse import Namespace
from pathlib import Path

import pytest

import sceau
from beffroi.cli.deposer import avertir, verifier_les_cles
from beffroi.cli.erreurs import ErreurDeCommande
from sceau import Identity, log

CAS = json.loads((Path(sceau.__file__).parent / "vectors" / "key_records.json").read_text("ascii"))
CLE = CAS["expected"]["recipient"]
CONSULTATION = CAS["expected"]["consultation"]


def reponse(**champs):
    enveloppe = {"enveloppe": "offre", "destinataire": CLE, "preuve": CAS["published"], **champs}
    return {"consultation": CAS["expected"]["consultation"], "journal": CAS["vkey"], "enveloppes": [enveloppe]}


def test_une_cle_signee_et_tenue_au_registre_sert_a_sceller():
    assert verifier_les_cles(reponse(), consultation=CONSULTATION, cle_du_registre="")["offre"].encode() == CLE


@pytest.mark.parametrize(
    "champs",
    [
        {"preuve": None},
        {"destinataire": Identity.generate().recipient.encode()},
        {"enveloppe": "candidature"},
        {"preuve": {**CAS["published"], "jeton": "AAAA"}},
    ],
)
def test_une_cle_douteuse_arrete_avant_de_sceller(champs):
    with pytest.raises(ErreurDeCommande, match="Rien n'est scellé"):
        verifier_les_cles(reponse(**champs), consultation=CONSULTATION, cle_du_registre="")


def test_la_cle_du_registre_connue_d_ailleurs_l_emporte_sur_celle_de_la_plateforme():
    autre = log.Signer("beffroi.example/journal", bytes(32)).vkey

    with pytest.raises(ErreurDeCommande):
        verifier_les_cles(reponse(), consultation=CONSULTATION, cle_du_registre=autre)


def test_la_cle_bien_signee_d_une_autre_consultation_ne_sert_pas():
    with pytest.raises(ErreurDeCommande, match="Rien n'est scellé"):
        verifier_les_cles(reponse(), consultation="2026-9999", cle_du_registre="")


def test_un_fichier_vide_ou_un_nom_piege_se_dit_sans_rien_arreter(tmp_path, capsys):
    vide, piege = tmp_path / "vide.pdf", tmp_path / "=cmd_12000€.csv"
    vide.touch()
    piege.write_text("x")

    avertir(Namespace(consultation="2026-0142", candidature=[vide], offre=[piege]))

    dit = capsys.readouterr().err
    assert "À vérifier : « vide.pdf ». Ce fichier est vide." in dit
    assert "un tableur prendrait pour une formule" in dit
    assert "semble dire un montant" in dit
