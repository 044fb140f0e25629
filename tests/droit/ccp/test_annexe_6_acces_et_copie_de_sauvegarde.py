"""CCP, annexe 6, et art. R. 2132-11 :
l'accès libre au dossier, la copie de sauvegarde (RC-08, RC-13, RC-14, RC-17).
"""

import pytest

from droit.achat import CopieDeSauvegarde
from tests.droit.achats import achat, constats, exige, reglement

pytestmark = [
    pytest.mark.article("CCP", "annexe 6, art. 1"),
    pytest.mark.article("CCP", "annexe 6, art. 2"),
    pytest.mark.article("CCP", "annexe 6, art. 2, II"),
]
COPIE = "copie_de_sauvegarde.adresse"


def test_une_inscription_obligatoire_bloque():
    lu = reglement(en_plus=("Le candidat doit s'identifier pour télécharger le dossier.",))
    quoi = "Le règlement impose de s'identifier pour obtenir le dossier."
    remede = "Écrivez que l'inscription est facultative, et sert à être prévenu des changements."

    exige("RC-08", "bloquant", "documents", quoi, remede, lu=lu)


def test_une_inscription_conseillee_ne_bloque_pas():
    lu = reglement(en_plus=("Le candidat peut s'identifier pour télécharger le dossier.",))

    assert constats("RC-08", lu=lu) == ()


def test_un_dossier_payant_bloque():
    lu = reglement(en_plus=("Le dossier est remis contre paiement des frais de reprographie.",))

    exige(
        "RC-08",
        "bloquant",
        "documents",
        "Le règlement fait payer le dossier.",
        "Ôtez cette phrase : le dossier est gratuit.",
        lu=lu,
    )


def test_l_acces_libre_tu_avertit():
    lu = reglement({"Le dossier de consultation": ""})
    quoi = "Le règlement ne dit pas que le dossier est gratuit, complet et en accès direct."

    exige("RC-08", "avertissement", "documents", quoi, "Ajoutez une phrase qui le dit.", lu=lu)


@pytest.mark.article("CCP", "R. 2132-11")
def test_une_copie_de_sauvegarde_sans_adresse_bloque():
    quoi, remede = (
        "On ne sait pas où remettre une copie de sauvegarde.",
        "Donnez l'adresse et les horaires où elle se remet.",
    )

    exige(
        "RC-13",
        "bloquant",
        COPIE,
        quoi,
        remede,
        projet=achat(copie_de_sauvegarde=CopieDeSauvegarde()),
    )


def test_une_adresse_sans_horaires_se_dit_comme_le_reglement_l_ecrit():
    projet = achat(copie_de_sauvegarde=CopieDeSauvegarde(adresse="Mairie, 62960 Bomy"))
    quoi = (
        "Vous n'avez rien dit des horaires : "
        "une copie de sauvegarde se remet aux heures d'ouverture de l'accueil."
    )
    remede = "Laissez ainsi, ou donnez les jours et les heures."

    exige("RC-13", "information", "copie_de_sauvegarde.horaires", quoi, remede, projet=projet)


@pytest.mark.article("CCP", "R. 2132-11")
def test_interdire_la_copie_de_sauvegarde_bloque():
    lu = reglement(
        {"Une copie de sauvegarde": "La remise d'une copie de sauvegarde est interdite."}
    )
    lu_net = reglement(
        {"Une copie de sauvegarde": "Aucune copie de sauvegarde ne peut être remise."}
    )
    quoi, remede = (
        "Le règlement interdit la copie de sauvegarde.",
        "Ôtez cette interdiction : c'est un droit du candidat.",
    )

    exige("RC-13", "bloquant", COPIE, quoi, remede, lu=lu)
    exige("RC-13", "bloquant", COPIE, quoi, remede, lu=lu_net)


def test_une_autre_adresse_dans_le_reglement_avertit():
    phrase = "Une copie de sauvegarde peut être remise à la mairie, 2 rue Haute, 59000 Lille."
    lu = reglement({"Une copie de sauvegarde": phrase})
    quoi = "Le règlement donne une autre adresse pour la copie de sauvegarde."

    exige(
        "RC-13",
        "avertissement",
        COPIE,
        quoi,
        "Reprenez l'adresse de la consultation.",
        projet=achat(),
        lu=lu,
    )


def test_la_copie_tue_avertit():
    lu = reglement({"copie de sauvegarde": ""})
    quoi = "Le règlement ne parle pas de la copie de sauvegarde."
    remede = "Dites les supports permis, l'adresse, les horaires et la mention à porter sur le pli."

    exige("RC-13", "avertissement", COPIE, quoi, remede, lu=lu)


def test_n_ouvrir_la_copie_que_pour_un_virus_avertit():
    lu = reglement(
        {
            "La copie de sauvegarde est ouverte": (
                "La copie de sauvegarde est ouverte si un virus est trouvé."
            ),
            "Un fichier qui contient": (
                "Un fichier infecté est mis à l'écart et la trace en est gardée : virus."
            ),
        }
    )
    quoi = "Le règlement n'ouvre la copie de sauvegarde que pour un virus."

    exige("RC-14", "avertissement", COPIE, quoi, "Ajoutez les autres cas de l'annexe 6.", lu=lu)


def test_l_ouvrir_sans_depot_electronique_avertit():
    lu = reglement(
        en_plus=("La copie de sauvegarde est ouverte en l'absence de dépôt électronique.",)
    )
    quoi = "Le règlement ouvre la copie de sauvegarde dans plus de cas que l'annexe 6."

    exige("RC-14", "avertissement", COPIE, quoi, "Reprenez les deux cas de l'annexe 6.", lu=lu)


def test_un_fichier_infecte_qui_disparait_avertit():
    perdu = "Un fichier qui contient un virus est réputé n'avoir jamais été reçu."
    lu = reglement({"Un fichier qui contient": perdu, "programme malveillant": ""})
    quoi = (
        "Le règlement écarte un fichier infecté sans garder de trace ni ouvrir la "
        "copie de sauvegarde."
    )

    exige(
        "RC-17",
        "avertissement",
        "documents",
        quoi,
        "Complétez la phrase avec ces trois suites.",
        lu=lu,
    )


def test_le_virus_tu_avertit():
    lu = reglement({"virus": "", "programme malveillant": ""})
    quoi = "Le règlement ne dit pas ce qui arrive à un fichier infecté."
    remede = (
        "Écrivez qu'il est mis à l'écart, que la trace est gardée, "
        "et que la copie de sauvegarde est ouverte."
    )

    exige("RC-17", "avertissement", "documents", quoi, remede, lu=lu)
