"""La clause de l'article 28 finit par un acte :
après la convention, ce qui court, la remise et l'effacement.
"""

import json
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from beffroi.centre.conventions.tests import gestes
from beffroi.garde.conformite.models import FinDeSousTraitance
from beffroi.garde.conformite.rules.sous_traitance import Sortie, peut_finir
from beffroi.garde.conformite.services import sous_traitance
from beffroi.garde.conformite.services.sous_traitance import Issue, finir_la_sous_traitance
from beffroi.garde.conformite.tests.sortie import ACCUSE, EFFACE, FIN, LE, finir, noter
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.tests.personnes import LUNDI, avec_second_facteur, connecter
from beffroi.personnes.organismes.services import habiliter
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.queries import histoire

CCP = "CCP, art. R. 2184-12, jusqu'au 2 janvier 2032"
SORTIE = {
    "fin": FIN,
    "est_close": True,
    "en_cours": 0,
    "accuse_le": ACCUSE,
    "efface_le": EFFACE,
    "gardees": 0,
}
DITE = {"finie_le": EFFACE, "tout_efface": True, "texte": "", "aujourd_hui": LE.date()}


@pytest.mark.article("RGPD", "28, § 3, g")
@pytest.mark.parametrize(
    ("sortie", "dite", "pourquoi"),
    [
        ({"est_close": False}, {}, "court encore"),
        ({"en_cours": 2}, {}, "encore en cours : 2"),
        (
            {"accuse_le": None, "efface_le": None},
            {"tout_efface": False, "texte": CCP},
            "ne sont pas rendues",
        ),
        ({"efface_le": None}, {}, "certificat d'effacement n'est pas noté"),
        ({"gardees": 3}, {}, "encore gardés ici : 3"),
        ({}, {"tout_efface": False}, "quel texte oblige"),
        ({}, {"finie_le": date(2027, 1, 31)}, "avant le 1er février 2027"),
        ({}, {"finie_le": date(2027, 2, 11)}, "à venir"),
    ],
)
def test_ce_qui_empeche_la_clause_de_finir_se_dit(sortie, dite, pourquoi):
    assert peut_finir(Sortie(**SORTIE), **DITE).favorable
    refusee = peut_finir(Sortie(**{**SORTIE, **sortie}), **{**DITE, **dite})
    assert not refusee.favorable and pourquoi in " ".join(map(str, refusee.motifs))


def test_une_part_gardee_par_un_texte_n_attend_pas_l_effacement():
    sans_certificat = Sortie(**{**SORTIE, "efface_le": None, "gardees": 3})
    assert peut_finir(sans_certificat, **{**DITE, "tout_efface": False, "texte": CCP}).favorable


def test_la_clause_finit_une_fois_avec_les_jours_que_le_dossier_tient(partie):
    with pytest.raises(RegleEnfreinte, match="certificat d'effacement"):
        finir(partie)
    noter(partie, "efface_le", EFFACE)
    finie = finir(partie, texte="ce qui ne vaut que si l'on garde")

    assert (finie.rendues_le, finie.effacees_le, finie.texte) == (date(2027, 1, 10), EFFACE, "")
    [ecriture] = histoire(partie.reference).filter(acte="convention.finir_la_sous_traitance")
    assert json.loads(ecriture.contenu)["donnees"]["effacees_le"] == "2027-02-01"
    with pytest.raises(ConflitEtat, match="déjà finie"):
        finir(partie)


def test_une_convention_denoncee_dont_le_dernier_jour_n_est_pas_passe_garde_sa_clause(db):
    gestes.le_centre()
    convention = gestes.denoncee().convention
    with pytest.raises(RegleEnfreinte, match="court encore"):
        finir_la_sous_traitance(
            convention=convention,
            issue=Issue(LUNDI.date(), "effacees"),
            par=PLATEFORME,
            maintenant=LUNDI,
        )


def test_une_consultation_qui_court_la_fait_durer(partie, monkeypatch):
    noter(partie, "efface_le", EFFACE)
    monkeypatch.setattr(sous_traitance, "consultations_en_cours", lambda _: [None])
    with pytest.raises(RegleEnfreinte, match="encore en cours : 1"):
        finir(partie)


@pytest.mark.moteurs
def test_tout_efface_ne_se_dit_pas_tant_que_des_objets_restent_ici(partie, monkeypatch):
    noter(partie, "efface_le", EFFACE)
    monkeypatch.setattr(sous_traitance, "encore_gardees", lambda organisme, *, le: 2)
    with pytest.raises(RegleEnfreinte, match="encore gardés ici : 2"):
        finir(partie)
    assert finir(partie, sort="gardees", texte=CCP).texte == CCP


@pytest.mark.parametrize("faute", [{"sort": "effacees"}, {"sort": "gardees"}])
def test_la_base_refuse_une_fin_qui_ne_dit_pas_ce_que_les_donnees_sont_devenues(partie, faute):
    dite = {"finie_le": EFFACE, "rendues_le": ACCUSE, "par": "x", "notee_le": LE}
    with pytest.raises(IntegrityError), transaction.atomic():
        FinDeSousTraitance.objects.create(convention=partie, **dite, **faute)


@pytest.fixture
def nadege(partie, monkeypatch) -> Client:
    monkeypatch.setattr("beffroi.centre.conventions.views.adherer.maintenant", lambda: LUNDI)
    for module in ("centre.conventions.views.centre", "garde.conformite.views.sous_traitance"):
        monkeypatch.setattr(f"beffroi.{module}.maintenant", lambda: LE)
    return connecter(Client(), avec_second_facteur(Utilisateur.objects.get(nom="Benoît Roussel")))


def lue(client, adresse) -> str:
    return " ".join(client.get(adresse).content.decode().replace("\xa0", " ").split())


def test_le_centre_la_finit_par_l_ecran_et_chacun_la_lit(nadege, partie):
    fiche = reverse("conventions:convention", args=[partie.reference])
    assert "Court encore" in lue(nadege, fiche) and "Finir la clause" in lue(nadege, fiche)
    adresse = reverse("conformite:finir_la_clause", args=[partie.reference])
    saisie = {"finie_le": "2027-02-01", "sort": "gardees", "texte": ""}
    refusee = nadege.post(adresse, saisie)
    assert refusee.status_code == 422 and "quel texte oblige" in refusee.content.decode()
    assert nadege.post(adresse, {**saisie, "texte": CCP}).status_code == 302

    page = lue(nadege, fiche)
    assert (
        "Finie le 1er février 2027 par Benoît Roussel. Données rendues le 10 janvier 2027. "
        "Une part se garde"
    ) in page
    assert ">Finir la clause<" not in page and "Clause de sous-traitance finie" in page


@pytest.fixture
def finie(partie) -> FinDeSousTraitance:
    noter(partie, "efface_le", EFFACE)
    return finir(partie)


def test_l_adherent_parti_la_lit_sur_la_page_de_sa_convention(nadege, finie):
    organisme = finie.convention.adherent.organisme
    agent = avec_second_facteur(gestes.personne("Yvette Cordier"))
    habiliter(
        organisme=organisme, utilisateur=agent, roles={"lecteur"}, par=PLATEFORME, maintenant=LUNDI
    )
    page = lue(connecter(Client(), agent), reverse("conventions:la_notre", args=[organisme.siret]))
    assert "Finie le 1er février 2027" in page and "effacées le 1er février 2027." in page
