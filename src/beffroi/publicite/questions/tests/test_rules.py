"""Les règles des questions, sur des valeurs nues."""

from datetime import UTC, datetime, timedelta

import pytest

from beffroi.publicite.questions import rules

LIMITE = datetime(2026, 5, 4, 10, tzinfo=UTC)
ENTIERE = {
    "question": "Quoi ?",
    "reponse": "Ceci.",
    "suite": "non",
    "motif": "C'est écrit.",
    "traces": (),
    "relue": False,
}


@pytest.mark.parametrize("etat", ["publiee", "close"])
def test_une_consultation_publiee_recoit_des_questions(etat):
    assert rules.peut_recevoir_une_question(etat=etat).favorable


@pytest.mark.parametrize("etat", ["brouillon", "en_ouverture", "sans_suite", "attribuee"])
def test_une_consultation_qui_n_est_pas_ou_plus_publiee_n_en_recoit_pas(etat):
    assert not rules.peut_recevoir_une_question(etat=etat).favorable


def test_une_question_recue_a_l_instant_de_la_limite_est_dans_le_delai():
    assert not rules.est_hors_delai(recue_le=LIMITE, limite=LIMITE)
    assert rules.est_hors_delai(recue_le=LIMITE + timedelta(microseconds=1), limite=LIMITE)


def test_sans_date_limite_aucune_question_n_est_en_retard():
    assert not rules.est_hors_delai(recue_le=LIMITE, limite=None)


def test_l_auteur_se_lit_apres_l_heure_limite_et_pas_a_l_heure_limite():
    assert not rules.auteur_connu_de_l_acheteur(limite=LIMITE, maintenant=LIMITE)
    assert rules.auteur_connu_de_l_acheteur(limite=LIMITE, maintenant=LIMITE + timedelta(seconds=1))


@pytest.mark.parametrize(
    ("texte", "quoi"),
    [
        ("Écrire à contact@faitage.example", "une adresse électronique"),
        ("Appelez le 03 21 00 00 00.", "un numéro de téléphone"),
        ("Appelez le +33 3 21 00 00 00.", "un numéro de téléphone"),
        ("SIREN 732 829 320", "un numéro SIREN ou SIRET"),
        ("SIRET 73282932000074", "un numéro SIREN ou SIRET"),
        ("Voyez www.faitage.example", "une adresse de site"),
        ("Notre SARL peut-elle répondre ?", "une forme de société"),
    ],
)
def test_ce_qui_designe_une_entreprise_se_signale(texte, quoi):
    assert quoi in rules.traces_d_identite(texte)


def test_un_nom_deja_lu_se_signale_sans_egard_a_la_casse():
    assert (
        rules.traces_d_identite("L'ATELIER DU FAÎTAGE demande", noms=["Atelier du Faîtage"]) != ()
    )


def test_un_prix_une_surface_et_une_date_ne_designent_personne():
    assert (
        rules.traces_d_identite("640 m² à 1 250,50 € HT, avant le 4 mai 2026, lot 3, article 12.4.")
        == ()
    )


def test_une_reponse_entiere_se_publie():
    assert rules.peut_etre_publiee(**ENTIERE).favorable


@pytest.mark.parametrize("champ", ["question", "reponse", "suite", "motif"])
def test_une_reponse_incomplete_ne_se_publie_pas(champ):
    assert not rules.peut_etre_publiee(
        **{**ENTIERE, champ: "  " if champ != "suite" else ""}
    ).favorable


def test_un_texte_qui_designe_quelqu_un_attend_qu_on_dise_l_avoir_relu():
    avec = {**ENTIERE, "traces": ("une adresse électronique",)}

    assert not rules.peut_etre_publiee(**avec).favorable
    assert rules.peut_etre_publiee(**{**avec, "relue": True}).favorable


def test_la_limite_par_entreprise_dit_ou_ecrire():
    decision = rules.question_recevable(texte="Quoi ?", deja_posees=rules.QUESTIONS_PAR_ENTREPRISE)

    assert "adresse de la consultation" in decision.motifs[0].texte
