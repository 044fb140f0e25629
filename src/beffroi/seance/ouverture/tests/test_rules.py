"""Qui ouvre, quand, et dans quel ordre."""

from datetime import UTC, datetime, timedelta

import pytest

from beffroi.seance.ouverture import rules
from beffroi.seance.ouverture.rules import FaitsDEnveloppe, FaitsDePresence

LIMITE = datetime(2027, 1, 12, 11, 0, tzinfo=UTC)


def presence(nom, **champs):
    faits = {
        "ouvre": True,
        "appareil": nom,
        "sans_conflit": True,
        "code_confirme": True,
        "cle_tournee": False,
    }
    return FaitsDePresence(nom=nom, **{**faits, **champs})


@pytest.mark.parametrize(
    "ecart,favorable",
    [(timedelta(seconds=-1), False), (timedelta(0), False), (timedelta(microseconds=1), True)],
)
@pytest.mark.article("CCP", "R. 2132-9")
def test_rien_ne_s_ouvre_avant_la_fin_de_l_heure_limite(ecart, favorable):
    decision = rules.peut_s_ouvrir(date_limite=LIMITE, maintenant=LIMITE + ecart)

    assert decision.favorable is favorable


def test_deux_personnes_sur_deux_appareils_ouvrent():
    assert rules.deux_personnes_confirment([presence("Hélène"), presence("Bernard")]).favorable


@pytest.mark.parametrize(
    "manque",
    [{"ouvre": False}, {"sans_conflit": False}, {"code_confirme": False}, {"appareil": ""}],
)
def test_une_personne_qui_n_est_pas_prete_ne_compte_pas(manque):
    decision = rules.deux_personnes_confirment([presence("Hélène"), presence("Bernard", **manque)])

    assert not decision.favorable
    assert "Il manque 1 personne" in decision.motifs[0].texte


def test_deux_personnes_sur_le_meme_appareil_n_ouvrent_pas():
    decision = rules.deux_personnes_confirment(
        [presence("Hélène"), presence("Bernard", appareil="Hélène")]
    )

    assert decision.motifs[0].texte.startswith("Deux personnes se servent du même appareil")


def test_une_personne_seule_n_ouvre_jamais_quelle_que_soit_la_politique():
    seule = [presence("Hélène", cle_tournee=True)]

    assert rules.assez_de_cles(seule, seuil=1).favorable
    assert not rules.deux_personnes_confirment(seule).favorable


@pytest.mark.parametrize(
    "tournees,seuil,favorable", [(0, 1, False), (1, 1, True), (1, 2, False), (2, 2, True)]
)
def test_la_politique_dit_combien_de_cles_se_tournent(tournees, seuil, favorable):
    presences = [presence(str(rang), cle_tournee=rang < tournees) for rang in range(3)]

    assert rules.assez_de_cles(presences, seuil=seuil).favorable is favorable


def test_les_entreprises_passent_dans_l_ordre_de_leur_arrivee_candidature_d_abord():
    def enveloppe(cle, qui, sorte, lot=None, minute=0):
        return FaitsDEnveloppe(
            cle=cle,
            soumissionnaire=qui,
            sorte=sorte,
            lot=lot,
            recu_le=LIMITE - timedelta(minutes=60 - minute),
        )

    faits = [
        enveloppe(1, "tardive", "offre", 1, minute=50),
        enveloppe(2, "premiere", "offre", 2, minute=10),
        enveloppe(3, "premiere", "offre", 1, minute=10),
        enveloppe(4, "premiere", "candidature", minute=10),
        enveloppe(5, "tardive", "candidature", minute=50),
    ]

    assert [fait.cle for fait in rules.ordre_d_ouverture(faits)] == [4, 3, 2, 5, 1]


def test_une_decision_sur_un_retard_se_motive():
    assert not rules.decision_hors_delai(decision="ecartee", motif="  ").favorable
    assert not rules.decision_hors_delai(decision="", motif="raison").favorable
    assert rules.decision_hors_delai(decision="admise", motif="panne de la plateforme").favorable


@pytest.mark.article("CCP", "R. 2151-6")
def test_une_ouverture_complementaire_se_motive_et_ne_touche_pas_un_pli_retire():
    assert rules.ouverture_complementaire(
        justification="Le dernier est vide.", retires=0, choisis=1
    ).favorable
    assert not rules.ouverture_complementaire(justification="", retires=0, choisis=1).favorable
    assert not rules.ouverture_complementaire(
        justification="Raison", retires=1, choisis=1
    ).favorable
    assert not rules.ouverture_complementaire(
        justification="Raison", retires=0, choisis=0
    ).favorable


def test_une_seance_ne_se_clot_que_finie():
    assert rules.peut_se_clore(scellees=0, hors_delai_sans_decision=0).favorable
    assert len(rules.peut_se_clore(scellees=2, hors_delai_sans_decision=1).motifs) == 2


@pytest.mark.parametrize(
    "fichiers,nommees",
    [
        (["acte-engagement-v2.pdf"], {"Acte d'engagement"}),
        (["bordereau.ods"], {"Bordereau des prix"}),
        (["attestation fiscale.pdf"], set()),
        (["Attestation d'assurance.pdf"], {"Attestation d'assurance"}),
    ],
)
def test_le_nom_d_un_fichier_designe_parfois_sa_piece(fichiers, nommees):
    pieces = [
        "Acte d'engagement",
        "Bordereau des prix",
        "Attestation d'assurance",
        "Attestation de régularité",
    ]

    assert rules.pieces_nommees(pieces=pieces, fichiers=fichiers) == nommees
