"""La ligne de commande ne scelle rien pour une clé dont l'acheteur n'a pas répondu."""

import json
from argparse import Namespace
from pathlib import Path

import pytest

import sceau
from beffroi.commandes.cli.client.atelier import Atelier
from beffroi.commandes.cli.client.cles import (
    ce_qui_est_connu,
    dire_qui_a_signe,
    empreinte_lue,
    verifier_les_cles,
)
from beffroi.commandes.cli.deposer import avertir, sceller
from beffroi.commandes.cli.erreurs import ErreurDArguments, ErreurDeCommande
from beffroi.commandes.cli.lanceur import principal
from sceau import Identity, Recipient, log

CAS = json.loads((Path(sceau.__file__).parent / "vectors" / "key_records.json").read_text("ascii"))
PUBLIEE, ATTENDU = CAS["accepted"][0]["published"], CAS["accepted"][0]["expected"]
CLE, CONSULTATION = ATTENDU["recipient"], ATTENDU["consultation"]


SIGNATAIRE = json.loads(CAS["record_text"])["signataire"]
REFUSES = {cas["why"]: cas for cas in CAS["refused"]}


def reponse(**champs):
    enveloppe = {"enveloppe": "offre", "destinataire": CLE, "preuve": PUBLIEE, **champs}
    return {
        "consultation": CONSULTATION,
        "journal": CAS["vkey"],
        "horodatage": CAS["roots"],
        "enveloppes": [enveloppe],
    }


def verifier(recue, *, consultation=CONSULTATION, cle="", signataire=""):
    return verifier_les_cles(
        recue,
        consultation=consultation,
        connu=ce_qui_est_connu(cle, recue),
        signataire=signataire,
    )


def test_une_cle_signee_et_tenue_au_registre_sert_a_sceller():
    assert verifier(reponse())["offre"].encode() == CLE


@pytest.mark.parametrize(
    "champs",
    [
        {"preuve": None},
        {"destinataire": Identity.generate().recipient.encode()},
        {"enveloppe": "candidature"},
        {"preuve": {**PUBLIEE, "jeton": "AAAA"}},
    ],
)
def test_une_cle_douteuse_arrete_avant_de_sceller(champs):
    with pytest.raises(ErreurDeCommande, match="Rien n'est scellé"):
        verifier(reponse(**champs))


@pytest.mark.parametrize(
    "pourquoi, phrase",
    [
        ("another signing key", "n'est pas celle de la personne que l'enregistrement nomme"),
        ("a token of one byte", "l'horodatage est abîmé"),
        ("a token of another authority", "rien ne relie l'autorité à une racine de confiance"),
        ("a token of another hour", "n'est pas à l'heure qu'il dit"),
        ("the forgery of the first format, its token one byte", "l'horodatage est abîmé"),
        ("the same, stamped", "l'ancien format, que plus rien ne fait"),
    ],
)
def test_chaque_faux_est_refuse_par_sa_phrase(pourquoi, phrase):
    faux = REFUSES[pourquoi]
    recue = reponse(preuve=faux["published"], destinataire=faux["expected"]["recipient"])

    with pytest.raises(ErreurDeCommande, match=phrase):
        verifier(recue)


def test_la_cle_d_une_autre_personne_que_celle_attendue_est_refusee():
    verifier(reponse(), signataire=SIGNATAIRE)

    with pytest.raises(ErreurDeCommande, match=f"signée par l'identité d'empreinte {SIGNATAIRE}"):
        verifier(reponse(), signataire="00" * 16)


def test_le_faux_antidate_de_l_ancien_format_ne_trompe_pas_qui_attend_quelqu_un():
    """Qui tient le registre et son horodatage antidate ce qu'il veut : l'ancien format ne lie
    personne, et qui donne une empreinte le refuse.
    """
    faux = REFUSES["the same, backdated, to who expects the member"]
    recue = reponse(preuve=faux["published"], destinataire=faux["expected"]["recipient"])

    verifier(recue)
    with pytest.raises(ErreurDeCommande, match="ne lie aucune personne à sa signature"):
        verifier(recue, signataire=SIGNATAIRE)


def test_la_cle_du_registre_connue_d_ailleurs_l_emporte_sur_celle_de_la_plateforme():
    autre = log.Signer("beffroi.example/journal", bytes(32)).vkey

    with pytest.raises(ErreurDeCommande):
        verifier(reponse(), cle=autre)


def test_la_cle_installee_pour_ce_registre_l_emporte_aussi(tmp_path, monkeypatch):
    autre = log.Signer("beffroi.example/journal", bytes(32)).vkey
    (tmp_path / "marches.json").write_text(json.dumps({"journal": autre}))
    monkeypatch.setenv("BEFFROI_CONFIANCE", str(tmp_path))

    with pytest.raises(ErreurDeCommande):
        verifier(reponse())


def test_la_cle_bien_signee_d_une_autre_consultation_ne_sert_pas():
    with pytest.raises(ErreurDeCommande, match="Rien n'est scellé"):
        verifier(reponse(), consultation="2026-9999")


def test_l_empreinte_du_reglement_se_recopie_par_groupes():
    groupes = " ".join(SIGNATAIRE[i : i + 8] for i in range(0, 32, 8)).upper()

    assert empreinte_lue(groupes) == SIGNATAIRE
    with pytest.raises(ErreurDArguments, match="trente-deux signes"):
        empreinte_lue(SIGNATAIRE[:-1])


def test_sans_signataire_la_commande_dit_qui_a_signe(capsys):
    dire_qui_a_signe(reponse())

    assert f"signée par l'identité {SIGNATAIRE}" in capsys.readouterr().err


def test_un_fichier_vide_ou_un_nom_piege_se_dit_sans_rien_arreter(tmp_path, capsys):
    vide, piege = tmp_path / "vide.pdf", tmp_path / "=cmd_12000€.csv"
    vide.touch()
    piege.write_text("x")

    avertir(Namespace(consultation="2026-0142", candidature=[vide], offre=[piege]))

    dit = capsys.readouterr().err
    assert "À vérifier : « vide.pdf ». Ce fichier est vide." in dit
    assert "un tableur prendrait pour une formule" in dit
    assert "semble dire un montant" in dit


@pytest.fixture
def clair(tmp_path):
    fichier = tmp_path / "acte.pdf"
    fichier.write_bytes(b"%PDF acte " * 9000)
    return fichier


@pytest.fixture
def scelle(clair, tmp_path):
    """`acte.pdf`, scellé par la personne elle-même."""
    assert (
        principal(
            [
                "sceller",
                "--destinataire",
                CLE,
                str(clair),
                "--vers",
                str(tmp_path / "scelles/offre"),
            ]
        )
        == 0
    )
    return tmp_path / "scelles/offre/acte.pdf.age"


def test_ce_que_la_personne_a_scelle_part_octet_pour_octet(clair, scelle, tmp_path):
    atelier = Atelier(tmp_path / "atelier")

    parti = atelier.sceller(
        clair, enveloppe="offre", lot=None, pour=Recipient.parse(CLE), deja_scelle=scelle
    )

    assert atelier.octets(parti, 0, parti.taille_scellee) == scelle.read_bytes()
    assert (parti.nom, parti.taille) == ("acte.pdf", clair.stat().st_size)


def test_un_scelle_qui_ne_peut_pas_etre_celui_du_fichier_est_refuse(clair, scelle, tmp_path):
    clair.write_bytes(b"%PDF un autre acte")

    with pytest.raises(ErreurDeCommande, match=r"n'est pas « acte\.pdf » scellé"):
        Atelier(tmp_path / "atelier").sceller(
            clair, enveloppe="offre", lot=None, pour=Recipient.parse(CLE), deja_scelle=scelle
        )


def test_un_fichier_qui_n_a_pas_la_forme_scellee_est_refuse(clair, tmp_path):
    (tmp_path / "acte.pdf.age").write_bytes(b"ceci n'est pas scelle")

    with pytest.raises(ErreurDeCommande, match="ne peut pas être déposé"):
        Atelier(tmp_path / "atelier").sceller(
            clair,
            enveloppe="offre",
            lot=None,
            pour=Recipient.parse(CLE),
            deja_scelle=tmp_path / "acte.pdf.age",
        )


def test_un_fichier_absent_du_dossier_des_scelles_est_dit_avant_tout_envoi(clair, scelle, capsys):
    autre = clair.with_name("prix.ods")
    autre.write_bytes(b"PK")
    commande = [
        "deposer",
        "--url",
        "http://localhost:1",
        "--jeton",
        "j",
        "--consultation",
        "2026-0142",
    ]

    code = principal(
        [
            *commande,
            "--offre",
            str(clair),
            str(autre),
            "--scelles",
            str(scelle.parents[1]),
            "--recu",
            "recu.zip",
        ]
    )

    assert code == 1
    assert "« prix.ods » n'est pas scellé dans" in capsys.readouterr().err


def test_une_enveloppe_que_la_consultation_n_attend_pas_se_dit_avant_de_sceller(tmp_path):
    """La plateforme ne donne que la clé des candidatures : une offre ne part pas."""
    offre = tmp_path / "prix.pdf"
    offre.write_bytes(b"%PDF-1.7")
    options = Namespace(
        consultation=CONSULTATION, candidature=[offre], offre=[], lot=None, scelles=None
    )

    with pytest.raises(ErreurDeCommande, match="n'attend pas la candidature maintenant"):
        sceller(Atelier(tmp_path / "atelier"), verifier(reponse()), options)
