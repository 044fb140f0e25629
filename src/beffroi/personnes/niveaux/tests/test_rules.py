"""Ce qu'un niveau établit, ce qu'un certificat prouve : sur des valeurs nues."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from beffroi.personnes.niveaux import rules
from beffroi.personnes.niveaux.rules import Faits, Niveau
from beffroi.personnes.niveaux.tests.gestes import BONNE, SIREN

LE = datetime(2026, 12, 1, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("faits", "niveau"),
    [
        (Faits(), Niveau.DECLAREE),
        (Faits(adresse_prouvee=True), Niveau.ADRESSE_PROUVEE),
        (Faits(adresse_prouvee=True, collegues=1), Niveau.RECONNUE),
        (Faits(collegues=2), Niveau.RECONNUE),
        (Faits(moyens=("par un code",)), Niveau.PROUVEE),
        (Faits(adresse_prouvee=True, collegues=3, moyens=("par un code",)), Niveau.PROUVEE),
    ],
)
def test_le_niveau_est_le_plus_haut_que_les_faits_etablissent(faits, niveau):
    assert faits.niveau is niveau


def test_la_phrase_dit_tous_les_faits_et_pas_seulement_le_plus_haut():
    faits = Faits(adresse_prouvee=True, collegues=2, moyens=("par un certificat",))

    assert faits.phrase == (
        "prouvée par un certificat ; reconnue par 2 collègues ; adresse électronique prouvée"
    )
    assert Faits().phrase == "adresse électronique non prouvée"


def test_un_certificat_qualifie_de_l_entreprise_prouve():
    assert rules.certificat_prouve(BONNE, entreprise=SIREN).favorable


@pytest.mark.parametrize(
    ("change", "dit"),
    [
        ({"sous_indication": "REVOKED"}, "révoqué"),
        ({"sous_indication": "EXPIRED"}, "a expiré"),
        ({"sous_indication": "NOT_YET_VALID"}, "pas encore valable"),
        ({"sous_indication": "NO_CERTIFICATE_CHAIN_FOUND"}, "aucune liste de confiance"),
        ({"sous_indication": "TRY_LATER"}, "rien ici ne dit si ce certificat a été révoqué"),
        ({"sous_indication": "HASH_FAILURE", "phrase": "Le document a changé."}, "a changé"),
        ({"couvre_tout": False}, "ne couvre pas tout"),
        ({"qualifie": False}, "aucune liste de confiance"),
        ({"entreprises": ()}, "aucune entreprise"),
        ({"entreprises": ("552100554",)}, "autre entreprise (552100554)"),
        ({"entreprises": ("552100554", SIREN)}, "autre entreprise"),
        ({"entreprises": ("HRB1234",)}, "autre entreprise (HRB1234)"),
    ],
)
def test_chaque_defaut_du_certificat_a_sa_phrase(change, dit):
    decision = rules.certificat_prouve(replace(BONNE, **change), entreprise=SIREN)

    assert not decision.favorable
    assert dit in decision.motifs[0].texte


def test_ce_qui_n_est_pas_etabli_ne_se_dit_pas_faux_et_offre_un_autre_moyen():
    inconnu = replace(BONNE, sous_indication="NO_CERTIFICATE_CHAIN_FOUND", listes="aucune liste")
    texte = rules.certificat_prouve(inconnu, entreprise=SIREN).motifs[0].texte

    assert texte.startswith("Non établi")
    assert "Autorité d'essai" in texte and "aucune liste" in texte and "par la poste" in texte


def relever(**change):
    dits = {
        "la_meme_equipe": True,
        "releve_le": None,
        "expire_le": LE + timedelta(days=7),
        "maintenant": LE,
    }
    return rules.peut_relever(**{**dits, **change})


def test_un_defi_se_releve_a_temps_une_fois_par_son_equipe():
    assert relever().favorable
    assert "autre équipe" in relever(la_meme_equipe=False).motifs[0].texte
    assert "déjà servi" in relever(releve_le=LE).motifs[0].texte
    assert "expiré" in relever(expire_le=LE).motifs[0].texte


def taper(**change):
    dits = {
        "imprimee": True,
        "expire_le": LE + timedelta(days=30),
        "essais_manques": 0,
        "maintenant": LE,
    }
    return rules.peut_taper_le_code(**{**dits, **change})


def test_un_code_vaut_trente_jours_et_cinq_essais():
    assert taper().favorable
    assert taper(essais_manques=4).favorable
    assert "mal tapé 5 fois" in taper(essais_manques=5).motifs[0].texte
    assert "expiré" in taper(expire_le=LE).motifs[0].texte
    assert "Aucune lettre" in taper(imprimee=False).motifs[0].texte


@pytest.mark.parametrize(
    ("change", "dit"),
    [
        ({"francaise": False}, "en France"),
        ({"en_cours": True}, "déjà demandée"),
        ({"prouvee": True}, "déjà prouvée"),
    ],
)
def test_une_lettre_se_demande_une_fois_pour_un_etablissement_francais(change, dit):
    dits = {"francaise": True, "en_cours": False, "prouvee": False}

    assert rules.peut_demander_une_lettre(**dits).favorable
    assert dit in rules.peut_demander_une_lettre(**{**dits, **change}).motifs[0].texte


def test_le_centre_dit_ce_qu_il_a_vu_et_pourquoi_il_revoque():
    assert rules.peut_etablir(en_cours=False, habitee=True, precision="Kbis").favorable
    assert not rules.peut_etablir(en_cours=False, habitee=True, precision="").favorable
    assert not rules.peut_etablir(en_cours=True, habitee=True, precision="Kbis").favorable
    assert not rules.peut_etablir(en_cours=False, habitee=False, precision="Kbis").favorable
    assert rules.peut_revoquer(revoquee=False, motif="Société radiée").favorable
    assert not rules.peut_revoquer(revoquee=False, motif="").favorable
    assert not rules.peut_revoquer(revoquee=True, motif="Société radiée").favorable
