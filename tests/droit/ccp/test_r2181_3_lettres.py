"""CCP, art. R. 2181-1 à R. 2181-4, R. 3125-1 et R. 3126-12 :
ce que dit la lettre, et le délai pour en dire plus.
"""

from datetime import UTC, date, datetime

import pytest

from beffroi.achat.consultations.rules.procedures import procedure
from beffroi.choix.attribution.rules.demandes import (
    caracteristiques_dues,
    peut_demander,
    peut_repondre,
    repondre_avant,
)
from beffroi.choix.attribution.rules.lettres import (
    FaitsDeLEnvoi,
    SuiteDite,
    champ_du_jour,
    exigences,
    lettre_complete,
    peut_envoyer,
)
from beffroi.choix.attribution.rules.regimes import Regime, regime_de

REJET = SuiteDite(
    lot=None,
    issue="rejetee",
    motif="Votre planning est plus long.",
    attributaires=("Atelier du Faîtage",),
    motif_du_choix="Un planning de six semaines.",
    attend=True,
)
LETTRE = f"""Votre planning est plus long.
Le marché est attribué à Atelier du Faîtage. Un planning de six semaines.
Il ne sera pas signé avant le {champ_du_jour(None)}."""


@pytest.mark.parametrize(
    ("cle", "regime"),
    [
        ("procedure_adaptee_ouverte", Regime.ADAPTEE),
        ("appel_offres_ouvert", Regime.FORMALISEE),
        ("concession_au_dessus_du_seuil", Regime.CONCESSION),
        ("concession_sous_le_seuil", Regime.CONCESSION_SOUS_LE_SEUIL),
    ],
)
@pytest.mark.article("CCP", "R. 2181-1")
def test_chaque_procedure_a_son_regime_de_lettre(cle, regime):
    assert regime_de(procedure(cle)) is regime


@pytest.mark.article("CCP", "R. 2181-3")
def test_une_lettre_de_procedure_formalisee_entiere_part():
    assert lettre_complete(LETTRE, exigences(Regime.FORMALISEE, [REJET])).favorable


@pytest.mark.article("CCP", "R. 2181-3")
@pytest.mark.parametrize(
    ("efface", "manque"),
    [
        ("Votre planning est plus long.", "le motif du rejet"),
        ("Atelier du Faîtage", "le nom de l'entreprise retenue"),
        ("Un planning de six semaines.", "les motifs du choix"),
        (champ_du_jour(None), "le jour à partir duquel le contrat peut être signé"),
    ],
)
def test_une_mention_effacee_et_la_lettre_ne_part_pas(efface, manque):
    refus = lettre_complete(LETTRE.replace(efface, ""), exigences(Regime.FORMALISEE, [REJET]))

    assert [manque in motif.texte for motif in refus.motifs] == [True]


@pytest.mark.article("CCP", "R. 2181-1")
def test_une_procedure_adaptee_ne_doit_que_le_rejet():
    assert exigences(Regime.ADAPTEE, [REJET]) == ()


@pytest.mark.article("CCP", "R. 3125-1")
def test_une_concession_au_dessus_du_seuil_doit_les_memes_mentions():
    assert len(exigences(Regime.CONCESSION, [REJET])) == 4


@pytest.mark.article("CCP", "R. 2181-2")
@pytest.mark.parametrize(
    ("recue", "dernier"),
    [
        (datetime(2027, 3, 3, 9, tzinfo=UTC), date(2027, 3, 18)),
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), date(2027, 1, 16)),
        (datetime(2028, 2, 20, 9, tzinfo=UTC), date(2028, 3, 6)),
    ],
)
def test_l_acheteur_a_quinze_jours_a_l_heure_de_paris(recue, dernier):
    assert repondre_avant(Regime.ADAPTEE, recue_le=recue).jour == dernier


@pytest.mark.article("CCP", "R. 2181-4")
def test_le_dernier_jour_est_encore_dans_le_delai():
    delai = repondre_avant(Regime.FORMALISEE, recue_le=datetime(2027, 3, 3, 9, tzinfo=UTC))

    assert (delai.est_depasse(date(2027, 3, 18)), delai.est_depasse(date(2027, 3, 19))) == (
        False,
        True,
    )


def test_aucun_delai_ne_s_invente_pour_une_concession_au_dessus_du_seuil():
    assert (
        repondre_avant(Regime.CONCESSION, recue_le=datetime(2027, 3, 3, 9, tzinfo=UTC)).jour is None
    )


@pytest.mark.article("CCP", "R. 2181-4")
def test_une_offre_eliminee_n_a_droit_qu_aux_motifs_de_son_rejet():
    assert not caracteristiques_dues(elimination="offre irrégulière").favorable
    assert caracteristiques_dues(elimination="").favorable


@pytest.mark.article("CCP", "R. 2185-2")
@pytest.mark.parametrize("regime", Regime)
def test_une_renonciation_dit_son_motif_sous_tous_les_regimes(regime):
    renonce = SuiteDite(lot=2, issue="sans_suite", motif="Le budget est réduit.")

    (due,) = exigences(regime, [renonce])

    assert (due.quoi, due.attendu, due.article.numero) == (
        "le motif de la renonciation du lot 2",
        "Le budget est réduit.",
        "R. 2185-2",
    )


@pytest.mark.parametrize("regime", Regime)
def test_la_lettre_a_l_entreprise_retenue_n_a_pas_de_mention_due(regime):
    assert (
        exigences(regime, [SuiteDite(lot=None, issue="retenue", motif="Bravo.", attend=True)]) == ()
    )


@pytest.mark.article("CCP", "R. 3126-12")
def test_une_concession_sous_le_seuil_ne_doit_que_le_rejet():
    assert exigences(Regime.CONCESSION_SOUS_LE_SEUIL, [REJET]) == ()


@pytest.mark.article("CCP", "R. 2181-3")
def test_sans_attente_la_lettre_ne_promet_aucun_jour_de_signature():
    sans = SuiteDite(
        None, "rejetee", REJET.motif, REJET.attributaires, REJET.motif_du_choix, attend=False
    )

    assert [due.quoi for due in exigences(Regime.FORMALISEE, [sans])] == [
        "le motif du rejet",
        "le nom de l'entreprise retenue",
        "les motifs du choix",
    ]


@pytest.mark.article("CCP", "R. 2181-3")
def test_chaque_lot_a_ses_mentions_et_le_jour_d_un_lot_n_est_pas_celui_d_un_autre():
    lots = [
        SuiteDite(lot, "rejetee", "Trop long.", "Dupont", "Six semaines.", attend=True)
        for lot in (1, 2)
    ]
    lettre = f"Trop long. Dupont. Six semaines. {champ_du_jour(1)}"

    refus = lettre_complete(lettre, exigences(Regime.FORMALISEE, lots))

    assert [motif.texte for motif in refus.motifs] == [
        "La lettre ne dit pas le jour à partir duquel le contrat peut être signé du lot 2."
    ]
    assert lettre_complete(
        f"{lettre} {champ_du_jour(2)}", exigences(Regime.FORMALISEE, lots)
    ).favorable


@pytest.mark.article("CCP", "R. 2181-3")
def test_une_mention_vide_ne_se_lit_pas_partout_et_un_retour_a_la_ligne_ne_l_efface_pas():
    vide = SuiteDite(None, "rejetee", " ", REJET.attributaires, REJET.motif_du_choix, attend=True)

    assert not lettre_complete(LETTRE, exigences(Regime.FORMALISEE, [vide])).favorable
    assert lettre_complete(
        LETTRE.replace("six semaines", "six\n  semaines"), exigences(Regime.FORMALISEE, [REJET])
    ).favorable


@pytest.mark.article("CCP", "R. 3125-1")
def test_le_rejet_d_une_concession_cite_son_article():
    assert {due.article.numero for due in exigences(Regime.CONCESSION, [REJET])} == {"R. 3125-1"}
    assert {due.article.numero for due in exigences(Regime.FORMALISEE, [REJET])} == {"R. 2181-3"}


@pytest.mark.article("CCP", "R. 2181-1")
@pytest.mark.parametrize(
    ("faits", "mot"),
    [
        ({"lettres": 0}, "préparez-les"),
        ({"lettres": 0, "deja": "Les lettres sont parties."}, "parties"),
        ({"propositions": ["Lot 1"]}, "valider : Lot 1"),
        ({"non_relues": ["Dupont"]}, "Relisez la lettre à : Dupont"),
        ({"sans_jour_d_envoi": ["Martin"]}, "partie autrement, à : Martin"),
    ],
)
def test_les_lettres_partent_ensemble_relues_et_validees(faits, mot):
    (motif,) = peut_envoyer(FaitsDeLEnvoi(**{"lettres": 2, **faits})).motifs

    assert mot in motif.texte


@pytest.mark.article("CCP", "R. 2181-1")
def test_des_lettres_relues_et_validees_partent():
    assert peut_envoyer(FaitsDeLEnvoi(lettres=1)).favorable


@pytest.mark.article("CCP", "R. 2181-2")
def test_qui_n_est_pas_retenu_demande_une_fois_et_par_ecrit():
    assert peut_demander(issue="rejetee", en_cours=False, texte="Pourquoi ?").favorable
    assert not peut_demander(issue="retenue", en_cours=False, texte="Pourquoi ?").favorable
    assert not peut_demander(issue="rejetee", en_cours=True, texte="Pourquoi ?").favorable
    assert not peut_demander(issue="rejetee", en_cours=False, texte=" ").favorable


@pytest.mark.article("CCP", "R. 2181-2")
def test_une_demande_a_une_reponse_ecrite_et_une_seule():
    assert peut_repondre(repondue=False, texte="Voici.").favorable
    assert not peut_repondre(repondue=True, texte="Voici.").favorable
    assert not peut_repondre(repondue=False, texte=" ").favorable


@pytest.mark.parametrize(
    ("regime", "article"),
    [
        (Regime.ADAPTEE, "R. 2181-2"),
        (Regime.FORMALISEE, "R. 2181-4"),
        (Regime.CONCESSION_SOUS_LE_SEUIL, "R. 3126-12"),
    ],
)
@pytest.mark.article("CCP", "R. 3126-12")
def test_le_delai_de_reponse_cite_l_article_de_son_regime(regime, article):
    delai = repondre_avant(regime, recue_le=datetime(2027, 3, 3, 9, tzinfo=UTC))

    assert (delai.jour, delai.article.numero) == (date(2027, 3, 18), article)


def test_sans_delai_lu_rien_n_est_en_retard():
    delai = repondre_avant(Regime.CONCESSION, recue_le=datetime(2027, 3, 3, 9, tzinfo=UTC))

    assert not delai.est_depasse(date(2030, 1, 1))


def test_le_champ_du_jour_se_lit_dans_la_lettre_avec_son_lot():
    assert (champ_du_jour(None), champ_du_jour(2)) == (
        "[premier jour de signature]",
        "[premier jour de signature du lot 2]",
    )


@pytest.mark.article("CCP", "R. 2181-2")
@pytest.mark.article("CCP", "R. 2181-4")
def test_un_refus_de_repondre_cite_son_article():
    assert caracteristiques_dues(elimination="irrégulière").motifs[0].source.numero == "R. 2181-4"
    assert (
        peut_demander(issue="rejetee", en_cours=True, texte="Oui ?").motifs[0].source.numero
        == "R. 2181-2"
    )
    assert (
        peut_envoyer(FaitsDeLEnvoi(2, non_relues=["Dupont"])).motifs[0].source.numero == "R. 2181-1"
    )
