"""L'effectif qui manque :
dit à qui le doit, rappelé une fois par jour, et jamais un adhérent oublié en silence (4b, 3b).
"""

from datetime import UTC, date, datetime, time

import pytest
from django.test import Client

from beffroi.centre.adherents.tests.gestes import adherent
from beffroi.centre.contributions import effectifs
from beffroi.centre.contributions.echeances import attendues
from beffroi.centre.contributions.services.effectifs import rappeler
from beffroi.centre.contributions.tests.gestes import (
    JANVIER,
    declarer,
    ligne,
    mener,
    sans_insecables,
    siren_numero,
    sous_convention,
)
from beffroi.centre.contributions.verification import relire_les_appels
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.fondations.models import Courriel

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("grille")]


def manquants() -> list[str]:
    return [une.adherent.nom for une in effectifs.non_declares(2027)]


def ccas_de(commune, *, agents: int | None = None, rang: int = 900):
    ccas = adherent(siren_numero(rang), f"CCAS de {commune.nom}", nature="ccas", rattache_a=commune)
    if agents is not None:
        declarer(ccas, agents)
    return ccas


def test_qui_n_a_pas_declare_au_2_janvier_est_dit_et_qui_l_a_fait_ne_l_est_pas():
    sous_convention(1)
    sous_convention(2, agents=None)

    assert manquants() == ["Commune 0002"]


def test_un_ccas_hors_convention_manque_aussi_puisqu_il_compte_avec_sa_commune():
    ccas_de(sous_convention(1))

    assert manquants() == ["CCAS de Commune 0001"]


def test_les_effectifs_manquants_se_lisent_en_un_nombre_constant_de_lectures(
    django_assert_max_num_queries,
):
    for rang in range(1, 9):
        sous_convention(rang, agents=None)

    with django_assert_max_num_queries(6):
        assert len(manquants()) == 8


# ---------------------------------------------------------------- la famille


def test_une_commune_jamais_declaree_laisse_une_ligne_signalee_a_chacun_de_sa_famille(fanny):
    commune = sous_convention(1, agents=None)
    ccas = sous_convention(2, agents=400, nature="ccas", rattache_a=commune)

    mener(2027, "figer", "simuler", par=fanny)

    for qui in (commune, ccas):
        assert (ligne(qui).montant, ligne(qui).est_a_verifier) == (None, True)
        assert "Commune 0001 n'a jamais déclaré d'effectif" in ligne(qui).anomalies[0]["precision"]


def test_un_ccas_jamais_declare_n_empeche_pas_l_appel_de_sa_commune_mais_le_signale(fanny):
    commune = sous_convention(1, agents=420)
    ccas_de(commune)

    mener(2027, "figer", "simuler", par=fanny)

    assert (ligne(commune).agents, ligne(commune).est_a_verifier) == (420, True)
    assert (
        "CCAS de Commune 0001 : jamais déclaré, non compté."
        in ligne(commune).anomalies[0]["precision"]
    )


def test_la_famille_entiere_donne_la_categorie_de_chacun_qui_paie_sur_son_volume(fanny):
    commune = sous_convention(1, agents=340)
    ccas = sous_convention(2, agents=11, nature="ccas", rattache_a=commune)

    mener(2027, "figer", "simuler", par=fanny)

    assert [(ligne(qui).agents, ligne(qui).montant) for qui in (commune, ccas)] == [
        (351, 250),
        (351, 250),
    ]


# ---------------------------------------------------------------- rappeler


def test_un_rappel_part_a_qui_a_une_adresse_une_fois_par_jour(fanny):
    sous_convention(1, agents=None, courriel="mairie@c1.example")
    sous_convention(2, agents=None)

    nombres = [rappeler(annee=2027, par=fanny, maintenant=JANVIER) for _ in range(2)]

    rappel = Courriel.objects.get()
    assert (nombres, rappel.destinataire) == ([1, 1], "mairie@c1.example")
    assert "1er janvier 2027" in rappel.texte and "jamais" not in rappel.sujet
    assert effectifs.non_declares(2027)[0].rappele_le == JANVIER


def test_rien_ne_se_rappelle_avant_le_2_janvier(fanny):
    with pytest.raises(RegleEnfreinte, match="jusqu'au 2 janvier 2027"):
        rappeler(annee=2027, par=fanny, maintenant=datetime(2027, 1, 1, 12, tzinfo=UTC))


def test_la_page_dit_qui_manque_et_le_bouton_rappelle(fanny, monkeypatch):
    monkeypatch.setattr("beffroi.centre.contributions.views.effectifs.maintenant", lambda: JANVIER)
    sous_convention(1, agents=None, courriel="mairie@c1.example")
    client = connecter(Client(), fanny)

    reponse = client.post("/cdg/contributions/effectifs/")

    page = sans_insecables(client.get("/cdg/contributions/effectifs/").content.decode())
    assert (reponse.status_code, Courriel.objects.count()) == (302, 1)
    assert "Jamais déclaré" in page and "lundi 4 janvier 2027" in page


def test_quand_tout_est_declare_la_page_le_dit(fanny, monkeypatch):
    monkeypatch.setattr("beffroi.centre.contributions.views.effectifs.maintenant", lambda: JANVIER)
    sous_convention(1)

    page = sans_insecables(
        connecter(Client(), fanny).get("/cdg/contributions/effectifs/").content.decode()
    )

    assert "Tous les effectifs sont déclarés" in page and "Rappeler par courriel" not in page


# ---------------------------------------------------------------- à faire


@pytest.mark.parametrize(("jour", "presse"), [(date(2027, 1, 31), False), (date(2027, 2, 1), True)])
def test_l_appel_de_l_annee_presse_apres_le_31_janvier(fanny, jour, presse):
    sous_convention(1)

    (appel,) = attendues(le=datetime.combine(jour, time(9), UTC))

    assert (appel.jour, appel.presse) == (date(2027, 1, 31), presse)


# ---------------------------------------------------------------- la vérification de la plateforme


def test_la_verification_rejoue_chaque_appel_de_ses_entrees_figees_et_le_dit(fanny):
    sous_convention(1)
    sous_convention(2)
    mener(2027, "figer", "simuler", par=fanny)

    (constat,) = relire_les_appels()

    assert (constat.bon, constat.quoi) == (
        True,
        "Appel 2027 : 2 contributions rejouées de ses entrées figées, au centime",
    )


def test_un_montant_change_en_base_se_voit_a_la_verification(fanny):
    qui = sous_convention(1)
    mener(2027, "figer", "simuler", par=fanny)
    ligne(qui).exercice.contributions.update(montant=251)

    (constat,) = relire_les_appels()

    assert (constat.bon, ligne(qui).reference in constat.ou) == (False, True)
