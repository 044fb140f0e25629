"""Un DUME en français : les exclusions déclarées d'abord, les critères, les montants, les lots."""

from formats.dume import lire
from formats.dume.resume import en_lignes, resume
from formats.dume.tests.exemples import avec_l_espd, demande, officiel, reponse


def test_une_exclusion_declaree_est_mise_en_avant():
    dit = resume(reponse())

    assert [critere.nom for critere in dit.declarees] == [
        "Conflit d'intérêts"
    ] and dit.muettes == ()
    assert dit.declarees[0].lignes[1].reponse == "Le frère de la gérante est adjoint au maire."
    assert "  ! Conflit d'intérêts : l'entreprise déclare être dans ce cas." in en_lignes(reponse())


def test_un_critere_dit_ses_montants_et_ses_dates():
    [chiffre, _references] = resume(reponse()).selection

    assert chiffre.etat == "oui" and [e.reponse for e in chiffre.exigences] == [
        "120\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}€"
    ]
    assert "482\N{NO-BREAK SPACE}000,50\N{NO-BREAK SPACE}€" in {
        ligne.reponse for ligne in chiffre.lignes
    }
    assert any(
        "1er" in ligne.reponse and ligne.reponse.startswith("du ") for ligne in chiffre.lignes
    )


def test_les_lots_et_le_dume_simplifie_se_disent():
    assert resume(reponse(lots=["LOT-0001", "LOT-0012"])).lots == "1, 12"
    assert resume(demande(lots=[])).lots == "toute la procédure"
    assert "simplifié permis" in resume(demande(simplifie=True)).simplifie


@avec_l_espd
def test_l_exemple_officiel_se_dit_en_francais():
    dit = resume(lire(officiel("Response")))
    assert len(dit.exclusions) == 24 and len(dit.selection) == 31 and len(dit.autres) == 7
    assert dit.entreprise[-1].reponse == "Petite ou moyenne entreprise"
