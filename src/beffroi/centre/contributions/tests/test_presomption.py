"""Une commune présumée sous le seuil : figée comme telle, rejouée, démentie en déclarant."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from beffroi.centre.adherents.models import Adherent
from beffroi.centre.contributions import documents, exports, queries, suites
from beffroi.centre.contributions.models import Contribution, Exercice
from beffroi.centre.contributions.services import exercice as services
from beffroi.centre.contributions.services.suites import completer
from beffroi.centre.contributions.services.tarif import choisir
from beffroi.centre.contributions.tests.gestes import (
    JANVIER,
    LUNDI,
    declarer,
    ligne,
    mener,
    sans_insecables,
    sous_convention,
)
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.journal.models import Ecriture

pytestmark = [pytest.mark.django_db, pytest.mark.base, pytest.mark.usefixtures("grille")]


@pytest.fixture
def seuil(fanny):
    choisir(
        cle="presomption",
        valeur="2000",
        effet=date(2027, 1, 1),
        deliberation="2026-48 du 12 novembre 2026",
        par=fanny,
        maintenant=LUNDI,
    )


def commune(rang: int, habitants: int | None = 431, **reste: object) -> Adherent:
    qui = sous_convention(rang, agents=None, **reste)
    if habitants is not None:
        Adherent.objects.filter(pk=qui.pk).update(
            habitants=habitants, habitants_au=date(2027, 1, 1), source_des_habitants="INSEE"
        )
    return qui


def test_sans_decision_datee_personne_n_est_presume(fanny):
    qui = commune(1)
    mener(2027, "figer", "simuler", par=fanny)

    assert (ligne(qui).presumee, ligne(qui).montant) == (False, None)
    assert ligne(qui).est_a_verifier


@pytest.mark.usefixtures("seuil")
def test_sous_le_seuil_la_commune_est_presumee_sans_aucun_nombre_d_agents(fanny):
    qui = commune(1)
    mener(2027, "figer", "simuler", par=fanny)

    sienne = ligne(qui)
    assert (sienne.presumee, sienne.agents, sienne.montant) == (True, None, 0)
    assert (sienne.habitants, sienne.habitants_au, sienne.source_des_habitants) == (
        431,
        date(2027, 1, 1),
        "INSEE",
    )
    assert not sienne.est_a_verifier
    assert any("Présumé sous 350 agents : 431 habitants" in motif for motif in sienne.motifs)


@pytest.mark.usefixtures("seuil")
@pytest.mark.parametrize(
    ("habitants", "nature", "mot"),
    [
        (2_000, "commune", "Juste au-dessus du seuil"),
        (None, "commune", "Population inconnue"),
        (None, "ccas", "Pas de population pour présumer"),
        (None, "syndicat", "Pas de population pour présumer"),
    ],
)
def test_ce_que_la_population_ne_dit_pas_reste_une_exception(fanny, habitants, nature, mot):
    qui = commune(1, habitants, nature=nature)
    mener(2027, "figer", "simuler", par=fanny)

    sienne = ligne(qui)
    assert (sienne.presumee, sienne.montant, sienne.est_a_verifier) == (False, None, True)
    assert sienne.anomalies[0]["mot"] == mot


@pytest.mark.usefixtures("seuil")
def test_un_appel_fige_garde_sa_population_et_son_seuil_et_se_rejoue(fanny):
    qui = commune(1)
    mener(2027, "figer", "simuler", par=fanny)
    Adherent.objects.filter(pk=qui.pk).update(habitants=90_000)
    choisir(
        cle="presomption",
        valeur="0",
        effet=date(2027, 1, 1),
        deliberation="2027-1",
        par=fanny,
        maintenant=JANVIER,
    )

    assert queries.rejouer(2027).ecarts == []
    Contribution.objects.update(habitants=90_000)
    assert "rejoué" in queries.rejouer(2027).ecarts[0]


@pytest.mark.usefixtures("seuil")
def test_l_adherent_dement_la_presomption_en_declarant(fanny):
    qui = commune(1)
    mener(2027, "figer", "simuler", par=fanny)
    declarer(qui, 412)

    services.relire_une_ligne(contribution=ligne(qui), par=fanny, maintenant=JANVIER)

    sienne = ligne(qui)
    assert (sienne.presumee, sienne.agents, sienne.montant) == (False, 412, 250)


@pytest.mark.usefixtures("seuil")
def test_un_dernier_effectif_connu_que_la_population_confirme_ne_retient_rien(fanny):
    qui = commune(1)
    declarer(qui, 12)
    qui.effectifs.update(annee=2026)
    mener(2027, "figer", "simuler", par=fanny)

    sienne = ligne(qui)
    assert (sienne.agents, sienne.presumee, sienne.est_a_verifier) == (12, False, False)
    assert sienne.anomalies[0]["code"] == "effectif"


@pytest.mark.usefixtures("seuil")
def test_qui_est_repris_n_est_pas_presume_c_est_son_successeur_qui_est_appele(fanny):
    ancien, nouveau = commune(1), commune(2)
    Adherent.objects.filter(pk=ancien.pk).update(successeur=nouveau, succede_le=date(2027, 1, 1))
    mener(2027, "figer", "simuler", par=fanny)

    assert (ligne(ancien).presumee, ligne(nouveau).presumee) == (False, True)


@pytest.mark.usefixtures("seuil")
def test_emise_elle_dit_presume_partout_et_la_base_ne_la_change_plus(fanny, olivier):
    qui = commune(1)
    exercice = mener(
        2027, "figer", "simuler", "preparer", "valider", "emettre", par=fanny, ordonnateur=olivier
    )

    sienne = ligne(qui)
    assert documents._agents(sienne) == "Présumé sous 350 agents, aucun effectif déclaré"
    (exporte,) = exports.appels(exercice)
    assert (exporte["agents"], exporte["presume"], exporte["montant"]) == (None, "oui", "0.00")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as curseur:
        curseur.execute("UPDATE contributions_contribution SET habitants = 9")


@pytest.mark.usefixtures("seuil")
def test_une_commune_presumee_qui_adhere_ensuite_s_appelle_par_un_complement(fanny, olivier):
    sous_convention(1)
    mener(
        2027, "figer", "simuler", "preparer", "valider", "emettre", par=fanny, ordonnateur=olivier
    )
    qui = commune(2, debut=date(2027, 3, 1))
    (attendue,) = suites.a_appeler(2027, Exercice.objects.get().parametres)
    assert (attendue.est_presume, attendue.peut_s_appeler) == (True, True)

    complement = completer(annee=2027, par=fanny, maintenant=JANVIER)
    for acte in (services.figer, services.simuler):
        acte(exercice=complement, par=fanny, maintenant=JANVIER)

    assert (ligne(qui).presumee, ligne(qui).montant) == (True, 0)


@pytest.mark.usefixtures("seuil")
def test_la_fiche_et_la_liste_ecrivent_presume(fanny, monkeypatch):
    for module in ("annuaire", "effectifs", "fiche"):
        monkeypatch.setattr(f"beffroi.centre.adherents.views.{module}.maintenant", lambda: JANVIER)
    qui, client = commune(1), connecter(Client(), fanny)

    fiche = sans_insecables(client.get(f"/cdg/adherents/{qui.siren}/").content.decode())
    assert "Présumé sous 350 agents : 431 habitants" in fiche
    assert "agents</b>" not in fiche
    liste = client.get("/cdg/adherents/?effectif=presume").content.decode()
    assert qui.nom in liste and "Jamais déclaré</" not in liste.split("<tbody>")[1]


def test_un_seuil_trop_haut_est_refuse_et_un_choix_se_journalise(fanny):
    dit = {
        "cle": "presomption",
        "effet": date(2027, 1, 1),
        "deliberation": "2026-48",
        "par": fanny,
        "maintenant": LUNDI,
    }
    with pytest.raises(RegleEnfreinte, match="10000 habitants"):
        choisir(valeur="10001", **dit)

    choisir(valeur="2000", **dit)

    assert Ecriture.objects.filter(acte="tarif.choisir", sujet="presomption").count() == 1


def test_l_ecran_du_choix_prend_un_nombre_et_dit_pourquoi_il_le_refuse(fanny):
    client, adresse = connecter(Client(), fanny), "/cdg/contributions/choix/presomption/"
    dit = {"effet": "01/01/2027", "deliberation": "2026-48"}

    trop = client.post(adresse, {"valeur": "40000", **dit})
    fait = client.post(adresse, {"valeur": "2000", **dit})

    assert (trop.status_code, "souvent plus d’agents" in trop.content.decode()) == (422, True)
    assert fait.status_code == 302
    page = sans_insecables(client.get("/cdg/contributions/choix/").content.decode())
    assert "habitants : présumée sous le seuil" in page
