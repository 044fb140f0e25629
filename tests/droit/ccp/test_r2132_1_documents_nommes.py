"""CCP, art. R. 2132-1, R. 2132-5 et R. 2132-8, annexe 7 :
les documents nommés, ailleurs, leurs formats (RC-09 à RC-11).
"""

import pytest

from droit.achat import DocumentHorsProfil, PieceDemandee
from tests.droit.achats import (
    achat,
    constats,
    documents,
    exige,
    offre,
    plateforme,
    rapport,
    reglement,
)

pytestmark = pytest.mark.article("CCP", "R. 2132-1")


def test_un_fichier_nomme_qui_n_est_pas_en_ligne_bloque():
    lu = reglement(en_plus=("Le dossier comprend aussi plan_masse.pdf.",))
    quoi, remede = (
        "Le règlement nomme un fichier qui n'est pas en ligne.",
        "Ajoutez ce fichier, ou corrigez son nom dans le règlement.",
    )
    constat = exige("RC-09", "bloquant", "documents", quoi, remede, projet=achat(), lu=lu)

    assert constat.trouve == "plan_masse.pdf"


@pytest.mark.parametrize(
    "nom", ["reglement.pdf", "RC.docx", "reglement-de-la-consultation.pdf", "RC_v2.pdf"]
)
def test_un_reglement_peut_citer_son_propre_fichier_renomme(nom):
    lu = reglement(en_plus=(f"Règlement de la consultation : {nom}",))

    assert [c.trouve for c in constats("RC-09", achat(), lu=lu)] == []


@pytest.mark.parametrize("nom", ["reglement-interieur.pdf", "rcp.pdf", "annexe_rc.pdf"])
def test_le_nom_d_un_autre_reglement_qui_manque_bloque(nom):
    lu = reglement(en_plus=(f"Le dossier comprend aussi {nom}.",))

    assert [c.trouve for c in constats("RC-09", achat(), lu=lu)] == [nom]


def test_un_nom_donne_en_exemple_aux_candidats_avertit_seulement():
    lu = reglement(en_plus=("Le candidat nomme son fichier, par exemple memoire_lot1.pdf.",))

    assert [c.gravite.value for c in constats("RC-09", achat(), lu=lu)] == ["avertissement"]


@pytest.mark.parametrize(
    "projet,lu,quoi,remede",
    [
        (
            achat(documents=documents()[:2]),
            reglement(),
            "Le règlement parle d'un document absent du dossier : CCTP.",
            "Ajoutez ce document, ou ôtez-le du règlement.",
        ),
        (
            achat(),
            reglement(
                {
                    "Le dossier comprend": (
                        "Le dossier comprend le CCAP, le CCTP et l'acte d'engagement."
                    )
                }
            ),
            "Un document est en ligne sans que le règlement le nomme : DPGF.",
            "Ajoutez ce document à la liste du règlement.",
        ),
    ],
)
def test_la_liste_du_reglement_et_le_dossier_se_repondent(projet, lu, quoi, remede):
    exige("RC-09", "avertissement", "documents", quoi, remede, projet=projet, lu=lu)


def test_sans_document_encore_le_controle_dit_ne_pas_avoir_ete_joue():
    assert any(n.code == "RC-09" for n in rapport(achat(documents=()), lu=reglement()).non_joues)


@pytest.mark.article("CCP", "R. 2132-5")
@pytest.mark.parametrize(
    "change,manque",
    [({"raison": ""}, "la raison"), ({"moyen_d_acces": ""}, "le moyen de l'obtenir")],
)
def test_un_document_hors_profil_dit_pourquoi_et_comment(change, manque):
    complet = {
        "intitule": "Plan de sûreté",
        "raison": "Sûreté",
        "moyen_d_acces": "Sur demande signée",
    }
    projet = achat(documents_hors_profil=(DocumentHorsProfil(**{**complet, **change}),))
    quoi = f"« Plan de sûreté » n'est pas sur la plateforme, et {manque} n'est pas dit."

    exige(
        "RC-10",
        "bloquant",
        "documents_hors_profil",
        quoi,
        "Complétez la fiche de ce document : l'avis doit le dire.",
        projet=projet,
    )


@pytest.mark.article("CCP", "R. 2132-5")
def test_un_document_complet_hors_profil_ne_dit_rien():
    complet = DocumentHorsProfil(
        intitule="Plan", raison="Sûreté", moyen_d_acces="Sur demande signée"
    )

    assert constats("RC-10", achat(documents_hors_profil=(complet,)), lu=reglement()) == ()


@pytest.mark.article("CCP", "R. 2132-5")
def test_un_reglement_qui_donne_des_plans_en_mairie_avertit():
    lu = reglement(en_plus=("Les plans sont à retirer en mairie.",))
    quoi = "Le règlement semble donner des documents ailleurs que sur la plateforme."
    remede = "Ajoutez ces documents, ou dites dans la consultation pourquoi et comment les obtenir."

    exige("RC-10", "avertissement", "documents_hors_profil", quoi, remede, projet=achat(), lu=lu)


@pytest.mark.article("CCP", "R. 2132-8")
@pytest.mark.article("CCP", "annexe 7, art. 2")
def test_une_piece_en_format_ferme_avertit():
    projet = achat(
        offre=offre(pieces=(PieceDemandee(intitule="Plans", enveloppe="offre", formats=("dwg",)),))
    )
    quoi = "« Plans » n'est accepté que dans un format fermé."

    exige(
        "RC-11", "avertissement", "offre.pieces", quoi, "Ajoutez un format ouvert.", projet=projet
    )


@pytest.mark.article("CCP", "R. 2132-8")
@pytest.mark.parametrize(
    "phrase,champ,quoi,remede",
    [
        (
            "Les fichiers sont uniquement au format .doc ou .xls.",
            "offre.pieces",
            "Le règlement impose un format fermé.",
            "Acceptez aussi un format ouvert.",
        ),
        (
            "Les formats XML et JSON ne sont pas acceptés.",
            "offre.pieces",
            "Le règlement semble refuser les formats XML ou JSON.",
            "Ôtez cette exclusion : ces formats sont toujours acceptés.",
        ),
        (
            "La taille des plis peut atteindre 50 Go.",
            "plateforme.taille_maximale_d_une_reponse",
            "Le règlement permet des envois plus gros que la plateforme.",
            "Reprenez la limite de la plateforme.",
        ),
    ],
)
def test_un_reglement_aux_formats_ou_tailles_etranges_avertit(phrase, champ, quoi, remede):
    exige(
        "RC-11",
        "avertissement",
        champ,
        quoi,
        remede,
        projet=achat(),
        lu=reglement(en_plus=(phrase,)),
    )


def test_la_taille_exacte_de_la_plateforme_ne_dit_rien():
    lu = reglement(en_plus=("La taille des plis peut atteindre 20 Go.",))

    assert constats("RC-11", achat(plateforme=plateforme()), lu=lu) == ()
