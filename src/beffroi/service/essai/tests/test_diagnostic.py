"""Le test d'un poste : rien n'est gardé, rien n'est empêché, et ce qui est signé se vérifie."""

import hashlib
import io
import json
import zipfile

import pytest

from beffroi.service.essai import envoi, rules
from beffroi.socle.journal import chainage
from beffroi.socle.journal.models import Ecriture
from formats.tests.exemples import texte
from sceau import SealError, log

pytestmark = pytest.mark.django_db
ENVOI, ATTESTATION = "/essai/diagnostic/envoi/", "/essai/diagnostic/attestation/"
MESURES = {
    "navigateur": "Firefox",
    "version": 141,
    "outils": True,
    "scellement_ms": 700,
    "reserve": True,
    "place_libre": 10_000_000_000,
    "debit": 2_000_000,
    "ecart_ms": 12,
}


@pytest.fixture
def poster(client):
    return lambda adresse, corps, sorte="application/octet-stream": client.post(
        adresse, corps, content_type=sorte
    )


@pytest.fixture
def demander(poster):
    def demander(mesures, forme=""):
        return poster(f"{ATTESTATION}{forme}", json.dumps(mesures), "application/json")

    return demander


def ouvrir(reponse):
    with zipfile.ZipFile(io.BytesIO(reponse.content)) as archive:
        return {nom: archive.read(nom) for nom in archive.namelist()}


def test_la_page_se_lit_sans_script_et_sans_compte(client):
    page = client.get("/essai/diagnostic/").content.decode()

    assert "Sans JavaScript, ce test ne peut rien mesurer" in page
    assert all(controle.code in page for controle in rules.CONTROLES)
    assert "csrftoken" not in client.cookies and "session" not in client.cookies


def test_le_serveur_rend_l_empreinte_de_ce_qu_il_a_recu(poster):
    corps = b"essai" * 1000

    recu = poster(ENVOI, corps).json()

    assert recu["octets"] == len(corps)
    assert recu["sha256"] == hashlib.sha256(corps).hexdigest()


def test_un_envoi_plus_gros_que_l_essai_est_refuse(poster):
    assert poster(ENVOI, bytes(envoi.OCTETS_AU_PLUS + 1)).status_code == 413
    assert poster(ENVOI, bytes(envoi.OCTETS_AU_PLUS)).status_code == 200


def test_la_limite_porte_sur_ce_qu_on_mene_ensemble_et_se_libere(poster):
    prises = [envoi.place_d_envoi() for _ in range(envoi.ENVOIS_ENSEMBLE)]
    for prise in prises:
        prise.__enter__()

    occupe = poster(ENVOI, b"essai")
    for prise in prises:
        prise.__exit__(None, None, None)

    assert (occupe.status_code, occupe["Retry-After"]) == (429, "5")
    assert poster(ENVOI, b"essai").status_code == 200


def test_cent_envois_d_une_meme_adresse_passent_a_la_suite(poster):
    assert {poster(ENVOI, b"essai").status_code for _ in range(100)} == {200}


def test_l_attestation_est_signee_par_la_cle_du_registre(poster, demander):
    recu = poster(ENVOI, bytes(5000)).json()["recu"]

    fichiers = ouvrir(demander({**MESURES, "recu": recu}))
    signe, _ = log.open_note(
        fichiers["attestation.note"].decode(), [log.Verifier(chainage.signataire().vkey)]
    )

    format_, contenu, engage = signe.splitlines()
    assert format_ == "beffroi.attestation/1"
    assert json.loads(contenu)["observe"]["octets"] == 5000
    assert engage == f"attestation.pdf {hashlib.sha256(fichiers['attestation.pdf']).hexdigest()}"


def test_une_attestation_retouchee_ne_se_verifie_plus(demander):
    note = ouvrir(demander(MESURES))["attestation.note"].decode()

    with pytest.raises(SealError):
        log.open_note(
            note.replace('"Firefox"', '"Chrome"'), [log.Verifier(chainage.signataire().vkey)]
        )


def test_une_note_ne_peut_passer_pour_une_tete_du_registre(settings):
    with pytest.raises(ValueError, match="tête"):
        chainage.signer_une_note(f"{settings.JOURNAL['origine']}\n1\n")


def test_le_pdf_dit_ce_que_le_navigateur_declare_et_ce_que_le_serveur_a_vu(poster, demander):
    recu = poster(ENVOI, bytes(5000)).json()["recu"]

    lu = texte(ouvrir(demander({**MESURES, "recu": recu}))["attestation.pdf"])

    assert "Ce poste peut déposer une réponse." in lu
    assert "Firefox 141" in lu and "Ce que le serveur a constaté" in lu and "5 ko" in lu


def test_un_recu_d_envoi_invente_ne_vaut_rien(demander):
    bilan = demander(
        {**MESURES, "recu": "invente", "octets_revenus": 5_000_000}, "?forme=verdicts"
    ).json()

    assert (
        next(v for v in bilan["verdicts"] if v["code"] == "aller_retour")["ton"] == rules.ATTENTION
    )


def test_rien_de_ce_qu_un_visiteur_ecrit_n_entre_dans_l_attestation(demander):
    fichiers = ouvrir(
        demander({**MESURES, "navigateur": "Élu à l'unanimité", "mot": "Élu à l'unanimité"})
    )

    assert "unanimité" not in texte(fichiers["attestation.pdf"])
    assert "unanimit" not in fichiers["attestation.note"].decode()


@pytest.mark.parametrize(
    "corps",
    ["", "[]", '{"debit": "vite"}', '{"debit": -1}', '{"ecart_ms": true}', '{"version": 1e9}'],
)
def test_des_mesures_illisibles_sont_refusees_en_le_disant(poster, corps):
    reponse = poster(ATTESTATION, corps, "application/json")

    assert reponse.status_code == 422
    assert "Rechargez la page" in reponse.json()["message"]


def test_rien_n_entre_au_registre_ni_en_session(poster, demander, client):
    poster(ENVOI, b"essai")
    demander(MESURES)

    assert not Ecriture.objects.exists()
    assert not client.cookies
