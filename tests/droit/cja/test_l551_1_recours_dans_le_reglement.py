"""CJA, art. L. 551-1, R. 551-7 et R. 221-3 ; CCP, art. R. 2182-1 et R. 3125-2 :
recours et attente (RC-38, RC-39).
"""

import pytest

from tests.droit.achats import achat, acheteur, constats, exige, gravites, reglement

pytestmark = [pytest.mark.article("CJA", "L. 551-1"), pytest.mark.article("CJA", "R. 551-7")]
TRIBUNAL = "acheteur.tribunal"


@pytest.mark.article("CJA", "R. 221-3")
def test_un_acheteur_sans_tribunal_avertit():
    quoi, remede = (
        "Le tribunal compétent n'est pas renseigné.",
        "Ajoutez-le dans la fiche de l'organisme.",
    )

    ailleurs = achat(acheteur=acheteur(tribunal="", code_postal="97400"))
    exige("RC-38", "avertissement", TRIBUNAL, quoi, remede, projet=ailleurs)


@pytest.mark.article("CJA", "R. 221-3")
def test_sans_tribunal_dans_la_fiche_celui_du_departement_vaut():
    amiens = reglement(
        {"tribunal administratif de Lille": "Le tribunal administratif d'Amiens juge les recours."}
    )
    sans = achat(acheteur=acheteur(tribunal=""))

    assert gravites(constats("RC-38", sans, lu=reglement())) == []
    assert "Le règlement nomme un autre tribunal." in {
        constat.quoi for constat in constats("RC-38", sans, lu=amiens)
    }


@pytest.mark.article("CJA", "R. 221-3")
def test_un_autre_tribunal_dans_le_reglement_avertit():
    lu = reglement(
        {"tribunal administratif de Lille": "Le tribunal administratif d'Amiens juge les recours."}
    )
    quoi, remede = (
        "Le règlement nomme un autre tribunal.",
        "Nommez le tribunal du ressort de l'acheteur.",
    )

    exige("RC-38", "avertissement", TRIBUNAL, quoi, remede, projet=achat(), lu=lu)


@pytest.mark.parametrize(
    "remplace,quoi,remede",
    [
        (
            {
                "tribunal administratif": (
                    "Recours : référé précontractuel, référé contractuel, validité du contrat."
                )
            },
            "Le règlement ne nomme pas le tribunal compétent.",
            "Ajoutez le tribunal, son adresse et sa messagerie.",
        ),
        (
            {"tribunal administratif": ""},
            "Le règlement ne dit rien des recours.",
            "Ajoutez les recours et leurs délais.",
        ),
        (
            {
                "tribunal administratif": (
                    "Le tribunal administratif de Lille juge le référé précontractuel."
                )
            },
            (
                "Le règlement ne cite pas le référé contractuel, "
                "ni le recours en contestation de la validité du contrat."
            ),
            "Complétez la liste des recours.",
        ),
    ],
)
def test_des_recours_tus_avertissent(remplace, quoi, remede):
    exige("RC-38", "avertissement", TRIBUNAL, quoi, remede, projet=achat(), lu=reglement(remplace))


def attente(phrase: str, **change):
    return constats("RC-39", achat(**change), lu=reglement(en_plus=(phrase,)))


ONZE = "Un délai de suspension de 11 jours sépare le rejet de la signature."


@pytest.mark.article("CCP", "R. 2182-1")
@pytest.mark.parametrize(
    "jours,attendues", [(10, ["avertissement"]), (11, []), (16, []), (12, ["avertissement"])]
)
def test_en_procedure_formalisee_onze_ou_seize_jours(jours, attendues):
    phrase = f"Un délai de suspension de {jours} jours sépare le rejet de la signature."

    assert gravites(attente(phrase, procedure="appel_offres_ouvert")) == attendues


@pytest.mark.article("CCP", "R. 2182-1")
def test_une_attente_en_procedure_adaptee_avertit():
    quoi = "Le règlement annonce une attente avant la signature que la loi n'exige pas ici."
    remede = "Ôtez-la, ou gardez-la en sachant qu'elle vous engage."

    exige(
        "RC-39",
        "avertissement",
        "procedure",
        quoi,
        remede,
        projet=achat(),
        lu=reglement(en_plus=(ONZE,)),
    )


@pytest.mark.article("CCP", "R. 2182-1")
def test_une_duree_fausse_dit_quoi_faire():
    lu = reglement(en_plus=("Un délai de suspension de 10 jours sépare le rejet de la signature.",))
    quoi = "Le règlement donne une attente qui n'est pas celle de la loi."
    projet = achat(procedure="appel_offres_ouvert")
    constat = exige(
        "RC-39", "avertissement", "procedure", quoi, "Corrigez cette durée.", projet=projet, lu=lu
    )

    assert (constat.trouve, constat.attendu) == ("10 jours", "11 jours ou 16 jours")


@pytest.mark.article("CCP", "R. 3125-2")
def test_une_concession_au_dessus_du_seuil_attend_aussi_onze_jours():
    assert attente(ONZE, contrat="concession", procedure="concession_au_dessus_du_seuil") == ()
