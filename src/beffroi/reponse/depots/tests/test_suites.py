"""Ce qui suit un dépôt : empreintes relues, rappels, purge, coffre fermé, registre."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from beffroi.personnes.entreprises.services import detacher_membre
from beffroi.reponse.depots import coffre, queries, rondes, services, taches
from beffroi.reponse.depots.models import BrouillonDeReponse, DepotMateriel, FichierScelle
from beffroi.reponse.depots.services.materiel import Arrivee
from beffroi.reponse.depots.tests import factories
from beffroi.reponse.depots.tests.factories import LIMITE, VEILLE
from beffroi.socle.fondations.erreurs import Introuvable, RegleEnfreinte
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.fondations.stockage import stockage
from beffroi.socle.journal.models import Ecriture

MICROSECONDE = timedelta(microseconds=1)
OFFRE = (("offre", None),)


def test_le_serveur_relit_les_fichiers_et_l_ecrit_au_journal(faitage):
    pli = faitage.depose(*OFFRE)

    taches.recalculer_les_empreintes.call(pli.reference)
    taches.recalculer_les_empreintes.call(pli.reference)

    assert all(f.sha256_recalcule == f.sha256_declare for f in FichierScelle.objects.all())
    assert Ecriture.objects.filter(acte="pli.recalculer").count() == 1


@pytest.mark.moteurs
def test_le_recepisse_dit_qui_a_calcule_l_empreinte(faitage):
    from beffroi.reponse.depots.recepisse import avec_les_empreintes_recalculees
    from formats import depot

    pli = faitage.depose(*OFFRE)
    lu = depot.lire(pli.accuse.contenu.encode())
    avant = avec_les_empreintes_recalculees(lu, pli)
    taches.recalculer_les_empreintes.call(pli.reference)
    apres = avec_les_empreintes_recalculees(lu, pli)

    sources = [
        [f.sha256_source for e in vue.enveloppes for f in e.fichiers] for vue in (avant, apres)
    ]
    assert sources == [["declaree"], ["recalculee"]]


@pytest.mark.parametrize("le", [VEILLE, LIMITE])
def test_avant_l_heure_le_coffre_est_ferme_a_tous(faitage, le):
    pli = faitage.depose(*OFFRE)
    fichier = pli.enveloppes.get().fichiers.get()

    with pytest.raises(RegleEnfreinte, match="personne ne peut"):
        coffre.flux_scelle(fichier, le)


def test_apres_l_heure_le_coffre_rend_le_fichier_tel_que_recu(faitage):
    fichier = faitage.depose(*OFFRE).enveloppes.get().fichiers.get()

    octets = coffre.flux_scelle(fichier, LIMITE + MICROSECONDE).read()

    assert len(octets) == fichier.taille


@pytest.mark.moteurs
def test_un_report_referme_le_coffre(faitage, consultation):
    fichier = faitage.depose(*OFFRE).enveloppes.get().fichiers.get()
    type(consultation).toutes.update(date_limite_remise=LIMITE + timedelta(days=2))

    with pytest.raises(RegleEnfreinte):
        coffre.flux_scelle(fichier, LIMITE + timedelta(days=1))


def test_un_pli_retire_reste_scelle(faitage):
    pli = faitage.depose(*OFFRE)
    services.retirer_pli(pli=pli, par=faitage.personne, maintenant=VEILLE)

    with pytest.raises(RegleEnfreinte, match="retirée"):
        coffre.flux_scelle(pli.enveloppes.get().fichiers.get(), LIMITE + MICROSECONDE)


@pytest.mark.moteurs
def test_un_fichier_seulement_envoye_ne_sort_jamais(faitage):
    fichier = faitage.envoie(faitage.commence(), "offre", None, "a.pdf", b"a")

    with pytest.raises(Introuvable):
        coffre.flux_scelle(fichier, LIMITE + MICROSECONDE)


@pytest.mark.parametrize(
    "avance",
    [timedelta(hours=24), timedelta(hours=2), timedelta(minutes=30), timedelta(0)],
    ids=str,
)
def test_un_rappel_part_a_chaque_echeance_une_seule_fois(faitage, avance):
    faitage.envoie(faitage.commence(), "offre", None, "a.pdf", b"a", LIMITE - timedelta(days=2))

    for retard in (-1, 0, 20, 40):
        rondes.rappeler(LIMITE - avance + timedelta(seconds=retard))

    echeance = (LIMITE - avance).isoformat()
    assert Courriel.objects.filter(cle__endswith=echeance).count() == 1


@pytest.mark.moteurs
def test_le_rappel_de_l_heure_limite_dit_qu_on_peut_encore_deposer(faitage):
    faitage.envoie(faitage.commence(), "offre", None, "a.pdf", b"a", LIMITE - timedelta(days=2))

    rondes.rappeler(LIMITE)

    courriel = Courriel.objects.get(cle__startswith="rappel:")
    assert "Pas encore déposé" in courriel.sujet
    assert "Vous pouvez encore déposer : la réponse sera marquée hors délai." in courriel.texte


def test_si_la_personne_est_partie_ses_collegues_sont_prevenus(faitage):
    faitage.envoie(faitage.commence(), "offre", None, "a.pdf", b"a", LIMITE - timedelta(days=2))
    kevin = factories.membre("Kévin Masson", faitage.membre.equipe)
    factories.membre("Ivan Lentour", factories.equipe(meme_que=faitage.membre.equipe))
    detacher_membre(membre=faitage.membre, par=faitage.personne.acteur, maintenant=VEILLE)

    rondes.rappeler(LIMITE)

    rappels = Courriel.objects.filter(cle__startswith="rappel:")
    assert [courriel.destinataire for courriel in rappels] == [kevin.utilisateur.courriel]


def test_ni_rappel_sans_fichier_ni_rappel_apres_le_depot(faitage):
    faitage.commence()
    faitage.depose(*OFFRE)
    Courriel.objects.all().delete()

    rondes.rappeler(LIMITE - timedelta(minutes=30))

    assert not Courriel.objects.exists()


def test_un_envoi_tout_recent_n_est_pas_rappele_aussitot(faitage):
    faitage.envoie(faitage.commence(), "offre", None, "a.pdf", b"a", LIMITE - timedelta(hours=1))

    rondes.rappeler(LIMITE - timedelta(minutes=59))

    assert not Courriel.objects.exists()


@pytest.mark.moteurs
def test_un_brouillon_est_garde_trente_jours_apres_la_limite_puis_efface(faitage):
    brouillon = faitage.commence()
    fichier = faitage.envoie(brouillon, "offre", None, "a.pdf", b"a")
    echeance = LIMITE + timedelta(days=30)

    rondes.purger(echeance)
    garde = FichierScelle.objects.filter(pk=fichier.pk).exists()
    rondes.purger(echeance + MICROSECONDE)

    assert (garde, FichierScelle.objects.exists()) == (True, False)


def test_la_purge_n_efface_jamais_un_fichier_depose(faitage):
    pli = faitage.depose(*OFFRE)
    faitage.envoie(pli.brouillon, "offre", None, "reste.pdf", b"a")

    rondes.purger(LIMITE + timedelta(days=31))

    assert FichierScelle.objects.filter(nom="reste.pdf").count() == 0
    assert stockage().taille(pli.enveloppes.get().manifeste.cle_de_stockage) > 0


@pytest.mark.parametrize("le", [VEILLE, LIMITE])
def test_l_acheteur_ne_voit_pas_le_registre_avant_l_heure(faitage, consultation, le):
    faitage.depose(*OFFRE)

    with pytest.raises(RegleEnfreinte):
        queries.registre_des_depots(consultation, le=le)


def test_le_registre_melange_les_depots_par_heure_d_arrivee(faitage, consultation):
    services.enregistrer_depot_materiel(
        consultation=consultation,
        arrivee=Arrivee(
            "copie_de_sauvegarde",
            "Zingueurs de la Lys",
            VEILLE - timedelta(hours=2),
            "Récépissé n° 4",
        ),
        par=consultation.redigee_par,
        maintenant=VEILLE,
    )
    faitage.depose(*OFFRE)
    faitage.depose(*OFFRE, le=LIMITE + timedelta(minutes=2))

    lignes = queries.registre_des_depots(consultation, le=LIMITE + timedelta(hours=1))

    assert [(ligne.sorte, ligne.hors_delai) for ligne in lignes] == [
        ("Copie de sauvegarde", False),
        ("Réponse électronique", False),
        ("Réponse électronique", True),
    ]
    assert Ecriture.objects.filter(acte="depot_materiel.enregistrer").exists()


@pytest.mark.parametrize(
    "ordre",
    [
        "UPDATE depots_depotmateriel SET recu_le = saisi_le",
        "UPDATE depots_depotmateriel SET deposant = 'Lanterne et Noue'",
        "DELETE FROM depots_depotmateriel",
    ],
)
def test_la_base_refuse_de_changer_un_depot_materiel(consultation, ordre):
    services.enregistrer_depot_materiel(
        consultation=consultation,
        arrivee=Arrivee(
            "papier", "Zingueurs de la Lys", VEILLE - timedelta(hours=2), "Récépissé n° 4"
        ),
        par=consultation.redigee_par,
        maintenant=VEILLE,
    )

    with (
        pytest.raises(DatabaseError, match="il prouve"),
        transaction.atomic(),
        connection.cursor() as curseur,
    ):
        curseur.execute(ordre)

    assert DepotMateriel.objects.get().deposant == "Zingueurs de la Lys"


def test_une_copie_de_sauvegarde_ne_s_inscrit_pas_dans_le_futur(consultation):
    with pytest.raises(RegleEnfreinte, match="futur"):
        services.enregistrer_depot_materiel(
            consultation=consultation,
            arrivee=Arrivee("papier", "Lanterne et Noue", VEILLE + MICROSECONDE, "Récépissé n° 5"),
            par=consultation.redigee_par,
            maintenant=VEILLE,
        )
    assert not DepotMateriel.objects.exists()


def test_un_collegue_voit_la_reponse_qui_dit_le_meme_siret_ne_voit_que_la_sienne(
    faitage, consultation
):
    chez = faitage.membre.equipe
    confirme = factories.membre("Kévin Masson", chez).utilisateur
    nouveau = factories.membre("Zoé Wattel", factories.equipe(meme_que=chez))
    brouillon = faitage.commence()
    sien = factories.Candidat(consultation, nouveau).commence()

    assert queries.reponse_pour(confirme, brouillon.reference) == brouillon
    assert queries.reponse_pour(nouveau.utilisateur, sien.reference) == sien
    with pytest.raises(Introuvable):
        queries.reponse_pour(nouveau.utilisateur, brouillon.reference)


def test_une_autre_entreprise_ne_voit_rien(faitage, consultation):
    brouillon, pli = faitage.commence(), faitage.depose(*OFFRE)
    autre = factories.Candidat(consultation).personne

    for lecture, reference in (
        (queries.reponse_pour, brouillon.reference),
        (queries.pli_pour, pli.reference),
    ):
        with pytest.raises(Introuvable):
            lecture(autre, reference)


def test_les_reponses_en_preparation_sont_limitees(faitage, monkeypatch):
    monkeypatch.setattr("beffroi.reponse.depots.limits.REPONSES_EN_PREPARATION", 1)
    faitage.commence()

    with pytest.raises(Exception, match="en préparation"):
        faitage.commence()
    assert BrouillonDeReponse.objects.count() == 1
