"""Nos règles : une demande et une réponse entières passent ;
chaque élément ôté ou changé est nommé, sans fichier officiel.
"""

from dataclasses import replace

import pytest
from lxml import etree

from formats.dume import ecrire, lire, verifier_nos_regles
from formats.dume.modele import Operateur
from formats.dume.taxonomie import criteres
from formats.dume.tests.exemples import NON, avec_l_espd, declarations, demande, officiel, reponse
from formats.dume.tests.mutations import DE_LA_DEMANDE, DE_LA_REPONSE, DES_DEUX

DEMANDE, REPONSE = ecrire(demande()), ecrire(reponse())
CAS = [
    *((mutation, DEMANDE) for mutation in (*DES_DEUX, *DE_LA_DEMANDE)),
    *((mutation, REPONSE) for mutation in (*DES_DEUX, *DE_LA_REPONSE)),
]


def erreurs(document):
    return [defaut for defaut in verifier_nos_regles(lire(document)) if defaut.est_une_erreur]


@pytest.mark.parametrize("document", [DEMANDE, REPONSE], ids=["demande", "réponse"])
def test_un_dume_entier_passe(document):
    assert verifier_nos_regles(lire(document)) == []


@pytest.mark.parametrize(
    ("mutation", "document"), CAS, ids=lambda cas: getattr(cas, "chemin", "")[-60:]
)
def test_ce_qui_manque_ou_change_est_nomme(mutation, document):
    trouves = erreurs(mutation.appliquer(document))

    assert mutation.champ in {defaut.champ for defaut in trouves}
    assert all(defaut.phrase and defaut.remede for defaut in trouves)


@avec_l_espd
@pytest.mark.parametrize("nom", ["Request", "Response"])
def test_un_exemple_officiel_n_a_pas_d_erreur(nom):
    assert erreurs(officiel(nom)) == []


@avec_l_espd
def test_la_reponse_officielle_ne_declare_rien_sur_les_impots():
    dits = verifier_nos_regles(lire(officiel("Response")))

    assert [(d.champ, d.regle) for d in dits] == [
        ("Impôts impayés", "BR-RESP-30"),
        ("Cotisations sociales impayées", "BR-RESP-30"),
    ]


@avec_l_espd
def test_notre_taxonomie_est_celle_de_l_autorite():
    """Identifiants, codes, arbres : lus dans l'exemple officiel, ils sont exactement les nôtres."""
    lus = lire(officiel("Request")).criteres

    assert [(c.uuid, c.code) for c in lus] == [(c.uuid, c.code) for c in criteres()]
    attendues = [(p.id, p.sorte, p.type) for c in criteres() for p in c.en_critere().proprietes()]
    assert [(p.id, p.sorte, p.type) for c in lus for p in c.proprietes()] == attendues


def test_une_exclusion_non_declaree_se_dit_sans_refuser():
    muette = reponse(
        reponses={q: v for q, v in reponse().reponses.items() if q != "C2_EG_corruption/QG1/Q1"}
    )
    dits = verifier_nos_regles(muette)

    assert [(d.champ, d.est_une_erreur) for d in dits] == [("Corruption", False)]


def test_un_critere_sans_reponse_est_nomme():
    assert {d.champ for d in verifier_nos_regles(reponse(reponses=declarations()))} == {
        "Chiffre d'affaires annuel",
        "Travaux : références",
    }


def test_un_mandataire_nomme_ses_membres():
    mandataire = replace(reponse().operateur, role="group-lead", groupement="Toits unis")
    oui = {"C59_OT_eo-group/QG1/Q1": (replace(NON[0], texte="true"),)}
    dits = verifier_nos_regles(
        reponse(operateur=mandataire, reponses={**reponse().reponses, **oui})
    )

    assert {d.champ for d in dits} == {"Participation avec d'autres"} and len(dits) == 3


def test_une_demande_sans_lot_vaut_pour_toute_la_procedure():
    assert demande(lots=[]).lots == ("LOT-0000",) and verifier_nos_regles(demande(lots=[])) == []


def test_un_operateur_muet_est_entierement_nomme():
    champs = {d.champ for d in verifier_nos_regles(reponse(operateur=Operateur()))}

    assert {"Nom de l'entreprise", "Identifiant de l'entreprise", "Pays de l'entreprise"} < champs


def test_un_exposant_demesure_n_est_pas_un_nombre():
    racine = etree.fromstring(REPONSE)
    [montant] = racine.iter("{*}ResponseAmount")
    montant.text = "1E999999999"

    assert {d.champ for d in erreurs(etree.tostring(racine))} == {"Chiffre d'affaires annuel"}
