"""Avant de publier, à côté du règlement : PUB-01 à PUB-13, et PUB-17."""

from dataclasses import replace
from datetime import datetime

import pytest

from droit.achat import DocumentDuDossier
from droit.calendrier.heures import PARIS
from tests.droit.achats import (
    MAINTENANT,
    achat,
    constats,
    dates,
    documents,
    execution,
    exige,
    gravites,
    offre,
    reglement,
    texte,
)


def avec(nom: str, taille: int = 1):
    return achat(
        documents=(*documents(), DocumentDuDossier(nom=nom, intitule="Plan", taille=taille))
    )


@pytest.mark.article("CCP", "R. 2132-1")
@pytest.mark.parametrize(
    "code,gravite,champ,projet,quoi,remede",
    [
        (
            "PUB-01",
            "bloquant",
            "objet",
            achat(objet=" "),
            "Le champ « objet » est vide.",
            "Décrivez l'achat en une ou deux phrases.",
        ),
        (
            "PUB-01",
            "bloquant",
            "titre",
            achat(titre=""),
            "Le champ « titre » est vide.",
            "Décrivez l'achat en une ou deux phrases.",
        ),
        (
            "PUB-02",
            "bloquant",
            "documents",
            achat(documents=()),
            "Il n'y a aucun document.",
            "Ajoutez les documents de la consultation.",
        ),
        (
            "PUB-12",
            "avertissement",
            "documents",
            achat(documents=documents()[1:]),
            "Aucun document n'est le règlement de la consultation.",
            "Ajoutez-le, ou dites lequel des documents en tient lieu.",
        ),
        (
            "PUB-13",
            "avertissement",
            "execution.lieu",
            achat(execution=execution(lieu="")),
            "Le lieu n'est pas dit.",
            "Ajoutez le lieu : les entreprises cherchent par commune.",
        ),
    ],
)
def test_un_dossier_incomplet_se_dit(code, gravite, champ, projet, quoi, remede):
    exige(code, gravite, champ, quoi, remede, projet=projet)


LEGER = sum(document.taille for document in documents())


@pytest.mark.parametrize("total,attendues", [(500_000_000, []), (500_000_001, ["avertissement"])])
def test_un_dossier_de_plus_de_500_mo_avertit(total, attendues):
    assert gravites(constats("PUB-03", avec("plan.pdf", total - LEGER))) == attendues


def test_un_dossier_lourd_dit_quoi_faire():
    quoi = "Le dossier est lourd : les lignes lentes peineront."

    exige(
        "PUB-03",
        "avertissement",
        "documents",
        quoi,
        "Allégez les plans et les images.",
        projet=avec("plan.pdf", 600_000_000),
    )


@pytest.mark.article("CCP", "R. 2132-8")
def test_un_format_ferme_avertit():
    quoi = "« plan.dwg » est dans un format que tous ne savent pas ouvrir."
    remede = "Ajoutez le même document dans un format courant."

    exige("PUB-04", "avertissement", "documents", quoi, remede, projet=avec("plan.dwg"))


@pytest.mark.article("CCP", "R. 2132-8")
@pytest.mark.parametrize("nom", ["plan.pdf", "plan.odt", "prix.xlsx", "plan.ifc"])
def test_un_format_courant_ne_dit_rien(nom):
    assert constats("PUB-04", avec(nom)) == ()


@pytest.mark.parametrize(
    "nom,defaut",
    [
        ("p" * 77 + ".pdf", "est trop long"),
        ("Copie de CCTP.pdf", "ressemble à une version de travail"),
        ("CCTP (1).pdf", "ressemble à une version de travail"),
        ("CCTP_def.pdf", "ressemble à une version de travail"),
        ("prix#2.pdf", "contient un signe rare"),
        ("plan.pdf.exe", "a deux extensions"),
        ("plan", "n'a pas d'extension"),
    ],
)
def test_un_nom_de_fichier_etrange_avertit(nom, defaut):
    exige(
        "PUB-05",
        "avertissement",
        "documents",
        f"Le nom « {nom} » {defaut}.",
        "Renommez le fichier.",
        projet=avec(nom),
    )


@pytest.mark.parametrize(
    "nom",
    [
        "CCTP lot 1.pdf",
        "plan-masse_v2.pdf",
        "Pièce n°2.pdf".replace("°", ""),
        "définition du besoin.pdf",
    ],
)
def test_un_nom_clair_ne_dit_rien(nom):
    assert constats("PUB-05", avec(nom)) == ()


@pytest.mark.article("CCP", "R. 2151-3")
@pytest.mark.parametrize(
    "visite,attendues", [("Visite conseillée.", ["avertissement"]), ("Visite le mardi à 9 h.", [])]
)
def test_une_visite_proposee_a_un_creneau(visite, attendues):
    assert gravites(constats("PUB-06", achat(offre=offre(visite=visite)))) == attendues


@pytest.mark.article("CCP", "R. 2151-3")
def test_une_visite_sans_creneau_dit_quoi_faire():
    projet = achat(offre=offre(visite="Visite conseillée."))
    quoi, remede = (
        "Une visite est proposée, sans date ni rendez-vous.",
        "Ajoutez au moins un créneau de visite.",
    )

    exige("PUB-06", "avertissement", "offre.visite", quoi, remede, projet=projet)


@pytest.mark.article("CCP", "R. 2111-7")
@pytest.mark.parametrize(
    "phrase,marque",
    [("Fenêtres de toit Velux.", "Velux"), ("Des robinets de marque Aquadur.", "Aquadur")],
)
def test_une_marque_sans_equivalent_avertit(phrase, marque):
    quoi = f"Une marque est citée sans « ou équivalent » : {marque}."
    remede = "Décrivez ce qu'il faut, ou ajoutez « ou équivalent »."

    exige("PUB-07", "avertissement", "documents", quoi, remede, lu=reglement(en_plus=(phrase,)))


@pytest.mark.article("CCP", "R. 2111-7")
@pytest.mark.parametrize(
    "phrase", ["Fenêtres de toit Velux ou équivalent.", "La marque de distinction NF est admise."]
)
def test_une_marque_avec_equivalent_ne_dit_rien(phrase):
    assert constats("PUB-07", lu=reglement(en_plus=(phrase,))) == ()


@pytest.mark.article("CCP", "R. 2151-1")
@pytest.mark.parametrize("jour,attendues", [(10, ["avertissement"]), (11, [])])
def test_moins_de_quinze_jours_apres_l_envoi_est_court(jour, attendues):
    projet = achat(dates=dates(limite=datetime(2026, 12, jour, 14, tzinfo=PARIS)))

    assert gravites(constats("PUB-08", projet)) == attendues


@pytest.mark.article("CCP", "R. 2151-1")
def test_un_delai_court_dit_quoi_faire():
    projet = achat(dates=dates(limite=datetime(2026, 12, 3, 14, tzinfo=PARIS)))
    quoi = "Le délai est permis, mais court : moins de quinze jours pour répondre."
    remede = "Allongez le délai si rien ne presse : vous aurez plus de réponses."

    exige("PUB-08", "avertissement", "dates.limite", quoi, remede, projet=projet)


@pytest.mark.article("CCP", "R. 2151-1")
@pytest.mark.parametrize(
    "limite,quoi,remede",
    [
        (None, "L'heure limite n'est pas fixée.", "Choisissez le jour et l'heure."),
        (MAINTENANT, "L'heure limite est déjà passée.", "Choisissez une date à venir."),
    ],
)
def test_une_heure_limite_passee_ou_absente_bloque(limite, quoi, remede):
    exige(
        "PUB-09", "bloquant", "dates.limite", quoi, remede, projet=achat(dates=dates(limite=limite))
    )


def test_un_reglement_illisible_avertit_et_dit_ce_qui_n_est_pas_lu():
    lu = texte("Règlement.", lacunes=("La page 2 est une image.",))
    quoi = "Le règlement n'a pas pu être lu en entier."
    remede = "Joignez le document d'origine plutôt qu'une image de ses pages."

    assert (
        exige("PUB-10", "avertissement", "documents", quoi, remede, lu=lu).trouve
        == "La page 2 est une image."
    )


def test_des_macros_ne_se_prennent_pas_pour_une_image():
    macros = (
        "Le document contient des macros, qui ne sont ni lues ni exécutées. "
        "Retirez-les avant de publier."
    )
    (constat,) = constats("PUB-10", lu=texte("Règlement.", lacunes=(macros,)))

    assert constat.remede == macros


def test_le_reglement_reste_reconnu_par_son_intitule():
    sans_sorte = tuple(replace(document, sorte="autre") for document in documents())

    assert constats("PUB-12", achat(documents=sans_sorte)) == ()


def a_completer(phrase: str):
    return reglement(en_plus=(phrase,))


@pytest.mark.article("CCP", "R. 2132-1")
@pytest.mark.parametrize(
    ("phrase", "quoi"),
    [
        (
            "Horaires : [À compléter : les horaires d'ouverture].",
            "Le règlement est encore un projet. Il y manque ceci : les horaires d'ouverture.",
        ),
        (
            "Durée : [A COMPLETER].",
            "Le règlement est encore un projet. Il y manque ceci : un passage à compléter.",
        ),
        (
            "Projet. 2 informations manquent encore : le texte les signale.",
            "Le règlement se dit encore un projet, sur sa première page.",
        ),
    ],
)
def test_un_reglement_encore_en_projet_bloque(phrase, quoi):
    remede = "Complétez le règlement, puis remettez-le au dossier."

    exige("PUB-17", "bloquant", "documents", quoi, remede, projet=achat(), lu=a_completer(phrase))


def test_chaque_trou_se_dit_une_fois():
    lu = reglement(
        en_plus=(
            "Durée : [À compléter : la durée].",
            "[À compléter : la durée] et [À compléter : le prix].",
        )
    )

    assert [c.trouve for c in constats("PUB-17", achat(), lu=lu)] == [
        "[À compléter : la durée]",
        "[À compléter : le prix]",
    ]


@pytest.mark.parametrize(
    "phrase",
    [
        "L'acte d'engagement est à compléter et à joindre.",
        "Le cadre porte [à compléter par le candidat].",
        "Le projet. Deux informations manquent encore au plan local d'urbanisme.",
    ],
)
def test_ce_que_le_candidat_complete_ne_bloque_pas(phrase):
    assert constats("PUB-17", achat(), lu=a_completer(phrase)) == ()
