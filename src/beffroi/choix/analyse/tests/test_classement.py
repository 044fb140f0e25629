"""Des notes et des prix au classement : ce que lisent l'attribution et le rapport."""

from decimal import Decimal

from beffroi.choix.analyse import services
from beffroi.choix.analyse.tests.scene import CHOIX, notee


def test_le_classement_additionne_le_prix_calcule_et_les_notes_retenues(scene):
    notee(scene)

    premiere, seconde = scene.classement()

    # Faîtage : 40 + 27 + 16 + 10 ; Zingueurs : 32 + 30 + 20 + 5.
    assert (premiere.pli.equipe.nom, premiere.rang, premiere.note) == (
        "Atelier du Faîtage",
        1,
        Decimal("93.00"),
    )
    assert (seconde.rang, seconde.note, seconde.montant) == (
        2,
        Decimal("87.00"),
        Decimal("100000.00"),
    )
    assert [(n.critere, n.note) for n in premiere.notes] == [
        ("Prix", Decimal("40.00")),
        ("Valeur technique", Decimal("43.00")),
        ("Délai", Decimal("10.00")),
    ]


def test_une_offre_eliminee_apres_ses_notes_ne_se_classe_plus_et_ne_fait_pas_baisser_les_prix(
    scene,
):
    faitage, _ = notee(scene)

    scene.qualifier(faitage, "irreguliere")
    restante, eliminee = scene.classement()

    assert (restante.rang, restante.notes[0].note) == (1, Decimal("40.00"))
    assert (eliminee.rang, eliminee.elimination, eliminee.motif) == (
        None,
        "irreguliere",
        "L'acte d'engagement manque.",
    )


def test_deux_offres_au_meme_total_sont_ex_aequo(scene):
    scene.arreter()
    for offre in scene.inscrire():
        scene.montant(offre, 50_000)
        scene.retenir_tout(offre, 7, 7, 7)

    assert [(o.rang, o.ex_aequo) for o in scene.classement()] == [(1, True), (1, True)]


def test_une_offre_a_qui_une_note_manque_n_a_pas_de_rang(scene):
    scene.arreter()
    faitage, _ = scene.inscrire()
    scene.montant(faitage, 50_000)
    scene.retenir(faitage, "3", 8)

    offre = scene.classement()[0]

    assert (offre.rang, offre.note, offre.notes[2].note) == (None, None, Decimal("8.00"))


def test_une_offre_qui_ne_chiffre_pas_une_prestation_comptee_n_a_pas_de_montant_a_comparer(scene):
    scene.arreter(services.ChoixDeGrille(**{**vars(CHOIX), "pse": [1]}))
    faitage, _ = scene.inscrire()
    scene.montant(faitage, 50_000)

    assert scene.classement()[0].montant is None


def test_les_prestations_supplementaires_comptees_entrent_dans_le_montant(scene):
    scene.arreter()
    faitage, _ = scene.inscrire()
    scene.montant(faitage, 50_000, pse=[services.Pse(1, "Peinture", Decimal(2_000))])
    avant = scene.classement()[0].montant
    scene.arreter(
        services.ChoixDeGrille(**{**vars(CHOIX), "pse": [1], "motif": "Annoncée au règlement."})
    )

    assert (avant, scene.classement()[0].montant) == (Decimal("50000.00"), Decimal("52000.00"))
