"""Nos règles sur un avis d'attribution :
muettes sur le juste, et sur chaque faute le champ européen nommé.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from formats.avis import eforms, national_attribution, ouvrir, prevalider, prevalider_l_attribution
from formats.avis.attribution import OffresRecues, Recettes, ResultatDuLot
from formats.avis.eforms.noms import ESPACES
from formats.avis.tests import exemples
from formats.avis.tests import exemples_d_attribution as attributions


def avec(attribution, **change):
    """Le premier résultat changé."""
    premier, *autres = attribution.resultats
    return replace(attribution, resultats=(replace(premier, **change), *autres))


def offre(attribution, **change):
    return avec(attribution, offre=replace(attribution.resultats[0].offre, **change))


def contrat(attribution, **change):
    return avec(attribution, contrat=replace(attribution.resultats[0].contrat, **change))


def titulaire(attribution, **change):
    couvreur = attributions.COUVREUR
    return offre(
        attribution,
        titulaires=(replace(couvreur, organisation=replace(couvreur.organisation, **change)),),
    )


def acheteur(attribution, **change):
    avis = attribution.avis
    organisation = replace(avis.acheteur.organisation, **change)
    return replace(
        attribution, avis=replace(avis, acheteur=replace(avis.acheteur, organisation=organisation))
    )


def lot(attribution, **change):
    premier, *autres = attribution.avis.lots
    return replace(
        attribution, avis=replace(attribution.avis, lots=(replace(premier, **change), *autres))
    )


# Ce qu'on corrompt dans l'avis du sous-type 29, et le champ européen que nos règles doivent nommer.
FAUTES = {
    "BT-500": lambda a: titulaire(a, nom=""),
    "BT-501": lambda a: titulaire(a, identifiant=""),
    "BT-513": lambda a: titulaire(a, ville=""),
    "BT-512": lambda a: titulaire(a, code_postal=""),
    "BT-507": lambda a: titulaire(a, code_nuts=""),
    "BT-165": lambda a: offre(a, titulaires=(replace(attributions.COUVREUR, taille=""),)),
    "BT-503": lambda a: acheteur(a, telephone=""),
    "BT-506": lambda a: acheteur(a, courriel=""),
    "BT-21": lambda a: replace(a, avis=replace(a.avis, titre="")),
    "BT-24": lambda a: lot(a, description=""),
    "BT-262": lambda a: lot(a, code_cpv="99999999"),
    "BT-105": lambda a: replace(
        a, avis=replace(a.avis, procedure=replace(a.avis.procedure, code=""))
    ),
    "BT-539": lambda a: lot(a, criteres=()),
    "BT-13713": lambda a: avec(a, lot=9),
    "BT-3201": lambda a: offre(a, reference=""),
    "OPT-300": lambda a: offre(a, titulaires=()),
    "BT-720": lambda a: offre(a, montant_ht=None),
    "BT-150": lambda a: avec(a, contrat=None),
    "BT-145": lambda a: contrat(a, signe_le=None),
    "BT-1451": lambda a: contrat(a, decide_le=date(2027, 1, 13)),
    "BT-760": lambda a: avec(a, offres=None),
    "BT-759": lambda a: avec(a, offres=OffresRecues(recues=4, de_pme=5, electroniques=4)),
    "BT-710": lambda a: avec(a, offre_la_plus_basse_ht=None),
    "BT-144": lambda a: replace(a, resultats=(a.resultats[0], ResultatDuLot(lot=2))),
}


@pytest.mark.parametrize("nom", attributions.TOUS)
def test_un_avis_d_attribution_complet_passe_nos_regles(nom):
    assert prevalider_l_attribution(attributions.TOUS[nom]()) == []


@pytest.mark.parametrize("bt", FAUTES)
def test_une_faute_est_nommee_par_son_champ_europeen(bt):
    defauts = prevalider_l_attribution(FAUTES[bt](attributions.marche()))

    assert bt in {defaut.bt for defaut in defauts}
    assert all(defaut.phrase and defaut.remede for defaut in defauts)


@pytest.mark.parametrize("activite", ["", "gen-pub"])
def test_une_entite_adjudicatrice_dit_son_activite_de_reseau(activite):
    juste = attributions.entite_adjudicatrice()
    acheteur = replace(juste.avis.acheteur, activite_de_reseau=activite, activite=activite)
    fautive = replace(juste, avis=replace(juste.avis, acheteur=acheteur))

    assert [defaut.bt for defaut in prevalider_l_attribution(fautive)] == ["BT-610"]


def test_un_accord_cadre_dit_son_maximum():
    sans = avec(attributions.accord_cadre(), maximum_de_l_accord_cadre_ht=None)

    assert [defaut.bt for defaut in prevalider_l_attribution(sans)] == ["BT-709"]


@pytest.mark.article("CCP", "R. 3125-6")
def test_une_concession_dit_ce_qu_elle_rapporte():
    muette = offre(attributions.concession(), recettes=None)
    inexpliquee = offre(
        attributions.concession(),
        recettes=Recettes(de_l_acheteur=Decimal(0), des_usagers=Decimal(1), description=""),
    )

    assert [defaut.bt for defaut in prevalider_l_attribution(muette)] == ["BT-160"]
    assert [defaut.bt for defaut in prevalider_l_attribution(inexpliquee)] == ["BT-163"]


def test_un_avis_de_plein_gre_demande_moins():
    leger = offre(
        attributions.volontaire(),
        montant_ht=None,
        titulaires=(replace(attributions.COUVREUR, taille=""),),
    )

    assert prevalider_l_attribution(leger) == []


def test_un_sous_type_d_avis_de_marche_n_attribue_rien():
    faux = replace(attributions.marche(), avis=exemples.marche())

    assert "OPP-070" in {defaut.bt for defaut in prevalider_l_attribution(faux)}


def test_des_offres_comptees_contredisent_un_lot_sans_offre():
    recues = OffresRecues(recues=1, de_pme=1, electroniques=1)
    faux = avec(attributions.sans_suite(), offres=recues, motif="no-rece")

    assert [defaut.bt for defaut in prevalider_l_attribution(faux)] == ["BT-760"]


def test_un_contrat_signe_apres_l_envoi_est_dit():
    faux = contrat(attributions.marche(), signe_le=date(2027, 2, 1))

    assert [defaut.bt for defaut in prevalider_l_attribution(faux)] == ["BT-145"]


def test_deux_lots_ne_portent_pas_le_meme_numero_de_contrat():
    double = replace(attributions.COUVERTURE, lot=2)
    faux = replace(attributions.marche(), resultats=(attributions.COUVERTURE, double))

    assert [defaut.bt for defaut in prevalider_l_attribution(faux)] == ["BT-150"]


@pytest.mark.parametrize("nom", attributions.TOUS)
def test_le_xml_d_une_attribution_se_lit_par_nos_regles_d_avis(nom):
    xml = eforms.construire_l_attribution(attributions.TOUS[nom](), identifiants=exemples.AUTRES)

    assert prevalider(ouvrir(xml)) == []


def valeurs(attribution, chemin):
    xml = eforms.construire_l_attribution(attribution, identifiants=exemples.AUTRES)
    return [noeud.text for noeud in ouvrir(xml).racine.xpath(chemin, namespaces=ESPACES)]


def test_le_mandataire_est_le_premier_nomme():
    assert valeurs(attributions.marche(), "//efac:Tenderer/cbc:ID") == ["ORG-0003", "ORG-0004"]
    assert valeurs(attributions.marche(), "//efac:Tenderer/efbc:GroupLeadIndicator") == [
        "true",
        "false",
    ]


def test_le_total_est_celui_des_lots_attribues():
    assert valeurs(attributions.marche(), "//efac:NoticeResult/cbc:TotalAmount") == ["171250.40"]
    assert valeurs(attributions.accord_cadre(), "//efac:NoticeResult/cbc:TotalAmount") == []
    assert valeurs(
        attributions.accord_cadre(), "//efbc:OverallMaximumFrameworkContractsAmount"
    ) == ["400000.00"]


def test_l_avis_de_marche_paru_est_nomme():
    assert valeurs(attributions.marche(), "//cac:NoticeDocumentReference/cbc:ID") == [
        f"{exemples.IDENTIFIANTS.avis}-01"
    ]


def test_une_entreprise_titulaire_de_deux_lots_n_est_decrite_qu_une_fois():
    second = replace(
        attributions.COUVERTURE, lot=2, contrat=replace(attributions.CONTRAT, numero="2026-0142-02")
    )
    deux = replace(attributions.marche(), resultats=(attributions.COUVERTURE, second))

    assert valeurs(deux, "//efac:Company/cac:PartyIdentification/cbc:ID") == [
        f"ORG-000{n}" for n in (1, 2, 3, 4)
    ]


@pytest.mark.article("CCP", "R. 2183-1")
def test_le_texte_national_dit_a_qui_combien_et_pourquoi_non():
    dit = " ".join(national_attribution.texte(attributions.marche()).split())

    assert "AVIS D'ATTRIBUTION DE MARCHÉ" in dit
    assert (
        "Couvertures du Ternois, 62130 Saint-Pol-sur-Ternoise" in dit
        and "171 250,40 € hors taxes" in dit
    )
    assert "Non attribué : Aucune candidature ou offre reçue" in dit


def test_le_texte_national_ne_donne_pas_le_prix_des_autres():
    dit = national_attribution.texte(attributions.marche())

    assert "165" not in dit and "201" not in dit
