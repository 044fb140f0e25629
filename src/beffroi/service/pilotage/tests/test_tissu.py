"""Les petites entreprises, les voisines, et ce que l'année appelle : des parts, jamais un nom."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.centre.contributions.tests import gestes
from beffroi.personnes.entreprises.services import presenter
from beffroi.reponse.depots.tests import factories
from beffroi.reponse.depots.tests.factories import LIMITE
from beffroi.service.pilotage import presentation, queries, rules, tableurs

APRES = LIMITE + timedelta(days=1)


def repondre(consultation, *, taille="", code_postal=""):
    candidat = factories.Candidat(consultation)
    presenter(
        membre=candidat.membre, taille=taille, code_postal=code_postal, maintenant=factories.VEILLE
    )
    candidat.depose(("offre", None))


def mesurer():
    return queries.annee_de(queries.perimetre_du_service(), LIMITE.year, le=APRES)


@pytest.mark.django_db
def test_une_entreprise_qui_n_a_rien_dit_n_entre_dans_aucune_part():
    consultation = factories.consultation()
    repondre(consultation)

    assert [chiffre.precision for chiffre in presentation.tissu(mesurer().tissu)] == [
        "aucune entreprise n'a dit sa taille",
        "aucune entreprise n'a dit son département",
    ]


@pytest.mark.django_db
def test_la_part_des_petites_et_des_voisines_se_compte_sur_celles_qui_l_ont_dit():
    consultation = factories.consultation()
    consultation.organisme.code_postal = "62960"
    consultation.organisme.save(update_fields=["code_postal"])
    for rang in range(10):
        repondre(
            consultation,
            taille="micro" if rang % 2 else "eti",
            code_postal="62120" if rang % 2 else "59000",
        )
    tissu = mesurer().tissu

    assert (tissu.taille_dite, tissu.petites, tissu.lieu_dit, tissu.du_departement) == (
        10,
        5,
        10,
        5,
    )
    petites, voisines = presentation.tissu(tissu)
    assert (petites.valeur, voisines.valeur) == ("50 %", "50 %")


@pytest.mark.django_db
def test_avant_l_heure_limite_aucune_part():
    consultation = factories.consultation()
    repondre(consultation, taille="pme", code_postal="62960")

    avant = queries.annee_de(queries.perimetre_du_service(), LIMITE.year, le=LIMITE)

    assert avant.tissu.taille_dite == avant.tissu.lieu_dit == 0


@pytest.mark.parametrize(
    ("nombre", "sur", "montre"),
    [
        (0, 0, False),
        (0, 5, True),
        (5, 5, True),
        (4, 9, False),
        (5, 9, False),
        (5, 10, True),
        (1, 1, False),
        (0, 4, False),
    ],
)
def test_une_part_ne_designe_personne(nombre, sur, montre):
    assert rules.part_montrable(nombre, sur=sur) is montre


REPONSES = st.sets(
    st.tuples(
        st.integers(1, 12),
        st.sampled_from(["", "micro", "pme", "eti", "grande"]),
        st.sampled_from(["", "62960", "59000", "97411"]),
        st.sampled_from(["", "62000", "97400"]),
    ),
    max_size=40,
)


@given(REPONSES)
def test_aucun_chiffre_montre_ne_porte_sur_une_a_quatre_entreprises(reponses):
    tissu = rules.tissu(reponses)

    assert 0 <= tissu.petites <= tissu.taille_dite and 0 <= tissu.du_departement <= tissu.lieu_dit
    for chiffre, (nombre, sur) in zip(
        presentation.tissu(tissu),
        [(tissu.petites, tissu.taille_dite), (tissu.du_departement, tissu.lieu_dit)],
        strict=True,
    ):
        assert chiffre.valeur == "–" or (
            nombre not in range(1, 5) and sur - nombre not in range(1, 5)
        )


@pytest.mark.django_db
def test_le_centre_lit_ce_que_l_annee_appelle_par_tranche_une_fois_emis():
    fanny, remi = (
        gestes.agent_du_centre("Fanny Delattre", "gestionnaire"),
        gestes.agent_du_centre("Rémi Boulet", "ordonnateur"),
    )
    gestes.garder_la_grille(fanny)
    for rang, agents in enumerate([420, 400, 20], start=1):
        gestes.sous_convention(rang, agents=agents)
    assert queries.contributions(2027) is None
    gestes.mener(
        2027, "figer", "simuler", "preparer", "valider", "emettre", par=fanny, ordonnateur=remi
    )

    appelees = queries.contributions(2027)

    assert [(part.libelle, part.nombre) for part in appelees.tranches] == [
        ("Tranche 1", 2),
        ("Tranche 1, gratuite", 1),
    ]
    assert (appelees.adherents, appelees.total) == (3, Decimal("500.00"))
    annee = queries.annee_de(queries.perimetre_du_service(), 2027, le=gestes.JANVIER)
    csv = tableurs.csv(annee, de_l_acheteur=False, contributions=appelees).decode()
    assert "500,00;euros" in csv
