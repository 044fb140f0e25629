"""« Ce n'est pas moi » : un retrait ou un remplacement contesté ne prive personne de sa réponse."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.personnes.entreprises.services import detacher_membre
from beffroi.reponse.depots import liens, queries, services
from beffroi.reponse.depots.models import Contestation, Pli
from beffroi.reponse.depots.tests import factories
from beffroi.reponse.depots.tests.factories import LIMITE, VEILLE
from beffroi.reponse.depots.verification import relire_les_plis
from beffroi.socle.fondations.erreurs import ConflitEtat, Introuvable, RegleEnfreinte
from beffroi.socle.fondations.models import Courriel

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stockage_a_part")]
OFFRE = ("offre", None)
HEURE = timedelta(hours=1)


@pytest.fixture
def consultation():
    return factories.consultation()


@pytest.fixture
def sophie(consultation):
    return factories.Candidat(consultation)


@pytest.fixture
def kevin(sophie):
    """Un collègue reconnu, dont quelqu'un a pris le compte."""
    membre = factories.membre("Kévin Masson", sophie.membre.equipe)
    return factories.Candidat(sophie.consultation, membre)


@pytest.fixture
def retire(sophie, kevin):
    pli = sophie.depose(OFFRE)
    return services.retirer_pli(pli=pli, par=kevin.personne, maintenant=VEILLE + HEURE)


@pytest.fixture
def remplace(sophie, kevin):
    pli = sophie.depose(OFFRE)
    kevin.depose(OFFRE, le=VEILLE + HEURE)
    pli.refresh_from_db()
    assert pli.etat == Pli.Etat.REMPLACE
    return pli


def contester(pli, qui, *, le=VEILLE + 2 * HEURE) -> Contestation:
    return services.contester(pli=pli, par=qui.personne, maintenant=le)


@pytest.mark.moteurs
def test_un_retrait_conteste_laisse_la_reponse_deposee(retire, sophie, consultation):
    contester(retire, sophie)

    assert [pli.reference for pli in queries.plis_proposes(consultation)] == [retire.reference]
    assert queries.plis_en_question(consultation) == []


def test_un_remplacement_conteste_laisse_les_deux_et_l_acheteur_decide(
    remplace, sophie, consultation
):
    contester(remplace, sophie)

    (groupe,) = queries.plis_en_question(consultation)
    assert groupe == [remplace, remplace.remplacants.get()]


@pytest.mark.parametrize("un_seul", [True, False])
def test_ce_que_l_acheteur_dit_vaut(remplace, sophie, consultation, un_seul):
    contester(remplace, sophie)
    (groupe,) = queries.plis_en_question(consultation)
    services.dire_les_soumissionnaires(
        plis=groupe,
        un_seul=un_seul,
        motif="Le gérant le confirme.",
        par=consultation.redigee_par,
        maintenant=LIMITE + HEURE,
    )

    assert queries.plis_proposes(consultation) == (groupe[1:] if un_seul else groupe)
    assert queries.plis_en_question(consultation) == []


def test_remplacer_puis_retirer_ne_prive_pas_de_la_premiere(remplace, sophie, kevin, consultation):
    """Le chemin le plus sûr pour nuire : un autre dépôt, puis son retrait."""
    services.retirer_pli(
        pli=remplace.remplacants.get(), par=kevin.personne, maintenant=VEILLE + HEURE
    )
    contester(remplace, sophie)

    assert [pli.reference for pli in queries.plis_proposes(consultation)] == [remplace.reference]


def test_ce_qui_est_conteste_ne_se_retire_ni_ne_se_remplace_plus(retire, sophie, kevin):
    contester(retire, sophie)

    with pytest.raises(RegleEnfreinte, match="elle reste déposée"):
        services.retirer_pli(pli=retire, par=kevin.personne, maintenant=VEILLE + 3 * HEURE)
    suivant = kevin.depose(OFFRE, le=VEILLE + 3 * HEURE)
    retire.refresh_from_db()
    assert (retire.etat, suivant.remplace) == (Pli.Etat.DEPOSE, None)


def test_la_page_de_verification_n_annonce_pas_ce_qui_n_arrivera_pas(retire, sophie, kevin):
    contester(retire, sophie)
    suite = kevin.commence()

    a_remplacer = queries.plis_que_ce_depot_remplacera(suite, kevin.personne, le=VEILLE + 3 * HEURE)

    assert a_remplacer == []


@pytest.mark.moteurs
def test_y_revenir_rend_son_effet_au_retrait(retire, sophie, consultation):
    contestation = contester(retire, sophie)
    services.lever_la_contestation(
        contestation=contestation, par=sophie.personne, maintenant=VEILLE + 3 * HEURE
    )

    retire.refresh_from_db()
    assert (retire.etat, retire.retire_le) == (Pli.Etat.RETIRE, VEILLE + HEURE)
    assert queries.plis_proposes(consultation) == []


def test_y_revenir_rend_son_effet_au_remplacement(remplace, sophie, consultation):
    contestation = contester(remplace, sophie)
    services.lever_la_contestation(
        contestation=contestation, par=sophie.personne, maintenant=VEILLE + 3 * HEURE
    )

    assert queries.plis_proposes(consultation) == [remplace.remplacants.get()]


def test_celui_qu_elle_accuse_n_y_revient_pas_a_sa_place(retire, sophie, kevin):
    contestation = contester(retire, sophie)

    with pytest.raises(RegleEnfreinte, match="Seule la personne"):
        services.lever_la_contestation(
            contestation=contestation, par=kevin.personne, maintenant=VEILLE + 3 * HEURE
        )


def test_deux_fois_revenir_se_dit(retire, sophie):
    contestation = contester(retire, sophie)
    faire = {"contestation": contestation, "par": sophie.personne, "maintenant": VEILLE + 3 * HEURE}
    services.lever_la_contestation(**faire)

    with pytest.raises(ConflitEtat, match="C'est déjà fait"):
        services.lever_la_contestation(**faire)


def test_apres_l_heure_ce_qui_est_depose_le_reste(retire, sophie):
    with pytest.raises(RegleEnfreinte, match="La date limite est passée"):
        contester(retire, sophie, le=LIMITE + timedelta(seconds=1))


def test_a_l_heure_dite_il_est_encore_temps(retire, sophie):
    assert contester(retire, sophie, le=LIMITE).pk


def test_on_ne_conteste_ni_deux_fois_ni_ce_qui_n_est_pas_arrive(retire, sophie, consultation):
    contester(retire, sophie)
    with pytest.raises(RegleEnfreinte, match="C'est déjà dit"):
        contester(retire, sophie)
    with pytest.raises(RegleEnfreinte, match="il n'y a rien à contester"):
        contester(sophie.depose(OFFRE, le=VEILLE + 3 * HEURE), sophie)


def test_qui_n_est_pas_de_l_equipe_ne_conteste_rien(retire, consultation):
    rival = factories.Candidat(consultation, factories.membre("Ivan Lentour", factories.equipe()))

    with pytest.raises(Introuvable):
        contester(retire, rival)


def test_qui_a_depose_conteste_meme_ecarte_de_l_equipe(retire, sophie, kevin):
    detacher_membre(membre=sophie.membre, par=kevin.personne.acteur, maintenant=VEILLE + HEURE)

    assert contester(retire, sophie).pk


def test_toute_l_equipe_l_apprend(retire, sophie, kevin):
    contester(retire, sophie)

    dits = Courriel.objects.filter(sujet__endswith="retrait contesté")
    assert {courriel.destinataire for courriel in dits} == {
        sophie.personne.courriel,
        kevin.personne.courriel,
    }


def test_le_journal_le_prouve(retire, sophie):
    contestation = contester(retire, sophie)
    services.lever_la_contestation(
        contestation=contestation, par=sophie.personne, maintenant=VEILLE + 3 * HEURE
    )

    assert all(constat.bon for constat in relire_les_plis())


# ---------------------------------------------------------------- le lien, la page


@pytest.fixture
def a_l_heure():
    """Les pages croient qu'il est dix heures, la veille."""
    with time_machine.travel(VEILLE + 2 * HEURE, tick=False):
        yield


def lien(retire, sophie) -> str:
    courriel = Courriel.objects.get(cle=f"retrait:{retire.reference}:{sophie.personne.reference}")
    return next(mot for mot in courriel.texte.split() if "ce-n-est-pas-moi" in mot)


@pytest.mark.usefixtures("a_l_heure")
def test_le_lien_recu_suffit_sans_se_connecter(retire, sophie):
    adresse = lien(retire, sophie)
    client = Client()

    assert "Ce n’est pas moi, ni mon équipe" in client.get(adresse).content.decode()
    retire.refresh_from_db()
    assert retire.etat == Pli.Etat.RETIRE
    suite = client.post(adresse, follow=True)

    assert "C’est dit" in suite.content.decode()
    assert Contestation.objects.get().contestee_par == sophie.personne


@pytest.mark.usefixtures("a_l_heure")
def test_un_lien_coupe_ou_celui_d_une_autre_ne_dit_rien(retire, sophie, kevin):
    adresse = lien(retire, sophie)

    assert Client().get(adresse[:-2] + "/").status_code == 404
    du_mien = liens.jeton(retire, sophie.personne).partition("~")[2]
    force = f"/depots/{retire.reference}/ce-n-est-pas-moi/{kevin.personne.reference}~{du_mien}/"
    assert Client().post(force).status_code == 404
    assert not Contestation.objects.exists()


@pytest.mark.usefixtures("a_l_heure")
def test_le_recepisse_mene_a_contester_puis_a_y_revenir(retire, sophie):
    client, page = connecter(Client(), sophie.personne), f"/depots/{retire.reference}/"

    assert f"{page}contester/" in client.get(page).content.decode()
    client.post(f"{page}contester/")
    assert f"{page}revenir/" in client.get(page).content.decode()
    client.post(f"{page}revenir/")

    assert Contestation.objects.get().levee_le


@pytest.mark.usefixtures("a_l_heure")
def test_a_faire_le_demande_aux_autres(retire, sophie, kevin):
    a_sophie = connecter(Client(), sophie.personne).get("/a-faire/").content.decode()
    a_kevin = connecter(Client(), kevin.personne).get("/a-faire/").content.decode()

    assert f"/depots/{retire.reference}/contester/" in a_sophie
    assert f"/depots/{retire.reference}/contester/" not in a_kevin
