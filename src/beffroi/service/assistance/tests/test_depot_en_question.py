"""« Est-ce bien déposé ? » : la phrase, la frise, qui la voit, et ce qu'elle ne montre jamais."""

from datetime import timedelta

import pytest
from django.test import Client

from beffroi.centre.interventions.tests.theatre import agent, centre
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.reponse.depots.tests import factories
from beffroi.reponse.depots.tests.factories import LIMITE, VEILLE
from beffroi.reponse.traces import cahier, taches
from beffroi.service.aide.models import DemandeDeRappel
from beffroi.service.aide.rules import chiffres
from beffroi.service.assistance import depot_en_question
from beffroi.service.assistance.models import Demande
from beffroi.service.assistance.services.demandes import Personne, Saisie, demander
from beffroi.socle.journal.models import Ecriture

pytestmark = pytest.mark.django_db
OFFRE = (("offre", None),)


@pytest.fixture
def faitage(settings, tmp_path):
    settings.DONNEES = tmp_path
    settings.STOCKAGE = {**settings.STOCKAGE, "sorte": "fichiers", "dossier": tmp_path / "fichiers"}
    from beffroi.socle.fondations.stockage import stockage

    stockage.cache_clear()
    yield factories.Candidat(factories.consultation())
    stockage.cache_clear()


def phrase(texte: str) -> str:
    (trouvee,) = depot_en_question.chercher(texte, le=VEILLE)
    return trouvee.phrase


def test_du_recepisse_a_la_phrase(faitage):
    pli = faitage.depose(*OFFRE)
    assert phrase(pli.reference).startswith("Oui, déposée le")
    assert "dans les délais" in phrase(pli.reference) and pli.reference in phrase(pli.reference)


@pytest.mark.parametrize("dit", ["siret", "siren", "reponse", "courriel"])
def test_d_un_numero_a_la_reponse(faitage, dit):
    pli = faitage.depose(*OFFRE)
    brouillon = pli.brouillon
    siret = brouillon.equipe.identifiant
    textes = {
        "siret": siret,
        "siren": f" {siret[:3]} {siret[3:6]} {siret[6:9]} ",
        "reponse": brouillon.reference.lower(),
        "courriel": brouillon.commence_par.courriel.upper(),
    }
    assert pli.reference in phrase(textes[dit])


def test_un_telephone_laisse_a_l_assistance_retrouve_la_reponse(faitage):
    pli = faitage.depose(*OFFRE)
    personne = Personne(courriel=pli.depose_par.courriel, telephone="06 12 34 56 78")
    demander(
        saisie=Saisie(texte="Déposé ?", cle="k"),
        personne=personne,
        canal=Demande.Canal.TELEPHONE,
        maintenant=VEILLE,
    )
    assert pli.reference in phrase("+33 6 12 34 56 78")
    assert depot_en_question.chercher("06 99 99 99 99", le=VEILLE) == []


@pytest.fixture
def kevins(faitage):
    """Deux personnes du même nom, de deux entreprises, et un numéro qui n'a laissé qu'un nom."""
    faitage.depose(*OFFRE)
    autre = factories.Candidat(faitage.consultation)
    autre.commence()
    comptes = [faitage.membre.utilisateur, autre.membre.utilisateur]
    type(comptes[0]).objects.filter(pk__in=[compte.pk for compte in comptes]).update(
        nom="Kevin Masson"
    )
    type(autre.membre.equipe).objects.update(code_postal="62960")
    DemandeDeRappel.objects.create(
        nom="Kevin Masson",
        telephone="06 12 34 56 78",
        numero=chiffres("06 12 34 56 78"),
        sujet="Déposé ?",
        demandee_le=VEILLE,
    )
    return [membre.equipe.identifiant for membre in (faitage.membre, autre.membre)], comptes


def test_deux_homonymes_se_distinguent_par_le_siret_et_l_adresse_du_compte(kevins):
    sirets, comptes = kevins
    samir = connecter(Client(), agent(centre(), "Samir Technicien", "technicien"))
    page = samir.get("/cdg/assistance/depot/", {"q": "06 12 34 56 78"}).content.decode()

    assert "Plusieurs personnes portent ce nom" in page and "faites dire le SIRET" in page
    assert [siret for siret in sirets if f"{siret}, 62960" not in page] == []
    assert [compte.courriel for compte in comptes if compte.courriel not in page] == []


def test_sans_homonyme_l_adresse_du_compte_ne_se_montre_pas(kevins):
    sirets, comptes = kevins
    samir = connecter(Client(), agent(centre(), "Samir Technicien", "technicien"))
    page = samir.get("/cdg/assistance/depot/", {"q": sirets[0]}).content.decode()

    assert f"{sirets[0]}, 62960" in page and "Plusieurs personnes" not in page
    assert comptes[0].courriel not in page


def test_deux_reponses_d_une_meme_personne_ne_sont_pas_des_homonymes(faitage):
    faitage.depose(*OFFRE)
    seconde = factories.Candidat(factories.consultation(), faitage.membre).commence()
    trouvees = depot_en_question.chercher(seconde.equipe.identifiant, le=VEILLE)
    assert [trouvee.homonyme for trouvee in trouvees] == [False, False]


def test_hors_delai_se_dit(faitage):
    pli = faitage.depose(*OFFRE, le=LIMITE + timedelta(minutes=1))
    assert "hors délai" in phrase(pli.reference)


def test_envoye_mais_pas_depose_se_dit(faitage):
    brouillon = faitage.commence()
    assert "rien n'est arrivé" in phrase(brouillon.reference)
    faitage.enveloppe(brouillon, "offre")
    assert "n'a pas abouti" in phrase(brouillon.reference)


def test_n_importe_quel_texte_ne_trouve_rien(faitage):
    faitage.depose(*OFFRE)
    for texte in ("", "Merlin", "%", "D-", "0", "x" * 100):
        assert depot_en_question.chercher(texte, le=VEILLE) == []


def test_la_frise_dit_ce_que_l_ecran_a_montre_et_jamais_un_nom_de_fichier(faitage):
    pli = faitage.depose(*OFFRE)
    trace = {
        "nature": "message",
        "reponse": pli.brouillon.reference,
        "personne": "",
        "texte": "Connexion perdue. 40 % reçus.",
    }
    cahier.ajouter(trace, le=VEILLE - timedelta(minutes=30))
    taches.relever(VEILLE)

    jours = depot_en_question.frise(depot_en_question.une(pli.brouillon.reference))
    faits = [fait for _, du_jour in jours for fait in du_jour]
    assert [fait.le for fait in faits] == sorted(fait.le for fait in faits)
    dits = [f"{fait.quoi} {fait.precision}" for fait in faits]
    assert any("Connexion perdue. 40 % reçus." in dit for dit in dits)
    assert any(f"Réponse déposée, {pli.reference}" in dit for dit in dits)
    assert any("Courriel écrit" in dit for dit in dits)
    assert not any("offre.pdf" in dit for dit in dits)


def test_ouvrir_la_frise_s_inscrit_au_registre(faitage):
    pli = faitage.depose(*OFFRE)
    samir = agent(centre(), "Samir Technicien", "technicien")
    page = connecter(Client(), samir).get(f"/cdg/assistance/depot/{pli.brouillon.reference}/")

    assert page.status_code == 200 and pli.reference in page.content.decode()
    ecriture = Ecriture.objects.get(acte="tentative.regarder")
    assert (ecriture.sujet, ecriture.acteur_reference) == (pli.brouillon.reference, samir.reference)


def test_l_agent_voit_l_ecran_de_l_entreprise_sans_rien_a_cliquer_ni_a_lire(faitage):
    pli = faitage.depose(*OFFRE)
    samir = connecter(Client(), agent(centre(), "Samir Technicien", "technicien"))
    page = samir.get(f"/cdg/assistance/depot/{pli.brouillon.reference}/").content.decode()

    assert "Votre réponse est déposée" in page and "Pièces de candidature" in page
    assert (
        f"/depots/{pli.reference}" not in page
        and f"/reponses/{pli.brouillon.reference}" not in page
    )
    assert "offre.pdf" not in page


def demander_pour(objet: str, compte=None) -> Demande:
    personne = Personne(compte=compte, courriel="" if compte else "sophie@faitage.example")
    saisie = Saisie(texte="Déposé ?", cle=f"k-{objet}", objet=objet)
    return demander(saisie=saisie, personne=personne, canal=Demande.Canal.WEB, maintenant=VEILLE)


@pytest.mark.parametrize("nomme", ["reponse", "recepisse", "consultation"])
def test_une_demande_mene_a_ce_qu_elle_nomme_et_en_prend_l_heure_limite(faitage, nomme):
    pli = faitage.depose(*OFFRE)
    brouillon = pli.brouillon
    objets = {
        "reponse": brouillon.reference.lower(),
        "recepisse": pli.reference,
        "consultation": brouillon.consultation.reference,
    }
    demande = demander_pour(objets[nomme], compte=brouillon.commence_par)

    assert demande.limite == LIMITE
    samir = connecter(Client(), agent(centre(), "Samir Technicien", "technicien"))
    lien = f"/cdg/assistance/depot/{brouillon.reference}/"
    assert lien in samir.get(f"/cdg/assistance/demandes/{demande.reference}/").content.decode()
    claire = connecter(Client(), agent(centre(), "Claire Juriste", "juriste"))
    assert lien not in claire.get(f"/cdg/assistance/demandes/{demande.reference}/").content.decode()


def test_une_consultation_nommee_par_un_autre_ne_mene_a_aucune_reponse(faitage):
    pli = faitage.depose(*OFFRE)
    demande = demander_pour(pli.brouillon.consultation.reference)
    assert list(depot_en_question.de_la_demande(demande)) == []


def test_la_consultation_qui_ferme_le_plus_tot_vient_en_tete(faitage):
    faitage.depose(*OFFRE)
    proche = factories.Candidat(factories.consultation(), faitage.membre).commence()
    type(proche.consultation).toutes.filter(pk=proche.consultation_id).update(
        date_limite_remise=VEILLE + timedelta(minutes=10)
    )
    premiere, _ = depot_en_question.chercher(proche.equipe.identifiant, le=VEILLE)
    assert premiere.brouillon == proche
    _, derniere = depot_en_question.chercher(
        proche.equipe.identifiant, le=VEILLE + timedelta(minutes=20)
    )
    assert derniere.brouillon == proche


def test_le_juriste_du_centre_n_a_pas_cette_page(faitage):
    claire = connecter(Client(), agent(centre(), "Claire Juriste", "juriste"))
    assert claire.get("/cdg/assistance/depot/").status_code == 403
