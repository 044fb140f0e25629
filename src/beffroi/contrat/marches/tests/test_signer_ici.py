"""Signer ici : la signature se vérifie,
et ni le certificat ni son mot de passe ne restent nulle part.
"""

import logging
import tempfile
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from beffroi.contrat.marches import documents
from beffroi.contrat.marches.models import Marche
from beffroi.contrat.marches.services import signature
from beffroi.contrat.marches.services import signer_ici as services
from beffroi.contrat.marches.services.pieces import choisi
from beffroi.contrat.marches.tests import gestes
from beffroi.personnes.comptes.models import Connexion
from beffroi.personnes.comptes.tests.personnes import avec_second_facteur, connecter
from beffroi.seance.signatures.signer_ici import empreinte_de
from beffroi.socle.fondations.erreurs import ConflitEtat
from beffroi.socle.fondations.stockage import stockage
from beffroi.socle.journal.acteurs import PLATEFORME
from formats.dates import PARIS
from formats.signature import Cle, signer_un_pdf
from formats.signature.tests import cles, pki

pytestmark = pytest.mark.django_db
LE = pki.SIGNE_LE
MARTINE = cles.porteur()
P12 = cles.en_p12(MARTINE)


@pytest.fixture(autouse=True)
def a_l_heure_des_certificats(monkeypatch):
    """Les bibliothèques qui signent écrivent l'heure qu'il est."""
    for module in ("views.signer_ici", "views.contrat", "forms"):
        monkeypatch.setattr(f"beffroi.contrat.marches.{module}.maintenant", lambda: LE)


@pytest.fixture
def scene(client):
    organisme, martine = gestes.bomy()
    marche = gestes.inscrit(organisme)
    document = documents.rendre(marche, "pdf", le=LE)
    signe = signer_un_pdf(
        document.octets, Cle(cles.MOT_DE_PASSE, cles.en_p12(pki.porteur())), le=LE
    )
    depose(marche, document.nom, signe.octets)
    return marche, connecter(client, avec_second_facteur(martine))


def depose(marche, nom, octets):
    dite = signature.Signature("titulaire", LE.date(), choisi(nom, octets, recu_le=LE))
    signature.signer(marche=marche, signature=dite, par=PLATEFORME, maintenant=LE)


def envoyer(client, marche, secret=cles.MOT_DE_PASSE, p12=P12, **autres):
    deja_signe = marche.pieces.filter(sorte="signe_par_le_titulaire").exists()
    lue = (
        empreinte_de(services.document_a_signer(marche, services.ACHETEUR).octets)
        if deja_signe
        else ""
    )
    saisie = {
        "certificat": SimpleUploadedFile("martine.p12", p12),
        "secret": secret,
        "lu": "on",
        "empreinte": lue,
        **autres,
    }
    return client.post(reverse("marches:signer_ici", args=[marche.reference]), saisie)


@pytest.mark.moteurs
def test_l_acheteur_signe_ici_et_les_deux_signatures_se_lisent(scene):
    marche, client = scene
    reponse = envoyer(client, marche)
    marche.refresh_from_db()
    piece = marche.pieces.get(sorte="signe")

    assert (reponse.status_code, marche.etat, marche.signe_le) == (
        302,
        Marche.Etat.SIGNE,
        LE.astimezone(PARIS).date(),
    )
    assert [dite["signataire"] for dite in piece.signatures] == [
        "Hélène Duriez",
        "Martine Delattre",
    ]
    assert {dite["verdict"] for dite in piece.signatures} == {
        "INDETERMINATE"
    }  # aucune autorité n'est posée
    assert all(dite["couvre_tout"] for dite in piece.signatures)


@pytest.mark.moteurs
def test_le_mot_de_passe_et_la_cle_ne_restent_nulle_part(scene, caplog, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    marche, client = scene
    with caplog.at_level(logging.DEBUG):
        envoyer(client, marche)
        envoyer(client, marche, secret=f"{cles.MOT_DE_PASSE}-faux")
    en_base = toute_la_base()
    en_session = "".join(str(session.get_decoded()) for session in Connexion.objects.all())
    stocke = b"".join(_lu(piece) for piece in marche.pieces.all())

    for trace in (en_base, en_session, caplog.text):
        assert cles.MOT_DE_PASSE not in trace
        assert cles.MOT_DE_PASSE.encode("unicode_escape").decode() not in trace
    assert list(tmp_path.iterdir()) == []
    assert P12[:200] not in stocke
    assert P12[:60].hex() not in en_base


def toute_la_base() -> str:
    """Chaque ligne de chaque table, telle que la base la garde."""
    with connection.cursor() as curseur:
        lignes = []
        for table in connection.introspection.table_names(curseur):
            curseur.execute(f'SELECT * FROM "{table}"')
            lignes += [str(ligne) for ligne in curseur.fetchall()]
    assert any("Martine Delattre" in ligne for ligne in lignes)
    return "".join(lignes)


def _lu(piece):
    with stockage().lire(piece.cle_de_stockage) as flux:
        return flux.read()


def test_la_preuve_d_identite_se_demande_avant_la_saisie_qui_n_est_pas_gardee(scene):
    """Passé cinq minutes, la reprise garderait l'envoi dans la session :
    ici, elle ne reprend rien.
    """
    marche, client = scene
    vieillir(client)
    page = client.get(reverse("marches:signer_ici", args=[marche.reference]))
    reponse = envoyer(client, marche)
    marche.refresh_from_db()

    assert [r.headers["Location"].split("?")[0] for r in (page, reponse)] == [
        reverse("account_reauthenticate")
    ] * 2
    assert cles.MOT_DE_PASSE not in str(dict(client.session))
    assert marche.etat == Marche.Etat.A_SIGNER


def vieillir(client):
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time() - 3600}]
    session.save()


@pytest.mark.parametrize(
    "ecart,phrase",
    [
        ({"secret": "autre"}, "le mot de passe n’est pas le bon"),
        ({"p12": b"x" * 200_001}, "Ce fichier dépasse 200 Ko"),
        ({"lu": ""}, "Lisez le document"),
        ({"empreinte": "0" * 64}, "Le document a changé depuis que cette page l’a montré"),
        ({"secret": ""}, "Donnez le mot de passe"),
        ({"certificat": ""}, "Choisissez le fichier de votre certificat"),
    ],
)
def test_ce_qui_ne_signe_pas_revient_avec_sa_raison_et_sans_le_mot_de_passe(scene, ecart, phrase):
    marche, client = scene
    reponse = envoyer(client, marche, **ecart)
    page = reponse.content.decode().replace("'", "’").replace("&#x27;", "’")

    assert (reponse.status_code, phrase in page) == (422, True)
    assert cles.MOT_DE_PASSE not in page
    assert not marche.pieces.filter(sorte="signe").exists()


def test_le_champ_du_secret_ne_se_remplit_ni_ne_se_retient(scene):
    marche, client = scene
    page = client.get(reverse("marches:signer_ici", args=[marche.reference])).content.decode()
    (champ,) = [
        morceau for morceau in page.split("<input")[1:] if 'name="secret"' in morceau.split(">")[0]
    ]

    assert 'autocomplete="off"' in champ.split(">")[0]
    assert 'type="password"' in champ.split(">")[0]


def test_le_titulaire_signe_d_abord(client):
    organisme, martine = gestes.bomy()
    marche = gestes.inscrit(organisme)
    client = connecter(client, avec_second_facteur(martine))

    assert envoyer(client, marche).status_code == 409


def test_un_exemplaire_qui_n_est_pas_un_pdf_ne_se_signe_pas_ici(client):
    organisme, martine = gestes.bomy()
    marche = gestes.inscrit(organisme)
    depose(marche, "acte.odt", b"PK\x03\x04 un acte")
    reponse = envoyer(connecter(client, avec_second_facteur(martine)), marche)

    assert (reponse.status_code, "seul un PDF" in reponse.content.decode()) == (422, True)


@pytest.mark.skipif(
    not cles.module_softhsm(),
    reason="SoftHSM2 n'est pas installé (Debian : apt-get install softhsm2)",
)
def test_le_jeton_de_la_mairie_signe_par_son_code(scene, settings, tmp_path, monkeypatch):
    monkeypatch.setenv("SOFTHSM2_CONF", "")
    jeton = cles.jeton_logiciel(tmp_path, MARTINE)
    settings.PKCS11 = {"module": jeton.module, "jeton": jeton.label, "certificat": ""}
    marche, client = scene
    faux = envoyer(client, marche, moyen="jeton", secret="000000", certificat="")
    bon = envoyer(client, marche, moyen="jeton", secret=cles.PIN, certificat="")

    assert ("refuse ce code PIN" in faux.content.decode(), bon.status_code) == (True, 302)
    assert marche.pieces.get(sorte="signe").signatures[1]["signataire"] == "Martine Delattre"


def test_sans_jeton_regle_l_ecran_n_en_propose_pas(scene):
    marche, client = scene

    assert (
        "code PIN"
        not in client.get(reverse("marches:signer_ici", args=[marche.reference])).content.decode()
    )


@pytest.mark.moteurs
def test_une_personne_confirme_le_signataire_et_son_pouvoir(scene):
    marche, client = scene
    page = reverse("marches:agir", args=[marche.reference, "signataire"])
    contrat = reverse("marches:contrat", args=[marche.reference])
    assert "Signataire à confirmer" in client.get(contrat).content.decode()
    muette = client.post(
        page, {"nom": "Hélène Duriez", "qualite": "", "fondement": "Kbis", "engage": ""}
    )
    assert muette.status_code == 422 and "Sa qualité" in muette.content.decode()

    client.post(
        page,
        {
            "nom": "Hélène Duriez",
            "qualite": "gérante",
            "fondement": "Kbis du 3 mars",
            "engage": "oui",
        },
    )
    lu = client.get(contrat).content.decode()
    assert (
        "Hélène Duriez, gérante" in lu and "Kbis du 3" in lu and "Signataire à confirmer" not in lu
    )


def test_sans_signature_du_titulaire_il_n_y_a_personne_a_confirmer(scene):
    marche = gestes.inscrit(scene[0].organisme, numero="2026-999")
    dit = signature.Signataire("Hélène Duriez", "gérante", "Kbis", "oui")

    with pytest.raises(ConflitEtat, match="n'a pas encore signé"):
        signature.confirmer_le_signataire(marche=marche, dit=dit, par=PLATEFORME, maintenant=LE)
