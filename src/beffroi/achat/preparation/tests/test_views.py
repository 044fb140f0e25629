"""Sept questions dans un vrai client :
répondre, se tromper, partir et revenir, choisir autre chose.
"""

import pytest
from django.test import Client
from lxml import html

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.ports import controles_de_l_achat
from beffroi.achat.consultations.queries.taches_du_brouillon import adresse_de_la_tache, taches
from beffroi.achat.consultations.services import publier_consultation
from beffroi.achat.preparation import queries
from beffroi.achat.preparation.models import ChoixMotive, Preparation
from beffroi.achat.preparation.questionnaire import ECRANS
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.personnes.organismes.services import Coordonnees, decrire_l_organisme
from beffroi.socle.journal.models import Ecriture
from droit.achat import lire

ACHAT = {
    "titre": "Toiture de l'école",
    "objet": "Ardoise, 640 m².",
    "prestation": "travaux",
    "lieu": "Bomy",
    "code_cpv": "45261210-9",
}
LOTS = {
    "ligne-TOTAL_FORMS": "3",
    "ligne-INITIAL_FORMS": "0",
    "ligne-0-intitule": "Couverture",
    "ligne-0-montant": "120 000",
    "ligne-1-intitule": "Charpente",
    "ligne-1-montant": "64 500,50 €",
}
CRITERES = {
    "ligne-TOTAL_FORMS": "3",
    "ligne-INITIAL_FORMS": "0",
    "ligne-0-nom": "Prix",
    "ligne-0-sorte": "prix",
    "ligne-0-poids": "50",
    "ligne-1-nom": "Technique",
    "ligne-1-sorte": "technique",
    "ligne-1-poids": "35",
    "ligne-1-sous_criteres": "Méthode : 20\nMoyens : 15",
    "ligne-2-nom": "Environnement",
    "ligne-2-sorte": "environnement",
    "ligne-2-poids": "15",
    "condition_environnementale": "Tri des déchets.",
}


@pytest.fixture
def client(scene):
    return connecter(Client(), scene.martine)


@pytest.fixture
def consultation(client):
    client.post("/consultations/nouvelle/", ACHAT)
    return Consultation.toutes.get(titre="Toiture de l'école")


def adresse(consultation, page):
    return f"/consultations/{consultation.reference}/preparer/{page}/"


def repondre(client, consultation, page, saisie):
    return client.post(adresse(consultation, page), saisie)


def test_la_premiere_reponse_ouvre_un_brouillon_avec_ses_pieces(client):
    reponse = client.post("/consultations/nouvelle/", ACHAT)

    consultation = Consultation.toutes.get()
    assert reponse["Location"] == adresse(consultation, "montant")
    assert (consultation.nature, consultation.code_cpv) == ("travaux", "45261210-9")
    assert consultation.pieces_attendues.count() == 5
    assert queries.reponses_de(consultation.preparation).nature.prestation == "travaux"


def test_un_code_se_propose_d_apres_les_mots_et_vaut_pour_les_lots(client):
    client.post("/consultations/nouvelle/", {**ACHAT, "code_cpv": ""})
    consultation = Consultation.toutes.get()
    repondre(client, consultation, "lots", LOTS)

    achat = queries.achat_de(consultation, le=consultation.creee_le)
    assert consultation.code_cpv.startswith("452")
    assert {lot.code_cpv for lot in achat.allotissement.lots} == {consultation.code_cpv}


def test_une_premiere_reponse_vide_dit_quoi_corriger(client):
    reponse = client.post("/consultations/nouvelle/", {})

    assert reponse.status_code == 422
    assert "Écrivez en une ligne ce que vous achetez" in reponse.content.decode()
    assert not Consultation.toutes.exists()


def test_le_montant_fixe_la_procedure_et_le_panneau_dit_pourquoi(client, consultation):
    reponse = repondre(
        client, consultation, "montant", {"estime": "5 404 000,00 €", "duree_en_mois": "14"}
    )

    consultation.refresh_from_db()
    page = client.get(reponse["Location"]).content.decode()
    assert reponse["Location"] == adresse(consultation, "lots")
    assert consultation.type_de_procedure == "appel_offres_ouvert"
    assert "Appel d’offres ouvert" in page and "Pourquoi" in page and "CCP, art." in page


def test_les_lots_deviennent_ceux_de_la_consultation(client, consultation):
    repondre(client, consultation, "lots", LOTS)

    achat = queries.achat_de(consultation, le=consultation.creee_le)
    assert [lot.intitule for lot in consultation.lots.all()] == ["Couverture", "Charpente"]
    assert [str(lot.montant_estime) for lot in achat.allotissement.lots] == ["120000", "64500.50"]


def test_sans_lots_il_faut_une_raison(client, consultation):
    reponse = repondre(
        client, consultation, "lots", {"ligne-TOTAL_FORMS": "0", "ligne-INITIAL_FORMS": "0"}
    )

    assert reponse.status_code == 422
    assert "Sans lots, dites pourquoi" in reponse.content.decode()


@pytest.mark.article("CCP", "L. 2113-10")
def test_les_lots_restent_a_dire_tant_que_personne_n_a_repondu(client, consultation, scene):
    def mot_des_lots():
        return next(
            tache.mot
            for tache in taches(consultation, scene.le)
            if tache.nom == ECRANS["lots"].titre
        )

    avant = mot_des_lots()
    repondre(
        client,
        consultation,
        "lots",
        {"ligne-TOTAL_FORMS": "0", "ligne-INITIAL_FORMS": "0", "precision": "Un seul."},
    )

    assert (avant, mot_des_lots()) == ("À faire", "Complet")


def test_ajouter_des_lots_garde_ce_qui_est_tape(client, consultation):
    page = repondre(client, consultation, "lots", {**LOTS, "ajouter": "1"}).content.decode()

    assert 'value="Couverture"' in page and 'value="Charpente"' in page
    assert "ligne-3-intitule" in page
    assert not consultation.lots.exists()


def test_les_criteres_gardent_leurs_sous_criteres(client, consultation):
    repondre(client, consultation, "criteres", CRITERES)

    achat = queries.achat_de(consultation, le=consultation.creee_le)
    assert [(c.nom, int(c.poids)) for c in achat.criteres] == [
        ("Prix", 50),
        ("Technique", 35),
        ("Environnement", 15),
    ]
    assert [s.nom for s in achat.criteres[1].sous_criteres] == ["Méthode", "Moyens"]
    assert achat.execution.durabilite.condition_environnementale == "Tri des déchets."


def test_un_sous_critere_sans_poids_se_nomme(client, consultation):
    page = repondre(
        client, consultation, "criteres", {**CRITERES, "ligne-1-sous_criteres": "Méthode"}
    )

    assert page.status_code == 422
    assert "n’a pas de poids" in page.content.decode()


@pytest.mark.moteurs
def test_une_saisie_fautive_se_retrouve_au_retour(client, consultation):
    repondre(client, consultation, "montant", {"estime": "environ cent", "duree_en_mois": "4"})

    page = client.get(adresse(consultation, "montant")).content.decode()

    assert 'value="environ cent"' in page
    assert "Votre saisie est gardée" in page
    assert "À corriger" in client.get(adresse(consultation, "achat")).content.decode()


def test_une_saisie_corrigee_n_est_plus_en_attente(client, consultation):
    repondre(client, consultation, "montant", {"estime": "environ cent"})
    repondre(client, consultation, "montant", {"estime": "84500", "duree_en_mois": "4"})

    assert Preparation.objects.get().saisies == {}


def test_le_calendrier_propose_toutes_les_dates_et_les_garde(client, consultation):
    form = client.get(adresse(consultation, "calendrier")).context["form"]
    saisie = {nom: form[nom].value() for nom in form.fields if form[nom].value() is not None}

    reponse = client.post(adresse(consultation, "calendrier"), saisie)

    consultation.refresh_from_db()
    assert reponse.status_code == 302
    assert (
        consultation.date_limite_questions
        < consultation.date_limite_remise
        < consultation.ouverture_prevue_le
    )


def test_une_heure_qui_n_existe_pas_se_corrige(client, consultation):
    saisie = {"jour_envoi": "2027-02-01", "jour_limite": "2027-03-28", "heure_limite": "02:30"}

    assert (
        "Cette heure n’existe pas"
        in client.post(adresse(consultation, "calendrier"), saisie).content.decode()
    )


def test_choisir_autre_chose_garde_la_raison_et_le_nom(client, consultation, scene):
    repondre(client, consultation, "montant", {"estime": "184500", "duree_en_mois": "4"})
    client.post(
        adresse(consultation, "modifier/publicite"),
        {"rang": "1", "motif": "Le journal est lu ici."},
    )

    choix = ChoixMotive.objects.get()
    page = client.get(adresse(consultation, "montant")).content.decode()
    assert (choix.par, choix.motif) == (scene.martine, "Le journal est lu ici.")
    assert "Le journal est lu ici." in page
    assert "JAL" in queries.achat_de(consultation, le=choix.le).publicite.supports


def test_choisir_sans_raison_se_refuse(client, consultation):
    repondre(client, consultation, "montant", {"estime": "184500", "duree_en_mois": "4"})

    reponse = client.post(adresse(consultation, "modifier/publicite"), {"rang": "1", "motif": ""})

    assert reponse.status_code == 422 and not ChoixMotive.objects.exists()


def test_chaque_question_a_sa_page_et_dit_ce_qui_manque(client, consultation):
    pages = {
        cle: client.get(adresse(consultation, cle))
        for cle in ("achat", "montant", "lots", "criteres")
    }

    assert {reponse.status_code for reponse in pages.values()} == {200}
    assert "Dites ce que vous achetez et pour combien" in pages["montant"].content.decode()


def test_l_achat_publie_se_fige_avec_les_tables_qui_l_ont_juge(client, scene):
    brouillon = scene.completer(scene.brouillon())
    publier_consultation(consultation=brouillon, par=scene.martine.acteur, maintenant=scene.le)

    preparation = Preparation.objects.get(consultation=brouillon)
    assert lire(preparation.achat_gele).titre == brouillon.titre
    assert len(preparation.empreinte_des_tables) == 64 and preparation.date_de_reference
    assert (
        Ecriture.objects.filter(acte="preparation.geler_l_achat", sujet=brouillon.reference).count()
        == 1
    )
    assert queries.achat_de(brouillon, le=scene.le) == lire(preparation.achat_gele)


def test_une_consultation_publiee_ne_repond_plus_aux_questions(client, scene):
    publiee = scene.publiee()

    assert (
        client.post(adresse(publiee, "montant"), {"estime": "1", "duree_en_mois": "1"}).status_code
        == 422
    )


def test_sept_reponses_aux_valeurs_proposees_ne_laissent_rien_de_bloquant(
    client, consultation, scene
):
    """Le chemin le plus court de Martine :
    elle garde ce qui est proposé, et rien dans l'achat n'empêche de publier.
    """
    scene.organisme.adresse = "1 place de la Mairie, 62960 Bomy"
    scene.organisme.save()
    repondre(client, consultation, "montant", {"estime": "184 500,50 €", "duree_en_mois": "4"})
    repondre(client, consultation, "lots", LOTS)
    repondre(client, consultation, "criteres", CRITERES)
    form = client.get(adresse(consultation, "calendrier")).context["form"]
    saisie = {nom: form[nom].value() for nom in form.fields if form[nom].value() is not None}
    client.post(adresse(consultation, "calendrier"), saisie)
    scene.joindre(consultation)
    consultation.refresh_from_db()

    bloquants = [
        c.texte for c in controles_de_l_achat(consultation, le=scene.le) if c.gravite == "bloquant"
    ]
    assert not bloquants, bloquants


def test_l_achat_reprend_les_coordonnees_de_l_organisme(scene):
    decrire_l_organisme(
        organisme=scene.organisme,
        coordonnees=Coordonnees(
            contact_donnees_personnelles="donnees@bomy.example", code_postal="62960", ville="Bomy"
        ),
        par=scene.martine.acteur,
        maintenant=scene.le,
    )
    scene.organisme.refresh_from_db()

    acheteur = queries.achat_de(scene.brouillon(), le=scene.le).acheteur

    assert (acheteur.contact_donnees_personnelles, acheteur.code_postal) == (
        "donnees@bomy.example",
        "62960",
    )


def test_chaque_ligne_du_panneau_dit_pourquoi_et_ou_elle_se_change(client, consultation):
    repondre(client, consultation, "montant", {"estime": "5 404 000,00 €", "duree_en_mois": "14"})
    panneau = html.fromstring(client.get(adresse(consultation, "montant")).content).find_class(
        "panneau"
    )[0]

    lignes = panneau.xpath(".//dl/div | .//ul[not(ancestor::details)]/li")
    muettes = [
        ligne.text_content().strip()[:60]
        for ligne in lignes
        if not ligne.xpath(".//summary[starts-with(., 'Pourquoi')]")
        or not ligne.xpath(
            ".//a[starts-with(., 'Modifier')] | .//span[starts-with(., 'Fixé par la loi')]"
        )
    ]
    assert len(lignes) > 15 and muettes == []


def test_une_valeur_que_les_tables_n_ont_pas_ne_se_dit_pas_tiree_du_montant(client, consultation):
    repondre(client, consultation, "montant", {"estime": "180 000", "duree_en_mois": "4"})
    panneau = html.fromstring(client.get(adresse(consultation, "montant")).content).find_class(
        "panneau"
    )[0]

    (prefet,) = [ligne for ligne in panneau.xpath(".//dl/div") if "préfet" in ligne.text_content()]
    assert "À vérifier par une personne" in prefet.text_content()
    assert (
        "demandez au centre de gestion" in prefet.text_content()
        and "d’après" not in prefet.text_content()
    )


def test_le_panneau_donne_l_article_de_chaque_document(client, consultation):
    repondre(client, consultation, "montant", {"estime": "84 500", "duree_en_mois": "4"})
    panneau = html.fromstring(client.get(adresse(consultation, "montant")).content).find_class(
        "panneau"
    )[0]

    documents = panneau.xpath(".//section[@aria-labelledby='panneau-documents']/ul/li")

    assert len(documents) == 6
    assert all(
        "R. 2132-1" in document.text_content().replace("\N{NO-BREAK SPACE}", " ")
        for document in documents
    )


def test_des_poids_qui_ne_font_pas_cent_se_disent_aussitot_et_se_gardent(client, consultation):
    page = client.post(
        adresse(consultation, "criteres"), {**CRITERES, "ligne-2-poids": "14,5"}, follow=True
    )

    texte = page.content.decode()
    criteres = queries.reponses_de(Preparation.objects.get()).jugement.criteres
    assert page.redirect_chain == [(adresse(consultation, "criteres"), 302)]
    assert texte.count("Le total fait 99,5, il en faut 100.") == 2
    assert (
        '<a href="#id_ligne-0-poids">Corriger les poids</a>' in texte
        and 'id="id_ligne-0-poids"' in texte
    )
    assert f'<a href="{adresse(consultation, "calendrier")}">continuer ainsi</a>' in texte
    assert str(criteres[2].poids) == "14.5"


@pytest.mark.article("CCP", "R. 2152-12")
def test_des_sous_criteres_qui_ne_font_pas_le_poids_de_leur_critere_se_disent_a_cote_du_champ(
    client, consultation
):
    saisie = {**CRITERES, "ligne-1-sous_criteres": "Méthode : 20\nMoyens : 10"}

    page = client.post(adresse(consultation, "criteres"), saisie, follow=True).content.decode()

    texte, criteres = (
        page.replace("\N{NO-BREAK SPACE}", " "),
        queries.reponses_de(Preparation.objects.get()).jugement.criteres,
    )
    assert "« Technique » : les sous-critères font 30, il en faut 35, le poids du critère." in texte
    assert texte.count("Les sous-critères font 30, il en faut 35, le poids du critère.") == 1
    assert "Le total des poids fait 100." in texte and "continuer ainsi" in texte
    assert [int(sous.poids) for sous in criteres[1].sous_criteres] == [20, 10]


@pytest.mark.parametrize("sous", ["Méthode : 20\nMoyens : 15", "Méthode : 20,5\nMoyens : 14,5", ""])
def test_des_sous_criteres_justes_ou_absents_menent_a_la_suite(client, consultation, sous):
    reponse = repondre(
        client, consultation, "criteres", {**CRITERES, "ligne-1-sous_criteres": sous}
    )

    assert reponse.status_code == 302 and reponse["Location"].endswith("/preparer/calendrier/")


def test_une_ligne_fautive_ne_dit_pas_en_plus_sa_somme(client, consultation):
    saisie = {**CRITERES, "ligne-1-poids": "", "ligne-1-sous_criteres": "Méthode : 20"}

    texte = repondre(client, consultation, "criteres", saisie).content.decode()

    assert "Donnez un poids sur 100" in texte and "Les sous-critères font" not in texte


def test_des_poids_justes_menent_a_la_suite(client, consultation):
    reponse = repondre(client, consultation, "criteres", CRITERES)

    assert reponse["Location"] == adresse(consultation, "calendrier")
    assert (
        "Le total des poids fait 100."
        in client.get(adresse(consultation, "criteres")).content.decode()
    )


def test_les_poids_d_un_lot_se_disent_aussi(client, consultation):
    repondre(client, consultation, "lots", LOTS)
    lot = adresse(consultation, "lots/1")

    page = client.post(
        lot, {**CRITERES, "criteres_propres": "on", "ligne-2-poids": "20"}, follow=True
    )

    assert page.redirect_chain == [(lot, 302)]
    assert "Le total fait 105, il en faut 100." in page.content.decode()


def test_le_panneau_compte_les_memes_points_que_la_page_verifier(client, consultation):
    repondre(client, consultation, "montant", {"estime": "84 500", "duree_en_mois": "4"})

    verifier = html.fromstring(client.get(adresse_de_la_tache(consultation, "verifier")).content)

    bloquants = verifier.xpath("//section[@aria-labelledby='bloquants']//li")
    (compte,) = verifier.find_class("panneau")[0].xpath(".//span[contains(., 'à régler')]")
    assert len(bloquants) > 3
    assert compte.text_content().split()[0] == str(len(bloquants))


def test_le_montant_d_un_lot_n_est_pas_dit_facultatif_et_relu_ensuite(client, consultation):
    page = html.fromstring(client.get(adresse(consultation, "lots")).content)

    (etiquette,) = page.xpath("//label[@for=//input[@name='ligne-0-montant']/@id]")
    assert "facultatif" not in etiquette.text_content()
    assert "Vide : un point à relire avant de publier." in page.text_content().replace(
        "\N{NO-BREAK SPACE}", " "
    )
