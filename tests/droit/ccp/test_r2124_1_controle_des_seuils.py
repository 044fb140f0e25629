"""CCP, art. R. 2124-1, R. 2131-12, R. 2131-16, R. 2131-20 et R. 3122-5 :
procédure, avis, ordre des parutions (RC-43, RC-44).
"""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from droit.achat import Allotissement, Lot, Publicite
from droit.calendrier.heures import PARIS
from tests.droit.achats import achat, constats, dates, exige, gravites, rapport

pytestmark = pytest.mark.article("CCP", "R. 2124-1")
SANS_LOT = Allotissement(motif_sans_lot="Un seul ouvrage.")


def services(
    montant: int, procedure="procedure_adaptee_ouverte", supports=("BOAMP", "profil"), **change
):
    publicite = Publicite(supports=supports)
    complet = {
        "prestation": "services",
        "valeur_estimee": Decimal(montant),
        "allotissement": SANS_LOT,
        **change,
    }
    return achat(procedure=procedure, publicite=publicite, **complet)


@pytest.mark.parametrize("montant,attendues", [(215_999, []), (216_000, ["bloquant"])])
def test_une_procedure_adaptee_s_arrete_au_seuil(montant, attendues):
    assert gravites(constats("RC-43", services(montant))) == attendues


@pytest.mark.parametrize(
    "jour,attendues", [(date(2025, 12, 31), []), (date(2026, 1, 1), ["bloquant"])]
)
def test_le_seuil_est_celui_du_jour(jour, attendues):
    assert gravites(constats("RC-43", services(218_000), jour=jour)) == attendues


def test_une_procedure_trop_legere_dit_l_article_et_celle_qu_il_faut():
    quoi = "La procédure est trop légère pour ce montant."
    remede = "Choisissez la procédure attendue, ou corrigez le montant estimé."
    constat = exige("RC-43", "bloquant", "procedure", quoi, remede, projet=services(300_000))

    assert constat.attendu == "Appel d'offres ouvert"
    assert str(constat.pourquoi.source).startswith("CCP, art. L. 2124-1")


@pytest.mark.parametrize(
    "montant,procedure,attendues",
    [(59_999, "sans_publicite", []), (60_000, "sans_publicite", ["bloquant"])],
)
def test_se_passer_de_publicite_s_arrete_a_60_000_euros(montant, procedure, attendues):
    assert gravites(constats("RC-43", services(montant, procedure, ()))) == attendues


def test_un_petit_lot_peut_expliquer_une_procedure_plus_legere():
    lots = (
        Lot(numero=1, intitule="A", montant_estime=Decimal(50_000)),
        Lot(numero=2, intitule="B", montant_estime=Decimal(250_000)),
    )
    (constat,) = constats("RC-43", services(300_000, allotissement=Allotissement(lots=lots)))

    assert (constat.gravite.value, constat.doute) == (
        "avertissement",
        "Une procédure plus légère est permise pour une partie : le lot 1.",
    )


@pytest.mark.article("CCP", "R. 2131-12")
@pytest.mark.parametrize(
    "montant,supports,attendues",
    [
        (89_999, ("profil",), []),
        (90_000, ("profil",), ["bloquant"]),
        (90_000, ("BOAMP",), []),
        (90_000, ("JAL",), []),
    ],
)
def test_un_avis_officiel_a_partir_de_90_000_euros(montant, supports, attendues):
    assert gravites(constats("RC-43", services(montant, supports=supports))) == attendues


@pytest.mark.article("CCP", "R. 2131-16")
@pytest.mark.parametrize(
    "supports,attendues", [(("BOAMP",), ["bloquant"]), (("JOUE", "BOAMP"), [])]
)
def test_une_procedure_formalisee_demande_les_deux_avis(supports, attendues):
    assert (
        gravites(constats("RC-43", services(300_000, "appel_offres_ouvert", supports))) == attendues
    )


@pytest.mark.article("CCP", "R. 2131-12")
def test_des_avis_insuffisants_disent_quoi_faire():
    quoi = "Les avis prévus ne suffisent pas pour ce montant."

    exige(
        "RC-43",
        "bloquant",
        "publicite.supports",
        quoi,
        "Ajoutez les avis attendus.",
        projet=services(90_000, supports=()),
    )


def test_sans_montant_le_controle_dit_ne_pas_avoir_ete_joue():
    assert any(n.code == "RC-43" for n in rapport(achat(valeur_estimee=None)).non_joues)


CONFIRMATION = datetime(2026, 11, 30, 10, tzinfo=PARIS)


def joue(**change):
    return achat(publicite=Publicite(supports=("JOUE", "BOAMP", "profil")), dates=dates(**change))


@pytest.mark.article("CCP", "R. 2131-20")
@pytest.mark.parametrize(
    "change,attendues",
    [
        (
            {
                "parution_au_joue": date(2026, 12, 1),
                "mise_en_ligne": datetime(2026, 11, 30, 23, 59, tzinfo=PARIS),
            },
            ["bloquant"],
        ),
        (
            {
                "parution_au_joue": date(2026, 12, 1),
                "mise_en_ligne": datetime(2026, 12, 1, 0, 0, tzinfo=PARIS),
            },
            [],
        ),
        (
            {
                "confirmation_du_joue": CONFIRMATION,
                "mise_en_ligne": CONFIRMATION + timedelta(hours=47, minutes=59),
            },
            ["bloquant"],
        ),
        (
            {
                "confirmation_du_joue": CONFIRMATION,
                "mise_en_ligne": CONFIRMATION + timedelta(hours=48),
            },
            [],
        ),
        ({"mise_en_ligne": CONFIRMATION}, ["avertissement"]),
    ],
)
def test_rien_de_national_avant_le_joue_ou_48_heures(change, attendues):
    assert gravites(constats("RC-44", joue(**change))) == attendues


@pytest.mark.article("CCP", "R. 2131-20")
def test_une_mise_en_ligne_trop_tot_dit_jusqu_a_quand_attendre():
    projet = joue(confirmation_du_joue=CONFIRMATION, mise_en_ligne=CONFIRMATION)
    quoi = "La consultation serait en ligne avant l'avis européen."
    remede = "Attendez la parution européenne, ou 48 heures après la confirmation de sa réception."

    assert exige(
        "RC-44", "bloquant", "dates.mise_en_ligne", quoi, remede, projet=projet
    ).attendu == ("à partir du 2 décembre 2026 à 10 h 00, heure de Paris")


@pytest.mark.article("CCP", "R. 3122-5")
def test_une_concession_attend_de_meme():
    projet = achat(
        contrat="concession",
        procedure="concession_au_dessus_du_seuil",
        publicite=Publicite(supports=("JOUE", "BOAMP", "presse spécialisée")),
        dates=dates(confirmation_du_joue=CONFIRMATION, mise_en_ligne=CONFIRMATION),
    )

    assert gravites(constats("RC-44", projet)) == ["bloquant"]


@pytest.mark.article("CCP", "R. 2131-20")
def test_sans_joue_ou_sans_date_rien_n_est_dit():
    assert constats("RC-44", achat(dates=dates(mise_en_ligne=CONFIRMATION))) == ()
    assert any(n.code == "RC-44" for n in rapport(joue()).non_joues)
