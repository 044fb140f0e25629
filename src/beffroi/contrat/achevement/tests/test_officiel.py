"""L'avis que la plateforme assemble, devant le schéma et les règles de l'autorité ;
chaque mention ôtée ou faussée se voit.
"""

from copy import deepcopy
from dataclasses import replace

import pytest
from lxml import etree

from beffroi.achat.preparation.queries import preparation_de
from beffroi.contrat.achevement.assemblage import assembler
from beffroi.contrat.achevement.tests.scene import SIGNE_LE, en_procedure
from beffroi.contrat.marches.models import Marche
from droit.achat import ecrire as ecrire_l_achat
from droit.achat import lire as lire_l_achat
from formats.avis import eforms, officiel, ouvrir, prevalider_l_attribution
from formats.avis.eforms.noms import ESPACES
from formats.avis.tests.autorite import AU_CHOIX, exiges, sans
from formats.avis.tests.exemples import IDENTIFIANTS
from formats.tests.normes import avec_les_normes

pytestmark = [pytest.mark.django_db, avec_les_normes]
RECETTES = {
    "recettes_acheteur_1": "0",
    "recettes_usagers_1": "41250.50",
    "recettes_calcul_1": "Compte prévisionnel.",
}
# Ce qu'on fausse dans l'avis (rien :
# on le retire), et la règle qui doit le refuser, quel que soit le formulaire.
FAUX = {
    "signé après l'envoi": (
        "//efac:SettledContract/cbc:IssueDate",
        "2030-01-01Z",
        "BR-BT-00145-0100",
    ),
    "choisi après la signature": (
        "//efac:SettledContract/cbc:AwardDate",
        "2029-01-01Z",
        "BR-BT-01451-0101",
    ),
    "un lot que l'avis ne décrit pas": (
        "//efac:LotResult/efac:TenderLot/cbc:ID",
        "LOT-0009",
        "BR-BT-00137-0209",
    ),
    "une offre inconnue": (
        "//efac:LotResult/efac:LotTender/cbc:ID",
        "TEN-0009",
        "BR-OPT-00320-0100",
    ),
    "un contrat inconnu": (
        "//efac:LotResult/efac:SettledContract/cbc:ID",
        "CON-0009",
        "BR-OPT-00315-0100",
    ),
    "un titulaire inconnu": ("//efac:Tenderer/cbc:ID", "ORG-0099", "BR-OPT-00300-0253"),
    "un motif inventé": (
        "//efac:DecisionReason/efbc:DecisionReasonCode",
        "parce-que",
        "BR-BT-00144-0052",
    ),
    "une issue inventée": ("//efac:LotResult/cbc:TenderResultCode", "selec-l", "BR-BT-00142-0052"),
    "un compte d'offres en moins": (
        "//efac:ReceivedSubmissionsStatistics",
        None,
        "BR-BT-13713-0116",
    ),
    "une taille inventée": ("//efac:Company/efbc:CompanySizeCode", "géante", "BR-BT-00165-0052"),
    "un autre type d'avis": ("/*/cbc:NoticeTypeCode", "cn-standard", "BR-BT-00002-0109"),
    "une base inventée": ("/*/cbc:RegulatoryDomain", "32014L9999", "BR-BT-00001-0155"),
    "un CPV inventé": (
        "//cac:MainCommodityClassification/cbc:ItemClassificationCode",
        "99999999",
        "BR-BT-00262-0153",
    ),
    "un contrat sans numéro": (
        "//efac:SettledContract/efac:ContractReference",
        None,
        "BR-BT-00150-",
    ),
    "une balise hors du schéma": ("//efac:SettledContract/cbc:IssueDate", "hier", "ligne "),
}


def tirer(conclu, *, forme="europeenne", **dits):
    conclu.marche.refresh_from_db()
    return assembler(
        conclu.consultation, conclu.lots(), conclu.complements(**dits), forme=forme, le=SIGNE_LE
    )


def changer_l_achat(conclu, *, acheteur="", **change):
    preparation = preparation_de(conclu.consultation)
    achat = lire_l_achat(preparation.achat_gele)
    if acheteur:
        change["acheteur"] = replace(achat.acheteur, type_d_acheteur=acheteur)
    preparation.achat_gele = ecrire_l_achat(replace(achat, **change))
    preparation.save(update_fields=["achat_gele"])


def d_un_reseau(conclu):
    changer_l_achat(conclu, acheteur="entité adjudicatrice")
    return tirer(conclu, activite="water")


def social(conclu):
    en_procedure(conclu.consultation, "services_sociaux")
    changer_l_achat(conclu, services_sociaux_ou_specifiques=True)
    return tirer(conclu)


def en_concession(conclu):
    conclu.consultation.nature = "concession"
    en_procedure(conclu.consultation, "concession_au_dessus_du_seuil")
    Marche.toutes.filter(pk=conclu.marche.pk).update(nature="concession")
    return tirer(conclu, **RECETTES)


FORMULAIRES = {
    "29": tirer,
    "30": d_un_reseau,
    "32": en_concession,
    "33": social,
    "E4": lambda conclu: tirer(conclu, forme="nationale"),
}


def lu(attribution):
    return ouvrir(eforms.construire_l_attribution(attribution, identifiants=IDENTIFIANTS))


def fausse(avis, chemin, valeur):
    racine = deepcopy(avis.racine)
    noeud = racine.xpath(chemin, namespaces=ESPACES)[0]
    if valeur is None:
        noeud.getparent().remove(noeud)
    else:
        noeud.text = valeur
    return replace(ouvrir(etree.tostring(racine)), sous_type=avis.sous_type)


@pytest.mark.parametrize("formulaire", FORMULAIRES)
def test_l_avis_assemble_suit_nos_regles_et_le_schema(formulaire, conclu, kit):
    tire = FORMULAIRES[formulaire](conclu)

    assert tire.avis.sous_type == formulaire and prevalider_l_attribution(tire) == []
    assert officiel.verifier_le_schema(lu(tire), kit) == []


@pytest.mark.parametrize("formulaire", FORMULAIRES)
def test_l_avis_assemble_est_valide_et_chaque_faux_est_refuse_par_sa_regle(
    formulaire, conclu, kit, feuilles, ouvrier
):
    avis, officiels = lu(FORMULAIRES[formulaire](conclu)), {"cache": feuilles, "ouvrier": ouvrier}
    assert officiel.verifier_les_regles(avis, kit, **officiels) == []
    passes = {}
    for nom, (chemin, valeur, regle) in FAUX.items():
        mutant = fausse(avis, chemin, valeur)
        reproches = officiel.verifier_le_schema(mutant, kit) or officiel.verifier_les_regles(
            mutant, kit, **officiels
        )
        if not any(reproche.regle.startswith(regle) for reproche in reproches):
            passes[nom] = [reproche.regle for reproche in reproches]

    assert passes == {}


def test_une_mention_exigee_retiree_de_l_avis_assemble_est_refusee(conclu, kit, feuilles, ouvrier):
    avis = lu(tirer(conclu))
    muets, essayes = [], 0
    for champ in (champ for champ in exiges(avis) if champ["id"] not in AU_CHOIX):
        mutant = replace(sans(avis, champ), sous_type=avis.sous_type)
        essayes += 1
        refus = officiel.verifier_le_schema(mutant, kit) or officiel.verifier_les_regles(
            mutant, kit, cache=feuilles, ouvrier=ouvrier
        )
        if not refus:
            muets.append(champ["id"])

    assert essayes > 25 and muets == []


def test_nos_regles_reclament_ce_que_la_personne_n_a_pas_complete(conclu):
    nu = assembler(conclu.consultation, conclu.lots(), {}, forme="europeenne", le=SIGNE_LE)

    assert {defaut.bt for defaut in prevalider_l_attribution(nu)} >= {
        "BT-165",
        "BT-513",
        "BT-760",
        "BT-144",
    }
