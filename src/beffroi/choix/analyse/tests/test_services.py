"""Les actes : ce qu'ils inscrivent, ce qu'ils refusent,
et ce qui arrive quand deux personnes agissent.
"""

from datetime import timedelta
from decimal import Decimal

import pytest

from beffroi.choix.analyse import services
from beffroi.choix.analyse.models import Note, NoteRetenue
from beffroi.choix.analyse.tests.scene import ANALYSE_LE, CHOIX, CRITERES, notee
from beffroi.seance.ouverture.tests.factories import LIMITE
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte, RoleManquant
from beffroi.socle.journal.models import Ecriture


def test_une_grille_arretee_apres_l_ouverture_le_dit(scene):
    assert scene.arreter().avant_ouverture is False


def test_une_grille_changee_se_motive(scene):
    scene.arreter()

    with pytest.raises(RegleEnfreinte, match="pourquoi la grille change"):
        scene.arreter()


def test_l_echelle_ne_change_plus_une_fois_que_des_notes_sont_donnees(scene):
    notee(scene)

    with pytest.raises(RegleEnfreinte, match="sur cette échelle"):
        scene.arreter(
            services.ChoixDeGrille(
                **{**vars(CHOIX), "echelle": Decimal(20), "motif": "Plus lisible."}
            )
        )


def test_des_sous_criteres_qui_ne_font_pas_le_poids_sont_refuses(scene):
    from dataclasses import replace

    faux = replace(CRITERES[1], poids=Decimal(60))

    with pytest.raises(RegleEnfreinte, match="ne font pas son poids"):
        scene.arreter(services.ChoixDeGrille(echelle=Decimal(10), recopies=(faux,)))


def test_inscrire_deux_fois_n_ajoute_rien(scene):
    scene.inscrire()

    assert len(scene.inscrire()) == 2


def test_une_note_hors_de_l_echelle_est_refusee(scene):
    scene.arreter()
    faitage, _ = scene.inscrire()
    evaluateur = scene.nommer("helene")

    with pytest.raises(RegleEnfreinte) as refus:
        scene.noter(evaluateur, faitage, "3", "10.01")

    assert refus.value.motifs[0].texte == "Une note va de 0 à 10."


def test_une_note_changee_dit_laquelle_elle_remplace(scene):
    scene.arreter()
    faitage, _ = scene.inscrire()
    evaluateur = scene.nommer("helene")
    (premiere,) = scene.noter(evaluateur, faitage, "3", 7)

    (seconde,) = scene.noter(evaluateur, faitage, "3", 8, vue=str(premiere.pk))

    assert seconde.remplace == premiere
    assert Note.objects.count() == 2


def test_une_note_ecrite_depuis_une_page_perimee_ne_l_emporte_pas(scene):
    scene.arreter()
    faitage, _ = scene.inscrire()
    evaluateur = scene.nommer("helene")
    scene.noter(evaluateur, faitage, "3", 7)

    with pytest.raises(ConflitEtat, match="vient de l'écrire"):
        scene.noter(evaluateur, faitage, "3", 9)


def test_la_meme_note_envoyee_deux_fois_ne_s_ecrit_qu_une(scene):
    scene.arreter()
    faitage, _ = scene.inscrire()
    evaluateur = scene.nommer("helene")
    scene.noter(evaluateur, faitage, "3", 7)

    assert scene.noter(evaluateur, faitage, "3", 7) == []


def test_le_prix_ne_se_note_pas_a_la_main(scene):
    scene.arreter()
    faitage, _ = scene.inscrire()

    with pytest.raises(RegleEnfreinte, match="n'est pas de la grille"):
        scene.noter(scene.nommer("helene"), faitage, "1", 7)


def test_qui_n_est_pas_nomme_ou_ne_s_est_pas_declare_ne_note_pas(scene):
    scene.arreter()
    faitage, _ = scene.inscrire()
    evaluateur = services.nommer(
        consultation=scene.consultation,
        personne=scene.personne("bernard"),
        par=scene.personne("martine"),
        maintenant=LIMITE + timedelta(days=2),
    )

    with pytest.raises(RoleManquant):
        scene.noter(evaluateur, faitage, "3", 7)


def test_la_moyenne_se_retient_sans_motif_et_s_en_ecarter_se_motive(scene):
    scene.arreter()
    faitage, _ = scene.inscrire()
    for qui, valeur in (("helene", 7), ("bernard", 8)):
        scene.noter(scene.nommer(qui), faitage, "3", valeur)

    scene.retenir(faitage, "3", "7.5", motif="")

    assert NoteRetenue.objects.get().moyenne == Decimal("7.50")
    with pytest.raises(RegleEnfreinte) as refus:
        scene.retenir(faitage, "2.1", 8, motif="")
    assert "Aucun évaluateur" in refus.value.motifs[0].texte


def test_un_evaluateur_retire_ne_compte_plus_dans_la_moyenne(scene):
    scene.arreter()
    faitage, _ = scene.inscrire()
    helene, bernard = scene.nommer("helene"), scene.nommer("bernard")
    scene.noter(helene, faitage, "3", 4)
    scene.noter(bernard, faitage, "3", 8)
    services.retirer(
        evaluateur=helene,
        motif="Elle siège au conseil d'une des sociétés.",
        par=scene.personne("martine"),
        maintenant=LIMITE + timedelta(days=2),
    )

    scene.retenir(faitage, "3", 8, motif="")

    assert NoteRetenue.objects.get().valeur == Decimal(8)


def test_deux_personnes_ne_retiennent_pas_la_meme_case(scene):
    scene.arreter()
    faitage, _ = scene.inscrire()
    scene.retenir(faitage, "3", 8)

    with pytest.raises(ConflitEtat, match="vient de l'écrire"):
        scene.retenir(faitage, "3", 6, par="helene")


def test_un_montant_negatif_est_refuse(scene):
    faitage, _ = scene.inscrire()

    with pytest.raises(RegleEnfreinte, match="n'est pas négatif"):
        scene.montant(faitage, -1)


def test_un_montant_change_dit_comment_il_est_obtenu(scene):
    faitage, _ = scene.inscrire()
    premier = scene.montant(faitage, 80_000)

    with pytest.raises(RegleEnfreinte, match="comment ce montant"):
        scene.montant(faitage, 81_000, vue=str(premier.pk))


def test_eliminer_une_offre_se_motive(scene):
    faitage, _ = scene.inscrire()

    with pytest.raises(RegleEnfreinte, match="pourquoi cette offre"):
        scene.qualifier(faitage, "irreguliere", "")


def test_chaque_acte_a_une_ecriture_et_une_seule(scene):
    notee(scene)

    actes = (
        Ecriture.objects.filter(acte__startswith="analyse.")
        .order_by("pk")
        .values_list("acte", flat=True)
    )

    assert list(actes)[:4] == [
        "analyse.arreter_la_grille",
        "analyse.inscrire_les_offres",
        "analyse.retenir_un_montant",
        "analyse.retenir_un_montant",
    ]
    assert len(actes) == 10


def test_une_offre_basse_ne_se_rejette_pas_sans_avoir_demande(scene):
    faitage, _ = scene.inscrire()

    with pytest.raises(RegleEnfreinte, match="Demandez d'abord"):
        scene.qualifier(faitage, "anormalement_basse", "Le prix ne couvre pas la main-d'œuvre.")


def test_a_faire_attend_la_declaration_puis_les_notes_et_plus_rien_ensuite(scene):
    from beffroi.choix.analyse.queries import notes_attendues_de

    scene.arreter()
    offres = scene.inscrire()
    helene = scene.personne("helene")
    services.nommer(
        consultation=scene.consultation,
        personne=helene,
        par=scene.personne("martine"),
        maintenant=ANALYSE_LE,
    )
    avant = [attente.declaree for attente in notes_attendues_de(helene)]
    evaluateur = scene.nommer("helene")
    pendant = [attente.declaree for attente in notes_attendues_de(helene)]
    for offre in offres:
        for critere in ("2.1", "2.2", "3"):
            scene.noter(evaluateur, offre, critere, 7)

    assert (avant, pendant, notes_attendues_de(helene)) == ([False], [True], [])
