"""CCP, art. R. 2151-6, R. 2151-5, R. 2143-16, R. 2151-12 ; CE, n° 454801 et n° 359921 : ce que le
règlement dit du dépôt (RC-15, RC-16, RC-47, RC-49), et où trouver de l'aide (RC-48, annexe 7).
"""

import pytest

from tests.droit.achats import achat, constats, exige, plateforme, reglement

pytestmark = pytest.mark.article("CCP", "R. 2151-6")
OUVREZ = "Écrivez que seule la dernière offre reçue à temps est ouverte"


def test_un_reglement_qui_ouvre_la_premiere_offre_avertit():
    lu = reglement(
        {"Si plusieurs offres": "Seule la première offre reçue pour un lot est ouverte."}
    )
    quoi = "Le règlement n'ouvre pas la dernière offre reçue."

    exige("RC-15", "avertissement", "documents", quoi, f"{OUVREZ}.", projet=achat(), lu=lu)


def test_le_remplacement_tu_avertit():
    lu = reglement({"Si plusieurs offres": ""})
    quoi = "Le règlement ne dit pas ce que devient une offre quand le candidat en remet une autre."

    exige(
        "RC-15",
        "avertissement",
        "documents",
        quoi,
        f"{OUVREZ}, lot par lot.",
        projet=achat(),
        lu=lu,
    )


def test_avec_des_lots_le_remplacement_se_dit_par_lot():
    lu = reglement({"Si plusieurs offres": "Seule la dernière offre reçue est ouverte."})
    quoi = "Le règlement ne dit pas si une nouvelle offre remplace lot par lot."

    exige(
        "RC-15",
        "avertissement",
        "documents",
        quoi,
        "Ajoutez « pour un même lot ».",
        projet=achat(),
        lu=lu,
    )


@pytest.mark.jurisprudence("CE, 20 décembre 2021, n° 454801")
def test_une_concession_n_y_est_pas_soumise():
    projet = achat(contrat="concession", procedure="concession_sous_le_seuil")

    assert constats("RC-15", projet, lu=reglement({"Si plusieurs offres": ""})) == ()


@pytest.mark.article("CCP", "R. 2151-5")
def test_promettre_d_accepter_un_pli_en_retard_avertit():
    lu = reglement(en_plus=("Un pli arrivé après l'heure pourra être accepté par l'acheteur.",))
    quoi = "Le règlement laisse croire qu'un pli en retard sera accepté."

    exige(
        "RC-16",
        "avertissement",
        "documents",
        quoi,
        "Ôtez cette promesse : la loi élimine les plis en retard.",
        lu=lu,
    )


@pytest.mark.article("CCP", "R. 2151-5")
def test_le_retard_tu_avertit():
    lu = reglement({"hors délai": ""})
    quoi = "Le règlement ne dit pas qu'un pli en retard est éliminé."

    exige(
        "RC-16",
        "avertissement",
        "documents",
        quoi,
        "Ajoutez-le : les entreprises doivent le savoir.",
        lu=lu,
    )


@pytest.mark.article("CCP", "R. 2143-16")
@pytest.mark.article("CCP", "R. 2151-12")
def test_la_langue_tue_informe():
    quoi = "Le règlement ne dit pas la langue des réponses."
    remede = "Ajoutez que les réponses sont en français, ou traduites."

    exige(
        "RC-47",
        "information",
        "candidature.langue",
        quoi,
        remede,
        lu=reglement({"langue française": ""}),
    )


@pytest.mark.article("CCP", "annexe 7, art. 1, II")
@pytest.mark.parametrize(
    "change,champ,quoi,remede",
    [
        (
            {"adresse_d_aide": "", "telephone_d_aide": ""},
            "plateforme.telephone_d_aide",
            "La plateforme n'a ni adresse ni téléphone d'aide.",
            "Demandez à l'exploitant de les renseigner.",
        ),
        (
            {"adresse_d_essai": ""},
            "plateforme.adresse_d_essai",
            "L'adresse de l'espace d'essai n'est pas renseignée.",
            "Demandez à l'exploitant de la renseigner.",
        ),
    ],
)
def test_une_plateforme_sans_aide_informe(change, champ, quoi, remede):
    exige(
        "RC-48", "information", champ, quoi, remede, projet=achat(plateforme=plateforme(**change))
    )


@pytest.mark.article("CCP", "annexe 7, art. 1, II")
def test_l_aide_tue_informe():
    quoi = "Le règlement ne dit pas où trouver de l'aide, ni où s'entraîner à déposer."
    remede = "Ajoutez le contact de l'assistance et l'adresse de l'espace d'essai."

    exige(
        "RC-48",
        "information",
        "plateforme.adresse_d_aide",
        quoi,
        remede,
        lu=reglement({"L'assistance": ""}),
    )


@pytest.mark.jurisprudence("CE, 3 octobre 2012, n° 359921")
def test_l_adresse_de_notification_tue_avertit():
    quoi = "Le règlement ne dit pas que l'adresse électronique du candidat sert aux notifications."
    remede = (
        "Ajoutez que l'adresse donnée au dépôt sert aux échanges, et que le candidat la surveille."
    )

    exige(
        "RC-49",
        "avertissement",
        "documents",
        quoi,
        remede,
        lu=reglement({"L'adresse électronique": ""}),
    )
