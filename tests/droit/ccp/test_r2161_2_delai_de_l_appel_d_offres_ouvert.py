"""CCP, art. R. 2161-2 et R. 2161-3. « Le délai minimal de réception des candidatures et des offres
est de trente-cinq jours à compter de la date de l'envoi de l'avis de marché. » Il peut être ramené
à quinze jours après un avis de préinformation envoyé « trente-cinq jours au moins à douze mois au
plus avant la date d'envoi de l'avis de marché », à trente jours si les réponses sont transmises par
voie électronique, à quinze jours en cas d'urgence dûment justifiée.
"""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from droit.calendrier import minimum
from droit.calendrier.minimum import Circonstances
from droit.en_vigueur import Droit

pytestmark = [pytest.mark.article("CCP", "R. 2161-2"), pytest.mark.article("CCP", "R. 2161-3")]

CLE = "delai.appel_offres_ouvert.offres"
ENVOI = date(2027, 3, 2)
ENVOIS = st.dates(date(2019, 4, 1), date(2035, 12, 31))


def delai(envoi: date = ENVOI, **faits) -> minimum.DelaiMinimal:
    trouve = minimum.delai_minimal(
        Droit.au(envoi), CLE, envoi=envoi, circonstances=Circonstances(**faits)
    )
    assert trouve is not None
    return trouve


def raisons(trouve: minimum.DelaiMinimal) -> list[str]:
    return [str(motif.source) for motif in trouve.pourquoi if motif.source]


def test_le_delai_ordinaire_est_de_trente_cinq_jours():
    assert delai().jours == 35
    assert raisons(delai()) == ["CCP, art. R. 2161-2"]


def test_la_voie_electronique_le_ramene_a_trente_jours():
    assert delai(electronique=True).jours == 30
    assert raisons(delai(electronique=True)) == ["CCP, art. R. 2161-2", "CCP, art. R. 2161-3, 2°"]


def test_l_urgence_le_ramene_a_quinze_jours():
    assert delai(electronique=True, urgence=True).jours == 15
    assert delai(urgence=True).reduit_par == "urgence"


@pytest.mark.parametrize(
    ("preinformation", "jours"),
    [
        (date(2026, 3, 1), 35),
        (date(2026, 3, 2), 15),
        (date(2027, 1, 26), 15),
        (date(2027, 1, 27), 35),
    ],
    ids=["douze mois et un jour", "douze mois", "trente-cinq jours", "trente-quatre jours"],
)
def test_la_preinformation_compte_de_trente_cinq_jours_a_douze_mois_avant(preinformation, jours):
    assert delai(preinformation=preinformation).jours == jours


def test_une_preinformation_inutile_dit_quand_il_fallait_l_envoyer():
    motif = delai(preinformation=date(2027, 2, 27)).pourquoi[-1]

    assert "du 2 mars 2026 au 26 janvier 2027" in motif.texte
    assert str(motif.source) == "CCP, art. R. 2161-3, 1°, a"


@pytest.mark.parametrize(
    ("limite", "favorable", "remarques"),
    [
        (date(2027, 3, 31), False, 3),
        (date(2027, 4, 1), True, 1),
        (date(2027, 4, 2), True, 0),
    ],
    ids=["la veille du dernier jour", "le dernier jour", "le lendemain"],
)
def test_une_date_limite_se_juge_au_jour_pres(limite, favorable, remarques):
    decision = minimum.limite_assez_tardive(limite, depart=ENVOI, delai=delai(electronique=True))

    assert (decision.favorable, len(decision.motifs)) == (favorable, remarques)


def test_le_refus_compte_les_jours_et_cite_l_article():
    decision = minimum.limite_assez_tardive(date(2027, 3, 20), depart=ENVOI, delai=delai())

    assert (
        str(decision.motifs[0])
        == "Cette date laisse 18 jours. Il en faut au moins 35. (CCP, art. R. 2161-2)"
    )


def test_une_date_limite_avant_l_envoi_ne_laisse_aucun_jour():
    decision = minimum.limite_assez_tardive(date(2027, 2, 1), depart=ENVOI, delai=delai())

    assert decision.motifs[0].texte == "Cette date ne laisse aucun jour. Il en faut au moins 35."


def test_un_dernier_jour_dimanche_reporte_le_premier_jour_sur_au_mardi():
    envoi = date(2027, 3, 5)

    assert delai(envoi, electronique=True).dernier_jour(envoi) == date(2027, 4, 4)
    assert delai(envoi, electronique=True).premier_jour_sur(envoi) == date(2027, 4, 6)


@given(ENVOIS, st.booleans(), st.booleans(), st.booleans())
def test_le_premier_jour_sur_ne_tombe_jamais_avant_le_minimum(
    envoi, electronique, urgence, alsace_moselle
):
    trouve = delai(envoi, electronique=electronique, urgence=urgence)

    sur = trouve.premier_jour_sur(envoi, alsace_moselle=alsace_moselle)
    assert (sur - envoi).days > trouve.jours
    assert (sur - envoi).days <= trouve.jours + 7


@given(ENVOIS, st.integers(0, 30), st.booleans(), st.booleans())
def test_envoyer_plus_tard_n_avance_jamais_la_date_limite(envoi, retard, electronique, urgence):
    plus_tard = date.fromordinal(envoi.toordinal() + retard)
    premier = delai(envoi, electronique=electronique, urgence=urgence)
    second = delai(plus_tard, electronique=electronique, urgence=urgence)

    assert premier.premier_jour_sur(envoi) <= second.premier_jour_sur(plus_tard)


@given(ENVOIS, st.integers(-10, 60))
def test_une_date_refusee_ou_remarquee_precede_toujours_le_premier_jour_sur(envoi, ecart):
    trouve = delai(envoi)
    limite = date.fromordinal(envoi.toordinal() + ecart)

    sans_remarque = minimum.limite_assez_tardive(limite, depart=envoi, delai=trouve).motifs == ()
    assert sans_remarque is (limite >= trouve.premier_jour_sur(envoi))
