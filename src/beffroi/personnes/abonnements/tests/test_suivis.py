"""Une adresse, deux temps, un geste pour arrêter ; et rien qui dise si elle est connue."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from beffroi.personnes.abonnements import services, taches
from beffroi.personnes.abonnements.models import AdresseAbonnee, Nouvelle, Suivi
from beffroi.personnes.abonnements.tests.gestes import (
    AUTRE,
    SOPHIE,
    SUJET,
    annoncer,
    chemin,
    demander,
    suivre,
)
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.fondations.outbox import CourrielRefuse
from beffroi.socle.fondations.taches import vider_la_file

pytestmark = [pytest.mark.django_db, pytest.mark.moteurs]
A_L_INSTANT = services.Sujet(
    "consultation:2026-0003", "2026-0003 : Cantine", "/consultations/2026-0003/"
)
DEMANDEE = services.Sujet(
    "consultation:2026-0004", "2026-0004 : Halle", "/consultations/2026-0004/"
)
RECHERCHE = services.Sujet("recherche:5e1f", "couvertures en ardoise", "/consultations/?q=ardoise")
A_L_ARRET = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def client():
    return Client(enforce_csrf_checks=True)


def ecrits(courriel=SOPHIE):
    return list(
        Courriel.objects.filter(destinataire=courriel)
        .order_by("pk")
        .values_list("sujet", flat=True)
    )


def test_ouvrir_le_lien_ne_confirme_rien(client):
    demander()
    for _ in range(3):
        assert client.get(chemin("confirmer/")).status_code == 200
        client.head(chemin("confirmer/"))

    assert annoncer() == 0


def test_le_bouton_confirme_et_mene_aux_suivis(client):
    demander()
    reponse = client.post(chemin("confirmer/"), follow=True)

    assert SUJET.libelle.replace("'", "’")[:9] in reponse.content.decode()
    assert annoncer() == 1
    assert not client.cookies


def test_une_adresse_confirmee_ne_se_voit_ajouter_aucun_suivi(client):
    suivre(client)
    demander(AUTRE)

    assert annoncer(AUTRE) == 0


def test_le_meme_lien_confirme_aussi_ce_qui_a_ete_demande_ensuite(client):
    demander()
    lien = chemin("confirmer/")
    demander(AUTRE)
    autre = Suivi.objects.get(sujet=AUTRE.cle)

    client.post(lien, {"suivi": [autre.reference]})

    assert (annoncer(), annoncer(AUTRE)) == (1, 1)


def test_ce_qui_n_est_pas_coche_n_est_pas_confirme(client):
    demander()
    lien = chemin("confirmer/")
    demander(AUTRE)
    client.post(lien)

    assert annoncer(AUTRE) == 0


def test_un_geste_arrete_sans_cookie_ni_jeton_csrf(client):
    suivre(client)
    annoncer()
    arret = Courriel.objects.get(cle__contains=":v2").arret.partition("/suivis/")[2]

    reponse = client.post(f"/suivis/{arret}", A_L_ARRET)

    assert reponse.status_code == 200
    assert annoncer(cle="v3") == 0
    assert client.post(f"/suivis/{arret}", A_L_ARRET).status_code == 200


def test_ouvrir_le_lien_d_arret_n_arrete_rien(client):
    suivre(client)
    annoncer()

    assert client.get(chemin("arreter/")).status_code == 200
    assert annoncer(cle="v3") == 1


def test_le_dernier_arret_efface_l_adresse_et_ce_qui_n_etait_pas_parti(client):
    suivre(client)
    annoncer()
    client.post(chemin("arreter/"))

    assert not AdresseAbonnee.objects.exists()
    assert not Courriel.objects.filter(destinataire=SOPHIE).exists()
    vider_la_file()


def test_arreter_un_suivi_garde_les_autres(client):
    suivre(client)
    suivre(client, AUTRE)
    annoncer()
    client.post(chemin("arreter/"))

    assert (annoncer(cle="v3"), annoncer(AUTRE)) == (0, 1)


def test_une_demande_oubliee_s_efface_en_quarante_huit_heures(client):
    depart = maintenant()
    demander(le=depart)
    taches.purger(depart + timedelta(hours=47))
    assert AdresseAbonnee.objects.exists()

    taches.purger(depart + timedelta(hours=48))

    assert not AdresseAbonnee.objects.exists()
    assert not Courriel.objects.filter(destinataire=SOPHIE).exists()


def test_la_purge_ne_touche_pas_ce_qui_est_confirme(client):
    suivre(client)
    demander(AUTRE)
    taches.purger(maintenant() + timedelta(days=30))

    assert list(Suivi.objects.values_list("sujet", flat=True)) == [SUJET.cle]


def test_les_courriels_de_demande_se_comptent_par_adresse_visee():
    for numero in range(20):
        demander(services.Sujet(f"consultation:{numero}", f"n° {numero}", "/"))
        demander(
            services.Sujet(f"consultation:{numero}", f"n° {numero}", "/"),
            courriel=f"voisin{numero}@example.org",
        )

    assert len(ecrits()) == 5
    assert all(len(ecrits(f"voisin{numero}@example.org")) == 1 for numero in range(20))


def test_une_adresse_noyee_de_demandes_garde_un_lien_qui_confirme(client):
    for numero in range(29):
        demander(services.Sujet(f"consultation:{numero}", f"n° {numero}", "/"))
    demander(AUTRE)
    voulu = Suivi.objects.get(sujet=AUTRE.cle)

    client.post(chemin("confirmer/"), {"suivi": [voulu.reference]})

    assert annoncer(AUTRE) == 1


@time_machine.travel("2026-05-12T10:00:00+02:00", tick=False)
def test_retrouver_ses_suivis_dit_la_meme_chose_pour_une_adresse_inconnue(client):
    suivre(client)
    connue = client.post("/suivis/", {"courriel": SOPHIE})
    inconnue = client.post("/suivis/", {"courriel": "personne@example.org"})

    assert (connue.status_code, connue.content) == (inconnue.status_code, inconnue.content)
    assert ecrits()[-1] == "Le lien de vos suivis"
    assert ecrits("personne@example.org") == []


@pytest.mark.parametrize(
    "page", ["confirmer/S-ABC:faux", "arreter/S-ABC:faux", "A-ABC:faux", "arreter/S-ABC"]
)
def test_un_lien_altere_est_introuvable(client, page):
    assert client.get(f"/suivis/{page}/").status_code == 404


def test_un_lien_ne_sert_qu_a_une_chose(client):
    suivre(client)
    jeton = chemin("confirmer/").removeprefix("/suivis/confirmer/")

    assert client.post(f"/suivis/arreter/{jeton}").status_code == 404


def test_une_adresse_refusee_ne_recoit_plus_rien_jusqu_a_une_nouvelle_confirmation(client):
    suivre(client)
    taches.retenir_un_refus(
        CourrielRefuse("abonnement:S-1:v2", SOPHIE, "550 Inconnu", maintenant())
    )
    assert annoncer() == 0

    with time_machine.travel(maintenant() + timedelta(hours=1)):
        demander()
        client.post(chemin("confirmer/"))

    assert annoncer() == 1


def test_le_resume_part_une_fois_par_jour_et_ne_perd_rien(client):
    with time_machine.travel("2026-05-12T10:00:00+02:00", tick=False):
        suivre(client, cadence="quotidien")
        annoncer(cle="v2")
        annoncer(cle="v2")
        annoncer(cle="v3")
        taches.envoyer_les_resumes(maintenant())
        assert not Courriel.objects.filter(sujet__startswith="Vos suivis").exists()
    with time_machine.travel("2026-05-13T08:00:20+02:00", tick=False):
        taches.envoyer_les_resumes(maintenant())
        annoncer(cle="v4")
        taches.envoyer_les_resumes(maintenant())

    resume = Courriel.objects.get(sujet="Vos suivis, résumé du mercredi 13 mai 2026")
    assert resume.texte.count("- Le dossier a changé") == 2
    assert Nouvelle.objects.count() == 1


@pytest.fixture
def resume(client):
    """Deux consultations suivies par jour, dont une seule a changé ;
    une autre à l'instant, une recherche, une demande.
    """
    with time_machine.travel("2026-05-12T10:00:00+02:00", tick=False):
        for sujet in (SUJET, AUTRE, RECHERCHE):
            suivre(client, sujet, cadence="quotidien")
        suivre(client, A_L_INSTANT)
        demander(DEMANDEE, cadence="quotidien")
        annoncer()
    with time_machine.travel("2026-05-13T08:00:20+02:00", tick=False):
        taches.envoyer_les_resumes(maintenant())
    return Courriel.objects.get(sujet__startswith="Vos suivis")


def test_l_arret_du_resume_dit_combien_de_suivis_il_arrete_et_sa_page_les_nomme(client, resume):
    page = client.get(f"/suivis/{resume.arret.partition('/suivis/')[2]}").content.decode()

    assert f"Arrêter ce résumé, donc 2 suivis, et rien d'autre : {resume.arret}" in resume.texte
    assert "Toiture" in page and "Voirie" in page
    assert not [autre for autre in ("Cantine", "Halle", "ardoise") if autre in page]
    assert "Le reste de ce que vous suivez continue." in page


def test_l_arret_du_resume_arrete_ses_suivis_et_rien_d_autre(client, resume):
    client.post(f"/suivis/{resume.arret.partition('/suivis/')[2]}", A_L_ARRET)

    restent = {A_L_INSTANT.cle, RECHERCHE.cle, DEMANDEE.cle}
    assert set(Suivi.objects.values_list("sujet", flat=True)) == restent


def test_l_arret_d_un_suivi_dit_qu_il_n_arrete_que_lui(client):
    suivre(client)
    annoncer()

    annonce = Courriel.objects.get(cle__contains=":v2")
    assert f"Arrêter ce suivi, et rien d'autre : {annonce.arret}" in annonce.texte


def test_une_adresse_partie_pendant_la_ronde_ne_prive_pas_les_autres_du_resume(client):
    suivre(client, cadence="quotidien")
    partie = AdresseAbonnee.objects.get()
    services.arreter(suivis=list(partie.suivis.all()))

    services.ecrire_le_resume(adresse=partie, jusqu_a=maintenant(), maintenant=maintenant())

    assert not Courriel.objects.filter(sujet__startswith="Vos suivis").exists()


def test_ce_qui_presse_n_attend_pas_le_resume(client):
    suivre(client, cadence="quotidien")
    annoncer(presse=True)

    assert Courriel.objects.filter(sujet="Le dossier a changé").count() == 1


def test_la_meme_annonce_n_ecrit_qu_un_courriel(client):
    suivre(client)
    annoncer()
    annoncer()

    assert Courriel.objects.filter(sujet="Le dossier a changé").count() == 1


def test_tout_arreter_depuis_la_page_des_suivis(client):
    suivre(client)
    suivre(client, AUTRE)
    annoncer()
    page = (
        Courriel.objects.get(cle__contains=":v2")
        .texte.partition("Voir tous vos suivis : ")[2]
        .split()[0]
    )

    tout = f"/{page.partition('//')[2].partition('/')[2]}?suivi=tous"
    lue = client.get(tout).content.decode()
    assert (
        "nous effacerons votre adresse" in lue
        and "csrf" not in lue
        and AdresseAbonnee.objects.exists()
    )
    client.post(tout)

    assert not AdresseAbonnee.objects.exists()


def test_changer_de_cadence_depuis_la_page_des_suivis(client):
    suivre(client)
    suivi = Suivi.objects.get()
    page = client.post(chemin("confirmer/")).url

    client.post(page, {"suivi": suivi.reference, "cadence": "quotidien"})

    assert Suivi.objects.get().cadence == "quotidien"
