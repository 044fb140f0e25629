"""CCP, art. R. 2151-6. « Le soumissionnaire transmet son offre en une seule fois. Si plusieurs
offres sont successivement transmises par un même soumissionnaire, seule est ouverte la dernière
offre reçue par l'acheteur dans le délai fixé pour la remise des offres. »

Ne s'applique pas aux concessions (CE, 20 décembre 2021, n° 454801).
"""

from datetime import timedelta

import pytest

from beffroi.reponse.depots import queries, services
from beffroi.reponse.depots.models import Pli
from beffroi.reponse.depots.tests import factories
from beffroi.reponse.depots.tests.factories import LIMITE, VEILLE
from beffroi.socle.fondations.erreurs import RegleEnfreinte

CANDIDATURE, OFFRE = ("candidature", None), ("offre", None)
HEURE = timedelta(hours=1)
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.article("CCP", "R. 2151-6"),
    pytest.mark.usefixtures("stockage_a_part"),
]


@pytest.fixture
def consultation(consultation_du_depot):
    return consultation_du_depot


def proposes(consultation):
    return [
        (pli.reference, sorted(pli.places_proposees, key=str))
        for pli in queries.plis_proposes(consultation)
    ]


def test_seule_la_derniere_offre_dans_le_delai_est_proposee(faitage, consultation):
    premier = faitage.depose(CANDIDATURE, OFFRE, le=VEILLE)
    second = faitage.depose(CANDIDATURE, OFFRE, le=VEILLE + HEURE)

    premier.refresh_from_db()
    assert queries.plis_proposes(consultation) == [second]
    assert premier.etat == Pli.Etat.REMPLACE
    assert second.remplace == premier


def test_une_offre_hors_delai_ne_remplace_pas_la_precedente(faitage, consultation):
    a_temps = faitage.depose(OFFRE, le=VEILLE)
    tardif = faitage.depose(OFFRE, le=LIMITE + HEURE)

    a_temps.refresh_from_db()
    assert queries.plis_proposes(consultation) == [a_temps]
    assert a_temps.etat == Pli.Etat.DEPOSE
    assert tardif.remplace is None


def test_les_offres_de_deux_soumissionnaires_sont_proposees(faitage, consultation):
    sien = faitage.depose(OFFRE, le=VEILLE)
    autre = factories.Candidat(consultation).depose(OFFRE, le=VEILLE + HEURE)

    assert queries.plis_proposes(consultation) == [sien, autre]


def test_la_derniere_offre_est_celle_de_l_equipe_qui_que_ce_soit_qui_y_depose(
    faitage, consultation
):
    faitage.depose(OFFRE, le=VEILLE)
    kevin = factories.membre("Kévin Masson", faitage.membre.equipe)
    dernier = factories.Candidat(consultation, kevin).depose(OFFRE, le=VEILLE + HEURE)

    assert queries.plis_proposes(consultation) == [dernier]


@pytest.mark.parametrize("proche", ["meme_que", "meme_siren_que"])
def test_deux_equipes_qui_ne_se_connaissent_pas_se_tiennent_cote_a_cote(
    faitage, consultation, proche
):
    """Un SIRET que chacun peut dire ne prouve pas que c'est le même soumissionnaire."""
    premier = faitage.depose(OFFRE, le=VEILLE)
    autre = factories.equipe(**{proche: faitage.membre.equipe})
    dernier = factories.Candidat(consultation, factories.membre("Kévin Masson", autre)).depose(
        OFFRE, le=VEILLE + HEURE
    )

    premier.refresh_from_db()
    assert (premier.etat, dernier.remplace) == (Pli.Etat.DEPOSE, None)
    assert queries.plis_proposes(consultation) == [premier, dernier]


def test_seule_ou_mandataire_d_un_groupement_ce_n_est_pas_le_meme_soumissionnaire(
    faitage, consultation
):
    seule = faitage.depose(OFFRE, le=VEILLE)
    brouillon = services.declarer_le_groupement(
        brouillon=faitage.commence(le=VEILLE),
        forme="conjoint",
        membres=[{"identifiant": "732829320", "nom": "Zingueurs de la Lys"}],
        maintenant=VEILLE,
    )
    groupee = faitage.depose(OFFRE, le=VEILLE + 2 * HEURE, brouillon=brouillon)

    assert queries.plis_proposes(consultation) == [seule, groupee]


class TestGroupement:
    """Un soumissionnaire est le mandataire et son groupement,
    quels que soient les numéros par lesquels on les dit.
    """

    def groupee(self, candidat, identifiant, *, le):
        brouillon = services.declarer_le_groupement(
            brouillon=candidat.commence(le=le - HEURE),
            forme="conjoint",
            membres=[{"identifiant": identifiant, "nom": "Zingueurs de la Lys"}],
            maintenant=le - HEURE,
        )
        return candidat.depose(OFFRE, le=le, brouillon=brouillon)

    @pytest.mark.parametrize("second", ["732829320", "732 829 320 00074", "FR44732829320"])
    def test_le_meme_cotraitant_dit_autrement_est_le_meme(self, faitage, consultation, second):
        premiere = self.groupee(faitage, "73282932000074", le=VEILLE)
        derniere = self.groupee(faitage, second, le=VEILLE + 2 * HEURE)

        premiere.refresh_from_db()
        assert queries.plis_proposes(consultation) == [derniere]
        assert (premiere.etat, derniere.remplace) == (Pli.Etat.REMPLACE, premiere)

    def test_un_autre_cotraitant_fait_un_autre_soumissionnaire(self, faitage, consultation):
        premiere = self.groupee(faitage, "732829320", le=VEILLE)
        seconde = self.groupee(faitage, "404833048", le=VEILLE + 2 * HEURE)

        assert queries.plis_proposes(consultation) == [premiere, seconde]

    @pytest.mark.parametrize(
        ("membres", "phrase"),
        [
            (["73282932000074", "732829320"], "citée deux fois"),
            (["732829321"], "Ce SIREN n'existe pas"),
        ],
    )
    def test_un_groupement_mal_dit_est_refuse(self, faitage, membres, phrase):
        with pytest.raises(RegleEnfreinte, match=phrase):
            services.declarer_le_groupement(
                brouillon=faitage.commence(le=VEILLE),
                forme="conjoint",
                membres=[{"identifiant": numero, "nom": "Zingueurs"} for numero in membres],
                maintenant=VEILLE,
            )


class TestParLot:
    @pytest.fixture
    def allotie(self, db):
        return factories.consultation(lots=2)

    @pytest.fixture
    def etoile(self, allotie):
        return factories.Candidat(allotie)

    def test_une_offre_sur_un_lot_ne_remplace_que_ce_lot(self, etoile, allotie):
        deux = etoile.depose(("offre", 1), ("offre", 2), le=VEILLE)
        un = etoile.depose(("offre", 1), le=VEILLE + HEURE)

        deux.refresh_from_db()
        assert proposes(allotie) == [
            (deux.reference, [("offre", 2)]),
            (un.reference, [("offre", 1)]),
        ]
        assert deux.etat == Pli.Etat.DEPOSE

    def test_la_derniere_candidature_vaut_pour_tous_ses_lots(self, etoile, allotie):
        premier = etoile.depose(CANDIDATURE, ("offre", 1), ("offre", 2), le=VEILLE)
        second = etoile.depose(CANDIDATURE, ("offre", 1), le=VEILLE + HEURE)

        attendus = [
            (premier.reference, [("offre", 2)]),
            (second.reference, [CANDIDATURE, ("offre", 1)]),
        ]
        assert proposes(allotie) == attendus

    def test_un_pli_dont_plus_rien_ne_compte_est_remplace(self, etoile, allotie):
        premier = etoile.depose(("offre", 1), ("offre", 2), le=VEILLE)
        etoile.depose(("offre", 1), le=VEILLE + HEURE)
        dernier = etoile.depose(("offre", 2), le=VEILLE + 2 * HEURE)

        premier.refresh_from_db()
        assert premier.etat == Pli.Etat.REMPLACE
        assert dernier.remplace == premier


class TestRetrait:
    def test_un_pli_retire_n_est_propose_a_aucune_seance(self, faitage, consultation):
        pli = faitage.depose(OFFRE, le=VEILLE)
        services.retirer_pli(pli=pli, par=faitage.personne, maintenant=VEILLE + HEURE)

        assert queries.plis_proposes(consultation) == []

    def test_retirer_la_derniere_offre_ne_fait_pas_revivre_la_precedente(
        self, faitage, consultation
    ):
        faitage.depose(OFFRE, le=VEILLE)
        dernier = faitage.depose(OFFRE, le=VEILLE + HEURE)
        services.retirer_pli(pli=dernier, par=faitage.personne, maintenant=VEILLE + 2 * HEURE)

        assert queries.plis_proposes(consultation) == []


class TestReport:
    def test_un_report_reclasse_une_offre_arrivee_entre_les_deux_limites(
        self, faitage, consultation
    ):
        ancien = faitage.depose(OFFRE, le=VEILLE)
        entre = faitage.depose(OFFRE, le=LIMITE + HEURE)
        consultation.date_limite_remise = LIMITE + 2 * HEURE
        consultation.save()

        assert ancien not in queries.plis_proposes(consultation)
        assert queries.plis_proposes(consultation) == [entre]
        assert queries.plis_hors_delai(consultation) == []


@pytest.mark.jurisprudence("CE, 20 décembre 2021, n° 454801")
class TestConcession:
    @pytest.fixture
    def concession(self, db):
        return factories.consultation(nature="concession")

    def test_un_complement_n_ecarte_pas_d_office_le_premier_pli(self, concession):
        candidat = factories.Candidat(concession)
        dossier = candidat.depose(CANDIDATURE, le=VEILLE)
        complement = candidat.depose(CANDIDATURE, le=VEILLE + HEURE)

        proposes = queries.plis_proposes(concession)
        dossier.refresh_from_db()
        assert proposes == [dossier, complement]
        assert "à qualifier par l'acheteur" in proposes[0].avertissement
        assert dossier.etat == Pli.Etat.DEPOSE

    def test_un_seul_pli_est_propose_sans_avertissement(self, concession):
        factories.Candidat(concession).depose(CANDIDATURE, le=VEILLE)

        assert [pli.avertissement for pli in queries.plis_proposes(concession)] == [""]
