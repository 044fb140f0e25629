"""Le DUME de l'acheteur, tiré de la consultation :
à tous, à côté du dossier, et toujours le même.
"""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.test import Client

from beffroi.achat.consultations.models import PieceAttendue
from beffroi.achat.preparation.queries import achat_de
from beffroi.reponse.depots.tests import factories
from beffroi.reponse.dume import demandes
from beffroi.reponse.dume.demandes import REFERENCES, demande_de, selection
from droit.pieces_de_candidature import CRITERES
from formats.dume import ecrire, lire, verifier_nos_regles
from formats.dume.composition import permet_le_simplifie
from formats.dume.rapport import verifier
from formats.dume.tests.exemples import avec_l_espd, demande
from formats.tests.normes import NORMES

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultation():
    consultation = factories.consultation(lots=2)
    for intitule in (
        "Trois références de travaux",
        "Attestation d'assurance décennale",
        "Lettre de candidature",
    ):
        PieceAttendue.objects.create(
            consultation=consultation, intitule=intitule, enveloppe="candidature", formats="pdf"
        )
    return consultation


def permettre_le_simplifie(monkeypatch, consultation):
    achat = achat_de(consultation, le=consultation.publiee_le)
    permis = replace(achat, candidature=replace(achat.candidature, dume_simplifie=True))
    monkeypatch.setattr(demandes, "achat_de", lambda *_args, **_reste: permis)


def test_le_dume_se_telecharge_sans_compte_et_passe_nos_regles(consultation):
    reponse = Client().get(f"/consultations/{consultation.reference}/dume.xml")

    lu = lire(reponse.content)
    assert (
        reponse["Content-Type"].startswith("application/xml")
        and "attachment" in reponse["Content-Disposition"]
    )
    assert (lu.consultation, lu.lots) == (consultation.reference, ("LOT-0001", "LOT-0002"))
    assert lu.acheteur.nom == consultation.organisme.nom and verifier_nos_regles(lu) == []


def test_deux_telechargements_sont_le_meme_fichier(consultation):
    assert ecrire(demande_de(consultation)) == ecrire(demande_de(consultation))


@pytest.mark.article("CCP", "R. 2143-4")
def test_la_page_dit_si_le_dume_simplifie_est_permis(consultation, monkeypatch):
    assert "DUME simplifié non permis" in lire_la_page(consultation)

    permettre_le_simplifie(monkeypatch, consultation)
    assert "DUME simplifié permis" in lire_la_page(consultation) and permet_le_simplifie(
        demande_de(consultation)
    )


def test_la_fiche_publique_mene_au_dume(consultation):
    fiche = Client().get(f"/consultations/{consultation.reference}/").content.decode()

    assert f"/consultations/{consultation.reference}/dume/" in fiche


def test_ce_que_l_acheteur_demande_devient_des_criteres(consultation):
    posees = {c.code: c for c in demande_de(consultation).criteres if c.lots}

    assert set(posees) == {"work-perform", "indem-insu"}
    dites = [p.exigence.texte for p in posees["work-perform"].proprietes() if p.exigence]
    assert "Trois références de travaux" in dites


def test_un_chiffre_d_affaires_minimal_s_ecrit_en_toutes_unites(consultation):
    achat = achat_de(consultation, le=consultation.publiee_le)
    voulu = replace(
        achat, candidature=replace(achat.candidature, chiffre_d_affaires_minimal=Decimal("1E+5"))
    )

    assert selection(voulu, [])["gen-year-to"] == {"MINIMUM_AMOUNT": "100000"}


def test_une_concession_qui_n_en_veut_pas_n_en_montre_pas(consultation, monkeypatch):
    monkeypatch.setattr(
        "beffroi.reponse.dume.views.public.est_accepte", lambda _consultation: False
    )

    assert "n'a pas prévu de DUME" in lire_la_page(consultation)
    assert Client().get(f"/consultations/{consultation.reference}/dume.xml").status_code == 404


@avec_l_espd
def test_chaque_critere_que_nous_savons_demander_est_valide_pour_l_autorite(tmp_path):
    codes = {*(code for _motif, code in CRITERES), *REFERENCES.values()}
    exigences = {code: {"DESCRIPTION": "Ce que l'acheteur demande"} for code in codes}
    dume = replace(demande(), criteres=demande(selection=exigences).criteres)

    rapport = verifier(ecrire(dume), normes=NORMES, cache=tmp_path)
    assert rapport.est_bon and rapport.defauts == ()


def lire_la_page(consultation):
    reponse = Client().get(f"/consultations/{consultation.reference}/dume/")
    assert reponse.status_code == 200
    return reponse.content.decode().replace("\N{NO-BREAK SPACE}", " ").replace("’", "'")
