"""Devant l'autorité : nos deux documents sont valides (XSD, Schematron) ; ce qu'elle refuse, nous le refusons avant."""

import pytest

from formats.dume import ecrire
from formats.dume.modele import REPONSE
from formats.dume.rapport import verifier
from formats.dume.tests.exemples import avec_l_espd, demande, officiel, reponse
from formats.dume.tests.mutations import DE_LA_DEMANDE, DE_LA_REPONSE, DES_DEUX
from formats.schematron import Ouvrier
from formats.tests.normes import NORMES

DOCUMENTS = {"demande": ecrire(demande()), "réponse": ecrire(reponse())}
CAS = [
    *(("demande", mutation) for mutation in (*DES_DEUX, *DE_LA_DEMANDE) if mutation.officielle),
    *(("réponse", mutation) for mutation in (*DES_DEUX, *DE_LA_REPONSE) if mutation.officielle),
]


@pytest.fixture(scope="module")
def juger(tmp_path_factory):
    ouvrier, cache = Ouvrier(), tmp_path_factory.mktemp("dume")
    yield lambda contenu: verifier(contenu, normes=NORMES, cache=cache, ouvrier=ouvrier)
    ouvrier.arreter()


def dits(rapport):
    return {controle.nom: [str(defaut) for defaut in controle.defauts] for controle in rapport.controles}


@avec_l_espd
@pytest.mark.parametrize(
    "dume",
    [demande(), demande(selection={}, lots=[]), reponse(), reponse(lots=["LOT-0001", "LOT-0002"]), reponse(lots=[])],
    ids=["demande", "demande sans critère", "réponse", "réponse à deux lots", "réponse sans lot"],
)
def test_ce_que_nous_ecrivons_est_valide(juger, dume):
    rapport = juger(ecrire(dume))

    assert rapport.est_bon and rapport.non_faits == []
    sans_critere = dume.sorte != REPONSE and len(dume.criteres) == 28
    regles = dits(rapport).pop("Règles officielles")
    assert len(regles) == sans_critere and all("BR-REQ-40" in regle for regle in regles)


@avec_l_espd
@pytest.mark.lent
@pytest.mark.parametrize("nom", ["Request", "Response"])
def test_les_exemples_officiels_sont_valides_pour_l_autorite_et_pour_nous(juger, nom):
    assert juger(officiel(nom)).est_bon


@avec_l_espd
@pytest.mark.lent
@pytest.mark.parametrize(("sorte", "mutation"), CAS, ids=lambda cas: getattr(cas, "chemin", str(cas))[-60:])
def test_ce_que_l_autorite_refuse_nous_le_refusons_avant(juger, sorte, mutation):
    rapport = juger(mutation.appliquer(DOCUMENTS[sorte]))
    ours, *officiels = rapport.controles

    assert any(controle.erreurs for controle in officiels)
    assert mutation.champ in {defaut.champ for defaut in ours.erreurs}


def test_sans_les_fichiers_officiels_on_le_dit(tmp_path):
    rapport = verifier(DOCUMENTS["réponse"], normes=None, cache=tmp_path)

    assert rapport.est_bon and [c.nom for c in rapport.controles] == ["Nos règles"]
    assert "ne sont pas installés" in rapport.non_faits[0]
