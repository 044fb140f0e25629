"""CCP, art. R. 2152-6 et R. 2152-12 :
les offres restantes sont classées par ordre décroissant, selon les critères.
"""

from decimal import Decimal as D
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.choix.analyse.rules.classement import (
    CritereNote,
    OffreNotee,
    classer,
    criteres_sont_coherents,
)
from beffroi.choix.analyse.rules.sensibilite import sensibilites

pytestmark = [pytest.mark.article("CCP", "R. 2152-6"), pytest.mark.article("CCP", "R. 2152-12")]
PRIX = CritereNote("prix", "Prix", D(60))
MEMOIRE, PLANNING = (
    CritereNote("memoire", "Mémoire", D(25)),
    CritereNote("planning", "Planning", D(15)),
)
TECHNIQUE = CritereNote("technique", "Valeur technique", D(40), sous_criteres=(MEMOIRE, PLANNING))
CRITERES = (PRIX, TECHNIQUE)


def offre(cle, prix, memoire, planning, eliminee=""):
    notes = {"prix": D(prix), "memoire": D(memoire), "planning": D(planning)}
    return OffreNotee(cle, cle.title(), notes, eliminee)


DUPONT, ECOVERT, MARTIN = (
    offre("dupont", 20, 10, 10),
    offre("ecovert", 16, 18, 16),
    offre("martin", 12, 20, 20),
)
notes = st.decimals(min_value=0, max_value=20, places=1)
offres = st.lists(st.tuples(notes, notes, notes), min_size=1, max_size=7).map(
    lambda tirees: [offre(f"offre-{rang}", *tirage) for rang, tirage in enumerate(tirees)]
)
melees = st.lists(
    st.tuples(notes, notes, notes, st.sampled_from(["", "", "Hors délai."])), min_size=1, max_size=7
).map(lambda tirees: [offre(f"offre-{rang}", *tirage) for rang, tirage in enumerate(tirees)])


def rangs(classement):
    return [(ligne.cle, ligne.rang) for ligne in classement.lignes]


def test_un_classement_travaille_a_la_main():
    rendu = classer([DUPONT, ECOVERT, MARTIN], CRITERES)

    assert [(ligne.cle, ligne.rang, str(ligne.total)) for ligne in rendu.lignes] == [
        ("ecovert", 1, "82.50"),
        ("dupont", 2, "80.00"),
        ("martin", 3, "76.00"),
    ]
    assert dict(rendu.lignes[0].points) == {
        "prix": D("48.00"),
        "technique": D("34.50"),
        "memoire": D("22.50"),
        "planning": D("12.00"),
    }


def test_deux_offres_au_meme_total_ont_le_meme_rang_et_la_suivante_saute():
    jumelle = offre("zoe", 16, 18, 16)

    rendu = classer([MARTIN, jumelle, ECOVERT], CRITERES)

    assert rangs(rendu) == [("ecovert", 1), ("zoe", 1), ("martin", 3)]
    assert [ligne.ex_aequo for ligne in rendu.lignes] == [True, True, False]
    assert len(rendu.premieres) == 2


def test_deux_totaux_que_l_arrondi_confond_sont_ex_aequo():
    proche = offre("zoe", "16.001", 18, 16)

    assert [rang for _, rang in rangs(classer([ECOVERT, proche], CRITERES))] == [1, 1]


def test_une_offre_eliminee_est_a_part_avec_sa_raison():
    rendu = classer([DUPONT, offre("martin", 20, 20, 20, eliminee="Irrégulière.")], CRITERES)

    assert rangs(rendu) == [("dupont", 1)]
    assert [(e.cle, e.raison) for e in rendu.ecartees] == [("martin", "Irrégulière.")]


def test_une_offre_dont_une_note_manque_n_est_pas_classee_en_silence():
    rendu = classer([DUPONT, OffreNotee("martin", "Martin", {"prix": D(20)})], CRITERES)

    assert [e.raison for e in rendu.incompletes] == [
        "Il manque la note de « Mémoire », « Planning »."
    ]


@given(offres=melees, hasard=st.randoms())
def test_le_classement_ne_depend_pas_de_l_ordre_des_entreprises(offres, hasard):
    melangees = list(offres)
    hasard.shuffle(melangees)

    assert classer(melangees, CRITERES) == classer(offres, CRITERES)
    assert sensibilites(melangees, CRITERES) == sensibilites(offres, CRITERES)


@given(offres=offres, tirage=st.tuples(notes, notes, notes))
def test_une_offre_eliminee_de_plus_ne_change_rien(offres, tirage):
    eliminee = offre("zoe", *tirage, eliminee="Hors délai.")

    assert classer([*offres, eliminee], CRITERES).lignes == classer(offres, CRITERES).lignes


@given(offres=offres)
def test_un_rang_est_un_de_plus_que_le_nombre_de_meilleures(offres):
    lignes = classer(offres, CRITERES).lignes

    assert all(
        ligne.rang == 1 + sum(autre.total > ligne.total for autre in lignes) for ligne in lignes
    )


@pytest.mark.parametrize(
    "criteres,mot",
    [
        ((), "aucun critère"),
        ((PRIX, PRIX), "même code"),
        ((CritereNote("prix", "Prix", D(-1)), TECHNIQUE), "négatif"),
        (
            (CritereNote("technique", "Technique", D(50), sous_criteres=(MEMOIRE, PLANNING)),),
            "ne font pas son poids de 50",
        ),
        ((CritereNote("prix", "Prix", D(60), note_maximale=D(0)),), "positive"),
    ],
)
def test_des_poids_incoherents_sont_refuses(criteres, mot):
    assert mot in " ".join(motif.texte for motif in criteres_sont_coherents(criteres).motifs)
    with pytest.raises(ValueError, match=r"."):
        classer([DUPONT], criteres)


@pytest.mark.parametrize("note", ["-1", "20.5"])
def test_une_note_hors_de_son_echelle_est_refusee(note):
    with pytest.raises(ValueError, match="Prix"):
        classer([offre("dupont", note, 10, 10)], CRITERES)


def test_deux_offres_ne_portent_pas_la_meme_cle():
    with pytest.raises(ValueError, match="même clé"):
        classer([DUPONT, DUPONT], CRITERES)


def test_la_sensibilite_donne_le_poids_exact_ou_le_premier_change():
    """Dupont : 20 au prix, 10 au reste.

    Ecovert : 16 et 17,25. Ils se croisent à 64,44 points de prix.
    """
    prix, _ = sensibilites([DUPONT, ECOVERT, MARTIN], CRITERES)

    assert [i.premieres for i in prix.intervalles] == [("martin",), ("ecovert",), ("dupont",)]
    assert prix.ruptures == (Fraction(1100, 27), Fraction(2900, 45))
    assert prix.marge == Fraction(2900, 45) - 60


@given(offres=offres)
def test_au_poids_annonce_la_sensibilite_dit_le_meme_premier_que_le_classement(offres):
    lignes = classer(offres, CRITERES).lignes
    plus_haut = max(ligne.exact for ligne in lignes)
    premieres = {ligne.cle for ligne in lignes if ligne.exact == plus_haut}

    for lecture in sensibilites(offres, CRITERES):
        ici = [i for i in lecture.intervalles if i.de <= Fraction(lecture.poids) <= i.a]
        assert {cle for i in ici for cle in i.premieres} <= premieres


@given(offres=offres)
def test_les_intervalles_couvrent_tout_et_le_premier_y_est_bien_le_premier(offres):
    for lecture in sensibilites(offres, CRITERES):
        total = Fraction(lecture.total)
        assert (lecture.intervalles[0].de, lecture.intervalles[-1].a) == (0, total)
        for i in lecture.intervalles:
            hauteurs = {d.cle: d.au_poids((i.de + i.a) / 2, total) for d in lecture.droites}
            assert {cle for cle, h in hauteurs.items() if h == max(hauteurs.values())} == set(
                i.premieres
            )


def test_trois_droites_au_meme_point_laissent_devant_la_plus_pentue():
    """Au même poids exactement, deux offres dépassent la première :
    celle qui monte le plus vite l'emporte ensuite.
    """
    criteres = (PRIX, CritereNote("reste", "Reste", D(40)))
    trois = [
        OffreNotee(cle, cle, {"prix": D(prix), "reste": D(reste)})
        for cle, prix, reste in (("a", 10, 10), ("b", 15, 5), ("c", 20, 0), ("d", 0, 12))
    ]

    prix, _ = sensibilites(trois, criteres)

    assert [(i.premieres, i.a) for i in prix.intervalles] == [
        (("d",), Fraction(50, 3)),
        (("a",), 50),
        (("c",), 100),
    ]


def test_un_critere_seul_n_a_pas_de_sensibilite():
    assert sensibilites([DUPONT], [PRIX]) == ()


def test_une_seule_offre_reste_premiere_partout():
    assert [lecture.marge for lecture in sensibilites([DUPONT], CRITERES)] == [None, None]


def test_les_croisements_disent_aussi_les_echanges_derriere_le_premier():
    prix, _ = sensibilites([DUPONT, ECOVERT, MARTIN], CRITERES)

    assert {frozenset(c[1:]) for c in prix.croisements} == {
        frozenset(paire)
        for paire in (("dupont", "ecovert"), ("dupont", "martin"), ("ecovert", "martin"))
    }


def test_des_poids_en_parts_de_un_des_notes_sur_un_et_un_critere_sans_poids_se_classent():
    criteres = [
        CritereNote("prix", "Prix", D("0.6"), note_maximale=D(1)),
        CritereNote("delai", "Délai", D("0.4"), note_maximale=D(1)),
        CritereNote("avis", "Pour information", D(0)),
    ]
    notee = OffreNotee("a", "A", {"prix": D(1), "delai": D("0.5"), "avis": D(20)})

    assert criteres_sont_coherents(criteres).favorable
    assert str(classer([notee], criteres).lignes[0].total) == "0.80"


def test_des_poids_tous_nuls_ne_classent_rien():
    (motif,) = criteres_sont_coherents([CritereNote("prix", "Prix", D(0))]).motifs

    assert "aucun critère" in motif.texte and motif.source.numero == "R. 2152-12"


def test_une_offre_eliminee_ou_incomplete_n_est_dans_aucune_courbe():
    eliminee = offre("zoe", 20, 20, 20, eliminee="Hors délai.")
    incomplete = OffreNotee("yann", "Yann", {"prix": D(20)})

    for lecture in sensibilites([DUPONT, eliminee, incomplete, ECOVERT], CRITERES):
        assert [droite.cle for droite in lecture.droites] == ["dupont", "ecovert"]
    assert sensibilites([eliminee, incomplete], CRITERES) == ()


def test_au_poids_annonce_chaque_droite_passe_par_le_total_de_son_offre():
    totaux = {
        ligne.cle: ligne.exact for ligne in classer([DUPONT, ECOVERT, MARTIN], CRITERES).lignes
    }

    for lecture in sensibilites([DUPONT, ECOVERT, MARTIN], CRITERES):
        poids, total = Fraction(lecture.poids), Fraction(lecture.total)
        assert {droite.cle: droite.au_poids(poids, total) for droite in lecture.droites} == totaux


def test_un_critere_sans_poids_ne_bouge_pas_et_des_poids_en_parts_de_un_bougent():
    criteres = [
        CritereNote("prix", "Prix", D("0.6")),
        CritereNote("delai", "Délai", D("0.4")),
        CritereNote("x", "X", D(0)),
    ]
    notee = OffreNotee("a", "A", {"prix": D(1), "delai": D(2), "x": D(3)})

    assert [lecture.critere for lecture in sensibilites([notee], criteres)] == ["prix", "delai"]


def test_chaque_croisement_est_dit_une_fois_a_son_poids_exact():
    """Dupont et Martin : 50 + p/2 = 100 - 2p/5, soit p = 500/9."""
    prix, _ = sensibilites([DUPONT, ECOVERT, MARTIN], CRITERES)

    assert prix.croisements == (
        (Fraction(1100, 27), "ecovert", "martin"),
        (Fraction(500, 9), "dupont", "martin"),
        (Fraction(580, 9), "dupont", "ecovert"),
    )


def test_deux_offres_egales_sur_le_reste_ne_s_echangent_pas():
    prix, _ = sensibilites([offre("a", 20, 10, 10), offre("b", 16, 10, 10)], CRITERES)

    assert prix.croisements == ()
