"""L'index rend les mêmes fiches sur SQLite et sur PostgreSQL :
ces tests sont joués sur les deux.
"""

from datetime import date, timedelta

import pytest
from django.db import connection

from beffroi.publicite.recherche import index, queries, services
from beffroi.publicite.recherche.models import FicheIndexee
from beffroi.publicite.recherche.rules.requete import CLOSES, SANS_SUITE, TOUTES, Recherche
from beffroi.publicite.recherche.tests.scene import LE, fiche

pytestmark = pytest.mark.django_db


def trouvees(recherche=None, /, **criteres):
    lus = queries.resultats(recherche or Recherche(**criteres), le=LE)
    return [trouvee.titre for trouvee in lus.fiches]


@pytest.mark.parametrize(
    "mots",
    [
        "toiture",
        "TOITURES",
        "réfection",
        "refections toiture",
        "ecole",
        "l'école",
        "Bomy",
        "ardoise",
        "étanchéité",
    ],
)
def test_une_consultation_se_trouve_par_ses_mots(mots):
    fiche(
        "Réfection de la toiture de l'école",
        objet="Couverture en ardoise.",
        lots=("Lot 1, étanchéités",),
    )
    fiche(
        "Curage des fossés",
        lieu="Lens",
        ville="Lens",
        acheteur="Commune de Lens",
        siren="216204982",
    )

    assert trouvees(mots=mots) == ["Réfection de la toiture de l'école"]


def test_chaque_mot_doit_s_y_trouver():
    fiche("Réfection de la toiture")

    assert trouvees(mots="toiture réfection") == ["Réfection de la toiture"]
    fiche("Curage des fossés")
    assert trouvees(mots="toiture fossés") == []


@pytest.mark.parametrize(
    ("criteres", "trouve"),
    [
        ({"cpv": "45"}, True),
        ({"cpv": "4526"}, True),
        ({"cpv": "45261000"}, True),
        ({"cpv": "09"}, False),
        ({"cpv": "092"}, False),
        ({"cpv": "7131"}, True),
        ({"lieu": "bomy"}, True),
        ({"lieu": "Saint-Omer"}, False),
        ({"departement": "62"}, True),
        ({"departement": "59"}, False),
        ({"acheteur": "216201558"}, True),
        ({"acheteur": "commune bomy"}, True),
        ({"acheteur": "216201559"}, False),
        ({"acheteur": "toiture"}, False),
        ({"nature": "travaux"}, True),
        ({"nature": "services"}, False),
        ({"procedure": "procedure_adaptee_ouverte"}, True),
        ({"procedure": "appel_d_offres_ouvert"}, False),
        ({"avant": date(2026, 11, 30)}, True),
        ({"avant": date(2026, 11, 29)}, False),
        ({"apres": date(2026, 11, 30)}, True),
        ({"apres": date(2026, 12, 1)}, False),
        ({"cpv": "45", "nature": "services"}, False),
        ({"cpv": "45", "lieu": "Bomy", "mots": "toiture"}, True),
    ],
)
def test_chaque_critere_garde_ou_ecarte(criteres, trouve):
    fiche(cpv=("45261000", "71310000"))

    assert bool(trouvees(**criteres)) is trouve
    assert bool(trouvees(**criteres, etat=TOUTES)) is trouve


def test_un_mot_du_titre_n_est_pas_un_lieu():
    fiche("Route de Lens", lieu="Bomy")

    assert (trouvees(lieu="Lens"), trouvees(lieu="bomy")) == ([], ["Route de Lens"])


def test_ouverte_est_un_fait_de_dates():
    fiche("Passée d'une minute", dans_jours=-1 / 1440)
    fiche("Dans une minute", dans_jours=1 / 1440)
    fiche("Abandonnée", sans_suite_le=LE)

    assert trouvees() == ["Dans une minute"]
    assert trouvees(etat=CLOSES) == ["Passée d'une minute"]
    assert trouvees(etat=SANS_SUITE) == ["Abandonnée"]
    assert len(trouvees(etat=TOUTES)) == 3


def test_ce_qui_ferme_bientot_vient_d_abord_et_le_passe_par_le_plus_recent():
    fiche("Tard", dans_jours=30), fiche("Tôt", dans_jours=2)
    (
        fiche("Ancienne", dans_jours=-60, publiee_il_y_a=90),
        fiche("Récente", dans_jours=-3, publiee_il_y_a=30),
    )

    assert trouvees() == ["Tôt", "Tard"]
    assert trouvees(etat=CLOSES) == ["Récente", "Ancienne"]
    assert trouvees(mots="toiture", etat=CLOSES) == []


def test_les_pages_se_suivent_sans_trou_ni_doublon():
    for rang in range(45):
        fiche(f"Toiture {rang}", dans_jours=rang + 1)
    pages = [
        queries.resultats(Recherche(mots="toiture"), le=LE, page=page) for page in (1, 2, 3, 4)
    ]

    assert [trouvee.titre for page in pages for trouvee in page.fiches] == [
        f"Toiture {rang}" for rang in range(45)
    ]
    assert {(page.nombre, page.nombre_de_pages, page.plafonne) for page in pages} == {
        (45, 3, False)
    }


@pytest.mark.parametrize(
    "criteres", [{}, {"mots": "toiture"}, {"etat": TOUTES}, {"mots": "toiture", "etat": TOUTES}]
)
def test_au_dela_du_plafond_on_dit_plus_de(criteres, monkeypatch):
    monkeypatch.setattr(index, "PLAFOND", 3)
    for rang in range(5):
        fiche(f"Toiture {rang}", dans_jours=rang + 1, publiee_il_y_a=40 - rang)

    lus = queries.resultats(Recherche(**criteres), le=LE)

    assert (lus.nombre, lus.plafonne, len(lus.fiches)) == (3, True, 3)
    attendues = [4, 3, 2] if criteres.get("etat") else [0, 1, 2]
    assert [trouvee.titre for trouvee in lus.fiches] == [f"Toiture {rang}" for rang in attendues]


@pytest.mark.parametrize("etat", ["ouvertes", TOUTES])
def test_trop_de_resultats_en_dix_ans_rend_les_plus_recents(etat, monkeypatch):
    monkeypatch.setattr(index, "PLAFOND", 2)
    for annees in (9, 5, 3, 1, 0):
        fiche(f"Il y a {annees} ans", publiee_il_y_a=365 * annees + 1, dans_jours=5)

    lus = queries.resultats(
        Recherche(mots="ans il", nature="travaux", etat=etat), le=LE, ordre=index.PUBLICATION
    )

    assert [trouvee.titre for trouvee in lus.fiches] == ["Il y a 0 ans", "Il y a 1 ans"]


@pytest.mark.parametrize("faute", ["toitrue", "toitur", "toitture", "tioture", "toitu"])
def test_une_faute_de_frappe_est_pardonnee_et_dite(faute):
    fiche("Réfection de la toiture")

    lus = queries.resultats(Recherche(mots=faute), le=LE)

    assert [trouvee.titre for trouvee in lus.fiches] == ["Réfection de la toiture"]
    if lus.corrections:
        assert lus.corrections == (queries.Correction(faute, "toiture"),)


def test_la_correction_se_dit_avec_ses_accents():
    fiche("Réfection de la voirie")

    assert queries.resultats(Recherche(mots="Refetcion"), le=LE).corrections == (
        queries.Correction("Refetcion", "réfection"),
    )


def test_un_mot_que_rien_n_emploie_est_nomme():
    fiche("Réfection de la toiture")

    lus = queries.resultats(Recherche(mots="toiture zygomatique"), le=LE)

    assert (lus.nombre, lus.inconnus) == (0, ("zygomatique",))


@pytest.mark.parametrize(
    "mots",
    [
        "%",
        "100 %",
        "_%_",
        "toiture' OR 1=1 --",
        'toi"ture',
        "\0",
        "🏗️",
        "toiture " * 2_000,
        "NEAR(",
        "a" * 10_000,
    ],
)
def test_une_recherche_hostile_ne_casse_rien(mots):
    fiche("Réfection de la toiture")

    recherche = queries.lire({"q": mots}).recherche

    assert queries.resultats(recherche, le=LE).nombre <= 1


def test_les_nouvelles_d_une_recherche_sont_celles_publiees_apres():
    (
        fiche("Toiture ancienne", publiee_il_y_a=9),
        fiche("Toiture neuve", publiee_il_y_a=1),
        fiche("Voirie", publiee_il_y_a=1),
    )
    depuis = LE - timedelta(days=3)

    assert [
        f.titre for f in queries.nouvelles_depuis(Recherche(mots="toiture"), depuis, le=LE)
    ] == ["Toiture neuve"]
    assert len(queries.nouvelles_depuis(Recherche(), depuis, le=LE)) == 2
    assert queries.nouvelles_depuis(Recherche(), LE, le=LE) == ()


def test_une_recherche_gardee_se_relit():
    gardee = Recherche(mots="toiture & école", cpv="45", apres=date(2027, 1, 1), etat=CLOSES)

    assert queries.relire(gardee.ecrire()) == gardee


def test_une_fiche_reecrite_perd_ses_anciens_mots():
    ecrite = fiche("Réfection de la toiture")
    ecrite.jetons = ecrite.jetons.replace("toitur", "xyz")
    ecrite.save()

    assert (trouvees(mots="toiture"), trouvees(mots="xyz", etat=TOUTES)) == (
        [],
        ["Réfection de la toiture"],
    )
    ecrite.delete()
    assert trouvees(mots="xyz", etat=TOUTES) == []


def test_sortir_les_closes_ne_change_aucune_reponse():
    fiche("Close hier", dans_jours=-1.5), fiche("Ouverte")
    FicheIndexee.objects.update(en_cours=True)
    avant = (trouvees(mots="close"), trouvees(), trouvees(mots="close", etat=CLOSES))

    assert services.sortir_les_closes(le=LE) == 1
    assert (
        (trouvees(mots="close"), trouvees(), trouvees(mots="close", etat=CLOSES))
        == avant
        == ([], ["Ouverte"], ["Close hier"])
    )


def test_reposer_le_schema_ne_change_rien():
    from beffroi.publicite.recherche import schema

    fiche("Réfection de la toiture")
    schema.poser(connection)

    assert trouvees(mots="toiture") == ["Réfection de la toiture"]
