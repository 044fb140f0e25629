"""CCP, art. R. 2181-1 à R. 2181-4, R. 3125-1 et R. 3126-12 : ce que dit la lettre, et le délai pour en dire plus."""

from datetime import UTC, date, datetime

import pytest

from beffroi.attribution.rules.demandes import caracteristiques_dues, repondre_avant
from beffroi.attribution.rules.lettres import SuiteDite, champ_du_jour, exigences, lettre_complete
from beffroi.attribution.rules.regimes import Regime, regime_de
from beffroi.consultations.procedures import procedure

REJET = SuiteDite(
    lot=None, issue="rejetee", motif="Votre planning est plus long.", attributaire="Atelier du Faîtage",
    motif_du_choix="Un planning de six semaines.", attend=True,
)  # fmt: skip
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

    assert (delai.est_depasse(date(2027, 3, 18)), delai.est_depasse(date(2027, 3, 19))) == (False, True)


def test_aucun_delai_ne_s_invente_pour_une_concession_au_dessus_du_seuil():
    assert repondre_avant(Regime.CONCESSION, recue_le=datetime(2027, 3, 3, 9, tzinfo=UTC)).jour is None


@pytest.mark.article("CCP", "R. 2181-4")
def test_une_offre_eliminee_n_a_droit_qu_aux_motifs_de_son_rejet():
    assert not caracteristiques_dues(elimination="offre irrégulière").favorable
    assert caracteristiques_dues(elimination="").favorable
