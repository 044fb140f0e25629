"""L'avis européen tel qu'il s'écrit : ce que chaque valeur devient."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from formats.avis import eforms, ouvrir, prevalider
from formats.avis.eforms.noms import ESPACES
from formats.avis.modele import Duree
from formats.avis.tests import exemples


def lu(avis, *, sdk=eforms.SDK):
    return ouvrir(eforms.construire(avis, identifiants=exemples.IDENTIFIANTS, sdk=sdk))


def valeurs(avis, chemin):
    return [noeud.text for noeud in lu(avis).racine.xpath(chemin, namespaces=ESPACES)]


@pytest.mark.parametrize("nom", exemples.TOUS)
def test_un_avis_complet_passe_nos_regles(nom):
    assert prevalider(lu(exemples.TOUS[nom]())) == []


def test_l_heure_limite_porte_le_decalage_de_paris():
    avis = exemples.marche()
    hiver = "cac:ProcurementProjectLot[1]/cac:TenderingProcess/cac:TenderSubmissionDeadlinePeriod/*"

    assert valeurs(avis, f"/*/{hiver}") == ["2026-12-15+01:00", "12:00:00+01:00"]


def test_une_heure_universelle_s_ecrit_a_l_heure_de_paris_l_ete():
    avis = exemples.marche()
    ete = replace(avis, remise=replace(avis.remise, limite=datetime(2027, 7, 1, 10, 0, tzinfo=UTC)))

    assert valeurs(ete, "(//cac:TenderSubmissionDeadlinePeriod)[1]/*") == [
        "2027-07-01+02:00",
        "12:00:00+02:00",
    ]


def test_en_deux_phases_la_limite_est_celle_des_candidatures():
    avis = exemples.restreint()

    assert valeurs(avis, "//cac:ParticipationRequestReceptionPeriod/cbc:EndDate") == [
        "2026-12-15+01:00"
    ]
    assert valeurs(avis, "//cac:TenderSubmissionDeadlinePeriod") == []


def test_la_version_du_kit_est_un_parametre():
    assert lu(exemples.marche(), sdk="1.13").sdk == "1.13"


def test_ce_que_l_avis_ne_dit_pas_ne_s_ecrit_pas():
    avis = replace(exemples.marche(), informations="", valeur_estimee_ht=None)

    assert (
        valeurs(
            avis,
            (
                "/*/cac:ProcurementProject/cbc:Note | "
                "/*/cac:ProcurementProject/cac:RequestedTenderTotal"
            ),
        )
        == []
    )


def test_des_criteres_sans_poids_gardent_leur_rang():
    assert valeurs(
        exemples.concession(), "//efac:AwardCriterionParameter/efbc:ParameterNumeric"
    ) == ["1", "2"]


def test_un_montant_a_deux_decimales_et_sa_devise():
    total = lu(exemples.marche()).racine.xpath(
        "/*/cac:ProcurementProject//cbc:EstimatedOverallContractAmount", namespaces=ESPACES
    )

    assert [(t.text, t.get("currencyID")) for t in total] == [("270000.00", "EUR")]


def test_un_texte_recu_ne_devient_pas_du_balisage():
    avis = replace(exemples.marche(), titre="Toiture </cbc:Name><script> & Cie")

    assert valeurs(avis, "/*/cac:ProcurementProject/cbc:Name") == [
        "Toiture </cbc:Name><script> & Cie"
    ]


def test_un_avis_rectificatif_dit_quel_avis_il_change():
    avis = exemples.rectificatif()

    assert valeurs(avis, "//efbc:ChangedNoticeIdentifier") == [
        "5b2f0f0e-6a0a-4f0e-9b3f-0d5a1c2b3e4f-01"
    ]
    assert valeurs(avis, "//efbc:ChangedSectionIdentifier") == ["LOT-0001", "LOT-0002"]


def test_une_fin_dite_l_emporte_sur_une_duree():
    avis = exemples.marche()
    lot = replace(
        avis.lots[0],
        duree=Duree(mois=6, debut=avis.lots[1].duree.debut, fin=avis.lots[1].duree.fin),
    )

    assert valeurs(replace(avis, lots=(lot,)), "//cac:PlannedPeriod/cbc:DurationMeasure") == []


BUYERS = "/*/cac:ContractingParty/cac:Party/cac:PartyIdentification/cbc:ID"


@pytest.mark.article("CCP", "L. 2113-7")
def test_un_groupement_de_commandes_a_plusieurs_acheteurs_et_un_seul_meneur():
    avis = exemples.groupement()

    assert valeurs(avis, BUYERS) == ["ORG-0001", "ORG-0003"]
    assert valeurs(
        avis, "//efac:Organization[efbc:GroupLeadIndicator='true']//cac:PartyName/cbc:Name"
    ) == [exemples.COMMUNE.nom]
    assert valeurs(avis, "//efac:Organization[efbc:GroupLeadIndicator='false']//cbc:CompanyID") == [
        exemples.SYNDICAT.identifiant
    ]


def test_le_meneur_peut_etre_un_autre_membre():
    avis = exemples.groupement()
    autre = replace(
        avis, acheteur=replace(avis.acheteur, coordonnateur=exemples.SYNDICAT.identifiant)
    )

    assert valeurs(autre, "//efac:Organization[efbc:GroupLeadIndicator='true']//cbc:CompanyID") == [
        exemples.SYNDICAT.identifiant
    ]


def test_un_acheteur_seul_ne_mene_aucun_groupement():
    assert valeurs(exemples.marche(), "//efbc:GroupLeadIndicator") == []


@pytest.mark.article("CCP", "R. 2132-5")
def test_des_documents_hors_du_profil_disent_leur_raison_et_ou_les_demander():
    avis, reference = exemples.hors_profil(), "(//cac:CallForTendersDocumentReference)[2]"

    assert valeurs(avis, f"{reference}/cbc:DocumentType") == ["restricted-document"]
    assert valeurs(avis, f"{reference}/cbc:DocumentTypeCode") == ["sen-info"]
    assert valeurs(avis, f"{reference}//cbc:URI") == [f"{exemples.SITE}/consultations/2026-0142/"]
    assert valeurs(avis, "(//cac:CallForTendersDocumentReference)[1]/cbc:DocumentType") == [
        "non-restricted-document"
    ]


@pytest.mark.article("CCP", "R. 2132-14")
def test_un_outil_peu_courant_est_nomme_avec_son_adresse():
    avis = exemples.hors_profil()

    assert set(valeurs(avis, "//efbc:AccessToolName")) == {"Maquette numérique (IFC)"}
    assert set(valeurs(avis, "//cbc:AccessToolsURI")) == {f"{exemples.SITE}/outil/"}
