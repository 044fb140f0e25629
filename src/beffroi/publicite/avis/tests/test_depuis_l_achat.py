"""L'avis tiré de l'achat : complet devant nos règles, et devant celles de l'autorité."""

from dataclasses import replace

import pytest

from beffroi.achat.redaction.tests.achats import (
    ACCORD_CADRE,
    AOO,
    AOR,
    CONCESSION,
    DROIT,
    MAINTENANT,
    MAPA,
    PROCEDURE_AVEC_NEGOCIATION,
    RESERVE,
    VIDE,
)
from beffroi.publicite.avis.rules import depuis_l_achat
from droit.achat import Acheteur, DocumentHorsProfil, GroupementDeCommandes, OutilParticulier
from formats.avis import eforms, national, officiel, ouvrir, prevalider
from formats.avis.tests.exemples import IDENTIFIANTS, TRIBUNAL
from formats.nomenclatures import nuts
from formats.tests.normes import NORMES, avec_les_normes

ACHATS = {
    "MAPA": (MAPA, "E3"),
    "appel d'offres ouvert": (AOO, "16"),
    "accord-cadre": (ACCORD_CADRE, "16"),
    "appel d'offres restreint": (AOR, "16"),
    "avec négociation": (PROCEDURE_AVEC_NEGOCIATION, "16"),
    "concession": (CONCESSION, "19"),
    "marché réservé": (replace(RESERVE, code_cpv="77310000-6"), "E3"),
}


def avis(achat, **options):
    return depuis_l_achat.avis_de(
        achat, DROIT, envoi=MAINTENANT, **{"tribunal": TRIBUNAL, **options}
    )


def lu(achat, **options):
    return ouvrir(eforms.construire(avis(achat, **options), identifiants=IDENTIFIANTS))


@pytest.mark.parametrize(("achat", "sous_type"), ACHATS.values(), ids=ACHATS)
def test_chaque_achat_a_son_sous_type(achat, sous_type):
    assert depuis_l_achat.sous_type_de(achat) == sous_type


def test_des_services_sociaux_ont_le_regime_assoupli():
    assert depuis_l_achat.sous_type_de(replace(MAPA, services_sociaux_ou_specifiques=True)) == "20"


@pytest.mark.parametrize(("achat", "sous_type"), ACHATS.values(), ids=ACHATS)
def test_un_achat_complet_donne_un_avis_europeen_complet(achat, sous_type):
    assert [str(defaut) for defaut in prevalider(lu(achat))] == []


@pytest.mark.parametrize(("achat", "sous_type"), ACHATS.values(), ids=ACHATS)
def test_un_achat_complet_donne_un_avis_national_complet(achat, sous_type):
    assert [str(defaut) for defaut in national.prevalider(avis(achat))] == []


@avec_les_normes
def test_l_avis_de_chaque_achat_passe_les_controles_de_l_autorite(feuilles, ouvrier):
    kit = officiel.kit_pour(NORMES, eforms.SDK)
    reproches = {
        nom: [
            *officiel.verifier_le_schema(lu(achat), kit),
            *officiel.verifier_les_regles(lu(achat), kit, cache=feuilles, ouvrier=ouvrier),
        ]
        for nom, (achat, _) in ACHATS.items()
    }

    assert {nom: dits for nom, dits in reproches.items() if dits} == {}


def test_un_code_cpv_qui_dement_la_nature_est_vu():
    dits = [str(defaut) for defaut in prevalider(lu(RESERVE))]

    assert dits == [
        "Le code CPV 45261000 ne désigne pas des services. Changez le code ou la nature. (BT-262)"
    ]


def test_sans_tribunal_donne_c_est_celui_du_departement_et_son_siret_est_reclame():
    dits = [str(defaut) for defaut in prevalider(lu(AOO, tribunal=None))]

    assert avis(AOO, tribunal=None).recours.tribunal.nom == "Tribunal administratif de Lille"
    assert any(
        dit.startswith("Il manque le SIRET de l'organisation.") and "Lille" in dit for dit in dits
    )


def test_un_achat_a_peine_commence_dit_ce_qui_manque():
    dits = " ".join(str(defaut) for defaut in national.prevalider(avis(VIDE)))

    assert "Il manque la date et l'heure limites." in dits
    assert "Il manque le code CPV principal." in dits


@pytest.mark.article("CCP", "R. 2151-8")
@pytest.mark.parametrize(
    ("achat", "code"),
    [
        (MAPA, "allowed"),
        (AOO, "not-allowed"),
        (
            replace(AOO, acheteur=replace(AOO.acheteur, type_d_acheteur="entité adjudicatrice")),
            "allowed",
        ),
    ],
)
def test_sans_mention_les_variantes_suivent_la_procedure(achat, code):
    muet = replace(
        achat, offre=replace(achat.offre, variantes=replace(achat.offre.variantes, regime=None))
    )

    assert avis(muet).lots[0].variantes == code


def test_un_lot_reserve_le_dit_seul():
    assert [lot.reserve for lot in avis(RESERVE).lots] == ["res-ws", "none"]


def test_la_cle_de_controle_du_cpv_ne_s_ecrit_pas():
    assert avis(AOO).code_cpv == "55524000"


def test_les_sous_criteres_decrivent_le_critere():
    technique = avis(MAPA).lots[0].criteres[1]

    assert technique.description == "Organisation du chantier : 20 % ; Qualité des matériaux : 15 %"


def test_l_avis_dit_ce_que_l_achat_a_de_particulier():
    groupement = GroupementDeCommandes(
        coordonnateur="Commune de Bomy", membres=("Commune de Coyecques",)
    )

    dits = avis(replace(RESERVE, groupement_de_commandes=groupement))

    assert dits.acheteur.groupement_de_commandes and dits.procedure.tranches
    assert dits.informations == (
        "Groupement de commandes, coordonnateur : Commune de Bomy. Membres : Commune de Coyecques. "
        "Tranches : Année 1 (ferme) ; Année 2 (optionnelle). "
        "Prestations supplémentaires éventuelles : Arrosage. "
        f"Prix : {RESERVE.execution.forme_de_prix}."
    )
    assert {lot.options for lot in dits.lots} == {"Arrosage."}


def test_un_achat_ordinaire_n_ajoute_que_le_prix_a_l_avis():
    assert avis(MAPA).informations == "Prix : forfaitaire."


MEMBRE = Acheteur(
    nom="Commune de Coyecques",
    siret="21620254900013",
    code_postal="62560",
    ville="Coyecques",
    code_nuts="FRE12",
    courriel="mairie@coyecques.example",
    telephone="03 21 00 00 01",
)


def groupe(membre, coordonnateur=AOO.acheteur.nom):
    noms = (membre.nom, "Commune de Bomy")
    return GroupementDeCommandes(coordonnateur=coordonnateur, membres=noms, organisations=(membre,))


@pytest.mark.article("CCP", "L. 2113-7")
def test_un_membre_dont_on_sait_tout_est_acheteur_et_l_avis_reste_complet():
    achat = replace(AOO, groupement_de_commandes=groupe(MEMBRE))

    assert [m.identifiant for m in avis(achat).acheteur.membres] == ["21620254900013"]
    assert avis(achat).acheteur.coordonnateur == ""
    assert [str(defaut) for defaut in prevalider(lu(achat))] == []


def test_un_membre_incomplet_reste_nomme_en_toutes_lettres():
    achat = replace(AOO, groupement_de_commandes=groupe(replace(MEMBRE, code_nuts="")))

    assert avis(achat).acheteur.membres == ()
    assert "Membres : Commune de Coyecques ; Commune de Bomy." in avis(achat).informations


def test_le_coordonnateur_peut_etre_un_autre_membre():
    achat = replace(AOO, groupement_de_commandes=groupe(MEMBRE, coordonnateur=MEMBRE.nom))

    assert avis(achat).acheteur.coordonnateur == MEMBRE.siret


@pytest.mark.article("CCP", "R. 2132-5")
def test_des_documents_hors_du_profil_vont_dans_l_avis_avec_le_code_de_leur_raison():
    plan = DocumentHorsProfil(
        intitule="Plans",
        raison="sensible",
        moyen_d_acces="Par courriel.",
        cle_de_la_raison="sécurité",
    )
    achat = replace(AOO, documents_hors_profil=(plan,))

    restreints = avis(achat).remise.documents_restreints
    assert (restreints.intitules, restreints.justification) == (("Plans",), "sen-info")
    assert [str(defaut) for defaut in prevalider(lu(achat))] == []


@pytest.mark.article("CCP", "R. 2132-14")
def test_un_outil_peu_courant_va_dans_l_avis():
    outil = OutilParticulier(
        nom="Maquette IFC",
        acces="jeton",
        adresse="https://bim.example/",
        conditions="Trente jours.",
    )

    dit = avis(replace(AOO, outils_particuliers=(outil,))).remise.outil
    assert (dit.nom, dit.adresse) == ("Maquette IFC", "https://bim.example/")
    assert dit.acces == "un jeton provisoire et gratuit, en ligne Trente jours."


@pytest.mark.article("CJA", "R. 221-3")
def test_chaque_tribunal_des_tables_siege_dans_un_departement_connu():
    achats = [
        replace(AOO, acheteur=replace(AOO.acheteur, code_postal=f"{dep:02}000", tribunal=""))
        for dep in range(1, 96)
    ]

    tribunaux = [avis(achat, tribunal=None).recours.tribunal for achat in achats]

    assert all(t.ville and nuts.est_connu(t.code_nuts) for t in tribunaux)


def test_le_tribunal_d_office_vient_avec_ce_que_les_tables_en_savent():
    achat = replace(AOO, acheteur=replace(AOO.acheteur, tribunal="tribunal administratif de Lille"))

    tribunal = avis(achat, tribunal=None).recours.tribunal

    assert (tribunal.nom, tribunal.ville, tribunal.code_nuts) == (
        "Tribunal administratif de Lille",
        "Lille",
        "FRE11",
    )
    assert (tribunal.telephone, tribunal.courriel) == (
        "03 59 54 23 42",
        "greffe.ta-lille@juradm.fr",
    )


def test_d_un_tribunal_que_les_tables_ignorent_rien_n_est_invente():
    achat = replace(AOO, acheteur=replace(AOO.acheteur, tribunal="Tribunal judiciaire de Béthune"))

    tribunal = avis(achat, tribunal=None).recours.tribunal

    assert (tribunal.nom, tribunal.ville, tribunal.code_nuts) == (
        "Tribunal judiciaire de Béthune",
        "",
        "",
    )
