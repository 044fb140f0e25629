"""CCP, art. R. 2143-4, -5, -11, -13, -14 et R. 2144-4 :
ce qu'on demande aux candidats (RC-26 à RC-28).
"""

import pytest

from droit.achat import Candidature
from tests.droit.achats import achat, constats, exige, reglement

pytestmark = pytest.mark.article("CCP", "R. 2143-4")
PIECES, DUME = "candidature.pieces", "candidature.dume_accepte"


def demande(piece: str):
    return achat(candidature=Candidature(pieces=(piece,)))


def avec(phrase: str):
    return reglement(en_plus=(phrase,))


@pytest.mark.article("CCP", "R. 2143-11")
@pytest.mark.parametrize(
    "piece", ["Extrait de casier judiciaire", "RIB", "Attestation certifiée conforme"]
)
def test_une_piece_hors_liste_avertit(piece):
    remede = "Ôtez cette pièce, ou demandez-la au seul attributaire."

    exige(
        "RC-26",
        "avertissement",
        PIECES,
        f"« {piece} » ne peut pas être demandé à un candidat.",
        remede,
        projet=demande(piece),
    )


@pytest.mark.article("CCP", "R. 2143-5")
@pytest.mark.article("CCP", "R. 2144-4")
@pytest.mark.parametrize(
    "phrase,quoi,remede",
    [
        (
            "Le candidat fournit une copie certifiée conforme de ses diplômes.",
            "Le règlement demande des copies certifiées conformes.",
            "Ôtez cette exigence.",
        ),
        (
            "Le candidat fournit un extrait de casier judiciaire.",
            "Le règlement demande un casier judiciaire.",
            "Ôtez cette pièce : la déclaration sur l'honneur suffit.",
        ),
    ],
)
def test_un_reglement_trop_exigeant_avertit(phrase, quoi, remede):
    exige("RC-26", "avertissement", PIECES, quoi, remede, lu=avec(phrase))


@pytest.mark.article("CCP", "R. 2143-5")
def test_dire_qu_une_copie_certifiee_n_est_pas_exigee_ne_dit_rien():
    assert constats("RC-26", lu=avec("Aucune copie certifiée conforme n'est exigée.")) == ()


def test_refuser_le_dume_bloque():
    quoi, remede = "Le DUME n'est pas accepté.", "Acceptez le DUME : la loi l'impose."

    exige(
        "RC-27",
        "bloquant",
        DUME,
        quoi,
        remede,
        projet=achat(candidature=Candidature(dume_accepte=False)),
    )


@pytest.mark.parametrize(
    "phrase,quoi,remede",
    [
        (
            "Le DUME n'est pas accepté.",
            "Le règlement refuse le DUME.",
            "Écrivez que le DUME est accepté.",
        ),
        (
            "La candidature est présentée exclusivement avec les formulaires DC1 et DC2.",
            "Le règlement n'accepte que les formulaires DC1 et DC2.",
            "Ajoutez « ou DUME, ou document équivalent ».",
        ),
    ],
)
def test_un_reglement_qui_n_accepte_que_les_formulaires_bloque(phrase, quoi, remede):
    exige("RC-27", "bloquant", DUME, quoi, remede, projet=achat(), lu=avec(phrase))


def test_le_dume_simplifie_se_dit_pareil_partout():
    lu = avec(
        "Le candidat peut se limiter à déclarer dans le DUME qu'il dispose de l'aptitude requise."
    )
    quoi = "Le règlement et la consultation ne disent pas la même chose du DUME simplifié."

    exige(
        "RC-27",
        "avertissement",
        "candidature.dume_simplifie",
        quoi,
        "Dites la même chose partout.",
        projet=achat(),
        lu=lu,
    )


def test_refuser_le_seul_dume_simplifie_ne_dit_rien():
    lu = avec(
        "Le candidat n'est pas autorisé à se limiter, dans le DUME, "
        "à déclarer qu'il dispose de l'aptitude requise."
    )

    assert constats("RC-27", achat(), lu=lu) == ()


@pytest.mark.article("CCP", "R. 2143-13")
@pytest.mark.article("CCP", "R. 2143-14")
@pytest.mark.parametrize(
    "piece", ["Extrait K-bis", "Attestation de vigilance URSSAF", "Attestations fiscales"]
)
def test_un_document_que_l_etat_donne_avertit(piece):
    quoi = f"« {piece} » est un document que vous pouvez obtenir vous-même."
    remede = "Ôtez cette pièce, ou demandez-la au seul attributaire si l'État ne la donne pas."

    exige("RC-28", "avertissement", PIECES, quoi, remede, projet=demande(piece))


@pytest.mark.article("CCP", "R. 2143-13")
def test_un_reglement_qui_demande_le_kbis_a_tous_avertit():
    quoi = "Le règlement demande aux candidats un document que vous pouvez obtenir vous-même."
    remede = "Ôtez cette demande, ou réservez-la à l'attributaire."

    exige(
        "RC-28",
        "avertissement",
        PIECES,
        quoi,
        remede,
        lu=avec("Le candidat joint un extrait Kbis de moins de trois mois."),
    )


@pytest.mark.article("CCP", "R. 2143-13")
@pytest.mark.parametrize(
    "phrase",
    [
        "L'attributaire fournit ses attestations fiscales et sociales avant la notification.",
        "Le candidat n'est pas tenu de joindre un extrait Kbis.",
    ],
)
def test_le_demander_a_l_attributaire_ou_en_dispenser_ne_dit_rien(phrase):
    assert constats("RC-28", lu=avec(phrase)) == ()
