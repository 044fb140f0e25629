"""Devant l'autorité : nos deux documents sont valides (XSD, Schematron) ;
ce qu'elle refuse, nous le refusons avant.
"""

import pytest

from formats.dume import ecrire, officiel
from formats.dume.lecture import racine
from formats.dume.modele import REPONSE
from formats.dume.rapport import verifier
from formats.dume.tests import exemples
from formats.dume.tests.exemples import ESPD, avec_l_espd, demande, reponse
from formats.dume.tests.mutations import DE_LA_DEMANDE, DE_LA_REPONSE, DES_DEUX
from formats.tests.normes import NORMES

DOCUMENTS = {"demande": ecrire(demande()), "réponse": ecrire(reponse())}
CAS = [
    *(("demande", mutation) for mutation in (*DES_DEUX, *DE_LA_DEMANDE) if mutation.officielle),
    *(("réponse", mutation) for mutation in (*DES_DEUX, *DE_LA_REPONSE) if mutation.officielle),
]


@pytest.fixture
def juger(ouvrier, feuilles):
    return lambda contenu: verifier(contenu, normes=NORMES, cache=feuilles, ouvrier=ouvrier)


def dits(rapport):
    return {
        controle.nom: [str(defaut) for defaut in controle.defauts] for controle in rapport.controles
    }


@avec_l_espd
@pytest.mark.parametrize(
    "dume",
    [
        demande(),
        demande(selection={}, lots=[]),
        reponse(),
        reponse(lots=["LOT-0001", "LOT-0002"]),
        reponse(lots=[]),
    ],
    ids=["demande", "demande sans critère", "réponse", "réponse à deux lots", "réponse sans lot"],
)
def test_ce_que_nous_ecrivons_est_valide(juger, dume):
    rapport = juger(ecrire(dume))

    assert rapport.est_bon and rapport.non_faits == []
    sans_critere = dume.sorte != REPONSE and len(dume.criteres) == 28
    regles = dits(rapport).pop("Règles officielles")
    assert len(regles) == sans_critere and all("BR-REQ-40" in regle for regle in regles)


@avec_l_espd
@pytest.mark.parametrize("nom", ["Request", "Response"])
def test_les_exemples_officiels_sont_valides_pour_l_autorite_et_pour_nous(juger, nom):
    assert juger(exemples.officiel(nom)).est_bon


@avec_l_espd
@pytest.mark.parametrize(
    ("sorte", "mutation"), CAS, ids=lambda cas: getattr(cas, "chemin", str(cas))[-60:]
)
def test_ce_que_l_autorite_refuse_nous_le_refusons_avant(juger, sorte, mutation):
    rapport = juger(mutation.appliquer(DOCUMENTS[sorte]))
    ours, *officiels = rapport.controles

    assert any(controle.erreurs for controle in officiels)
    assert mutation.champ in {defaut.champ for defaut in ours.erreurs}


@avec_l_espd
def test_chercher_par_une_cle_ne_change_rien_a_ce_que_dit_l_autorite(
    ouvrier, feuilles, tmp_path, monkeypatch
):
    """Nous récrivons la façon de chercher de ses règles, jamais ce qu'elles cherchent."""
    falsifies = [
        m.appliquer(DOCUMENTS["réponse"]) for m in DES_DEUX if m.officielle and "QG1/Q1" in m.chemin
    ]

    def reproches(cache):
        return [
            officiel.verifier_les_regles(racine(document), ESPD, cache=cache, ouvrier=ouvrier)
            for document in falsifies
        ]

    par_cle = reproches(feuilles)
    monkeypatch.setattr(officiel, "_par_cle", lambda reuni: reuni)

    assert len(falsifies) > 3 and any(par_cle)
    assert reproches(tmp_path) == par_cle


def test_sans_les_fichiers_officiels_on_le_dit(tmp_path):
    rapport = verifier(DOCUMENTS["réponse"], normes=None, cache=tmp_path)

    assert rapport.est_bon and [c.nom for c in rapport.controles] == ["Nos règles"]
    assert "ne sont pas installés" in rapport.non_faits[0]
