"""L'attente du JOUE et la preuve de l'envoi, sur des valeurs nues."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from beffroi.publicite.avis import rules
from beffroi.publicite.avis.rules import EnvoiAuJoue

PARIS = ZoneInfo("Europe/Paris")
CONFIRME = datetime(2026, 11, 24, 9, 30, tzinfo=PARIS)
DEUX_JOURS = timedelta(hours=48)
SECONDE = timedelta(seconds=1)


def attente(joue, maintenant, **options):
    return rules.peut_paraitre_ailleurs(
        joue=joue, attente=DEUX_JOURS, maintenant=maintenant, **options
    )


@pytest.mark.article("CCP", "R. 2131-20")
class TestAttenteDuJoue:
    def test_sans_avis_europeen_rien_n_attend(self):
        assert attente(None, CONFIRME).favorable

    def test_un_avis_europeen_ni_paru_ni_confirme_fait_attendre(self):
        assert not attente(EnvoiAuJoue(), CONFIRME).favorable

    def test_une_seconde_avant_les_48_heures_c_est_trop_tot(self):
        assert not attente(
            EnvoiAuJoue(confirme_le=CONFIRME), CONFIRME + DEUX_JOURS - SECONDE
        ).favorable

    def test_a_48_heures_de_la_confirmation_on_peut_publier(self):
        assert attente(EnvoiAuJoue(confirme_le=CONFIRME), CONFIRME + DEUX_JOURS).favorable

    def test_des_la_parution_au_joue_on_peut_publier(self):
        paru = EnvoiAuJoue(confirme_le=CONFIRME, paru_le=CONFIRME + SECONDE)

        assert attente(paru, CONFIRME + SECONDE).favorable

    def test_une_parution_a_venir_ne_compte_pas_encore(self):
        assert not attente(
            EnvoiAuJoue(confirme_le=CONFIRME, paru_le=CONFIRME + DEUX_JOURS), CONFIRME
        ).favorable

    def test_48_heures_sont_48_heures_meme_quand_l_heure_change(self):
        veille = datetime(2026, 10, 24, 12, 0, tzinfo=PARIS)
        libre = datetime(2026, 10, 26, 11, 0, tzinfo=PARIS)

        assert not attente(EnvoiAuJoue(confirme_le=veille), libre - SECONDE).favorable
        assert attente(EnvoiAuJoue(confirme_le=veille), libre).favorable

    def test_le_refus_dit_quand_on_pourra_publier(self):
        (motif,) = attente(EnvoiAuJoue(confirme_le=CONFIRME), CONFIRME).motifs

        assert "jeudi 26\N{NO-BREAK SPACE}novembre 2026 à 09:30:00" in motif.texte
        assert str(motif.source) == "CCP, art. R. 2131-20"

    @pytest.mark.article("CCP", "R. 3122-5")
    def test_une_concession_attend_de_meme_sous_son_article(self):
        (motif,) = attente(EnvoiAuJoue(), CONFIRME, concession=True).motifs

        assert str(motif.source) == "CCP, art. R. 3122-5"


@pytest.mark.article("CCP", "R. 2131-19")
@pytest.mark.parametrize(
    ("envoyee_le", "preuve", "phrase"),
    [
        (CONFIRME, 0, "La preuve de l'envoi manque"),
        (CONFIRME + timedelta(hours=2), 10, "dans le futur"),
        (CONFIRME - timedelta(days=2), 10, "précède l'écriture"),
    ],
)
def test_un_envoi_se_declare_avec_sa_preuve_et_une_date_possible(envoyee_le, preuve, phrase):
    decision = rules.peut_declarer_l_envoi(
        envoyee_le=envoyee_le,
        ecrit_le=CONFIRME - timedelta(days=1),
        preuve=preuve,
        maintenant=CONFIRME + timedelta(hours=1),
    )

    assert phrase in decision.motifs[0].texte
