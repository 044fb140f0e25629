"""CCP, annexe 12, et art. R. 2182-3 :
la signature électronique, trois formats, un outil libre (RC-12).
"""

import pytest

from droit.achat import Signature
from tests.droit.achats import achat, constats, exige, reglement

pytestmark = [pytest.mark.article("CCP", "annexe 12"), pytest.mark.article("CCP", "R. 2182-3")]
FORMATS = "signature.formats"
LAISSE = "Corrigez cette phrase : l'annexe 12 du code laisse ce choix au signataire."


def avec(phrase: str):
    return reglement(en_plus=(phrase,))


def test_refuser_un_format_bloque():
    projet = achat(
        signature=Signature(
            exigee_au_depot=True, justification="Engagement ferme.", formats=("PAdES",)
        )
    )
    quoi, remede = (
        "Des formats de signature sont refusés : XAdES, CAdES.",
        "Acceptez les trois formats : XAdES, CAdES et PAdES.",
    )

    exige("RC-12", "bloquant", FORMATS, quoi, remede, projet=projet)


def test_exiger_au_depot_sans_raison_avertit():
    quoi, remede = (
        "La signature est exigée dès le dépôt, sans dire pourquoi.",
        "Renoncez à l'exiger au dépôt, ou écrivez la raison.",
    )

    exige(
        "RC-12",
        "avertissement",
        "signature.justification",
        quoi,
        remede,
        projet=achat(signature=Signature(exigee_au_depot=True)),
    )


def test_l_exiger_avec_une_raison_ne_dit_rien():
    assert (
        constats(
            "RC-12",
            achat(signature=Signature(exigee_au_depot=True, justification="Engagement ferme.")),
        )
        == ()
    )


@pytest.mark.parametrize(
    "phrase,quoi",
    [
        (
            "La signature est exclusivement au format PAdES.",
            "Le règlement refuse un des trois formats de signature.",
        ),
        (
            "La signature se fait obligatoirement avec l'outil de signature du profil.",
            "Le règlement impose un outil de signature.",
        ),
    ],
)
def test_un_reglement_contraire_a_l_annexe_bloque(phrase, quoi):
    exige("RC-12", "bloquant", FORMATS, quoi, LAISSE, lu=avec(phrase))


@pytest.mark.parametrize(
    "phrase,quoi",
    [
        (
            "Le fichier zip de la réponse est signé électroniquement.",
            "Signer une archive ne signe pas les fichiers qu'elle contient.",
        ),
        (
            "L'acte porte une signature manuscrite scannée.",
            "Une signature numérisée n'a pas la valeur d'une signature électronique.",
        ),
        (
            "Le certificat est conforme au RGS.",
            "Le règlement parle de certificats RGS ou PRIS, d'avant eIDAS.",
        ),
    ],
)
def test_une_signature_mal_comprise_avertit(phrase, quoi):
    exige(
        "RC-12",
        "avertissement",
        FORMATS,
        quoi,
        "Relisez cette phrase et corrigez-la si besoin.",
        lu=avec(phrase),
    )


def test_exiger_la_signature_des_offres_que_la_consultation_n_exige_pas_avertit():
    quoi = "Le règlement semble exiger la signature dès le dépôt."
    remede = "Écrivez que seul l'attributaire signe, ou exigez-la aussi dans la consultation."
    lu = avec("Les offres doivent être signées électroniquement.")

    exige(
        "RC-12", "avertissement", "signature.exigee_au_depot", quoi, remede, projet=achat(), lu=lu
    )


def test_la_signature_du_seul_attributaire_ne_dit_rien():
    assert (
        constats("RC-12", achat(), lu=avec("L'attributaire doit signer l'acte d'engagement.")) == ()
    )
