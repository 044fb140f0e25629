"""Les écrans : demander avec ou sans compte, répondre au centre, ce que personne d'autre ne lit."""

from datetime import timedelta

import pytest
from django.test import Client

from beffroi.centre.interventions.tests.theatre import agent, centre, en_service
from beffroi.personnes.comptes.tests.personnes import a_confirmer, connecter
from beffroi.service.assistance import jetons
from beffroi.service.assistance.models import Demande, ModeleDeReponse, QuestionFrequente
from beffroi.service.assistance.services.demandes import Personne, Saisie, demander
from beffroi.service.assistance.views.centre import nom_et_numero
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.fondations.models import Courriel

pytestmark = pytest.mark.django_db
ODILE = Personne(nom="Odile", courriel="odile@exemple.fr")


@pytest.fixture
def samir():
    return connecter(Client(), agent(centre(), "Samir Technicien", "technicien"))


@pytest.fixture
def martine():
    return en_service().habilitations.get().utilisateur


def page(reponse) -> str:
    return " ".join(reponse.content.decode().replace("\N{NO-BREAK SPACE}", " ").split())


def de(personne: Personne, texte: str = "Rien ne se passe") -> Demande:
    return demander(
        saisie=Saisie(texte=texte, cle=texte),
        personne=personne,
        canal="web",
        maintenant=maintenant(),
    )


def test_demander_de_l_aide_puis_lire_la_promesse(martine):
    client = connecter(Client(), martine)
    reponse = client.post(
        "/assistance/nouvelle/",
        {
            "texte": "Le bouton ne répond pas",
            "categorie": "technique",
            "objet": "",
            "telephone": "",
            "cle": "k" * 32,
        },
        follow=True,
    )
    assert "Votre demande est reçue" in page(reponse) and "Réponse au plus tard le" in page(reponse)
    assert Demande.objects.get().organisme.nom == "Commune de Bomy"


def test_un_numero_mal_tape_revient_avec_le_texte(martine):
    client = connecter(Client(), martine)
    saisie = {
        "texte": "Le bouton ne répond pas",
        "categorie": "technique",
        "telephone": "12",
        "cle": "k" * 32,
    }
    reponse = client.post("/assistance/nouvelle/", saisie)
    assert reponse.status_code == 422
    assert "Ce numéro n’est pas complet" in page(reponse) and "Le bouton ne répond pas" in page(
        reponse
    )
    assert not Demande.objects.exists()


def test_sans_compte_le_lien_signe_suffit_et_rien_d_autre():
    visiteur = Client()
    saisie = {
        "nom": "Odile",
        "courriel": "odile@exemple.fr",
        "texte": "Où déposer ?",
        "categorie": "technique",
        "cle": "k" * 32,
    }
    assert visiteur.post("/contact/ecrire/", saisie).url == "/contact/message-recu/"
    demande = Demande.objects.get()
    adresse = f"/contact/suivre/{jetons.jeton_de(demande)}/"
    assert adresse in Courriel.objects.get().texte

    assert "Où déposer ?" in page(visiteur.get(adresse))
    assert visiteur.get(f"/contact/suivre/{demande.reference}/").status_code == 404
    assert visiteur.post(adresse, {"texte": "Toujours pas"}).status_code == 302
    assert demande.messages.count() == 2


def test_la_file_dit_ce_qui_presse_et_la_reponse_ferme(samir, martine):
    demande = de(Personne(compte=martine))
    assert "Rien ne se passe" in page(samir.get("/cdg/assistance/"))

    reponse = samir.post(
        f"/cdg/assistance/demandes/{demande.reference}/",
        {"texte": "C'est réparé.", "suite": "resoudre"},
    )
    assert reponse.url == "/cdg/assistance/"
    assert "Aucune demande à traiter" in page(samir.get("/cdg/assistance/"))
    assert "C’est réparé." in page(
        connecter(Client(), martine).get(f"/assistance/{demande.reference}/")
    )


def test_la_note_d_un_appel_tient_en_trois_champs(samir):
    saisie = {
        "qui": "Kevin Masson 06 12 34 56 78",
        "objet": "",
        "texte": "Est-ce bien déposé ?",
        "cle": "k" * 32,
    }
    samir.post("/cdg/assistance/appel/", saisie)
    demande = Demande.objects.get()
    assert (demande.nom, demande.telephone, demande.canal) == (
        "Kevin Masson",
        "06 12 34 56 78",
        "telephone",
    )


@pytest.mark.parametrize(
    ("dit", "lu"),
    [
        ("Sophie Delattre 06 12 34 56 78", ("Sophie Delattre", "06 12 34 56 78")),
        ("06.12.34.56.78, Sophie", ("Sophie", "06.12.34.56.78")),
        ("+33 6 12 34 56 78", ("", "+33 6 12 34 56 78")),
        ("La mairie de Bomy", ("La mairie de Bomy", "non donné")),
    ],
)
def test_le_numero_se_lit_dans_ce_qui_est_note(dit, lu):
    assert nom_et_numero(dit) == lu


def test_une_reponse_vide_revient_a_l_ecran(samir, martine):
    demande = de(Personne(compte=martine))
    reponse = samir.post(
        f"/cdg/assistance/demandes/{demande.reference}/", {"texte": " ", "suite": "resoudre"}
    )
    assert reponse.status_code == 422 and "Écrivez votre réponse" in page(reponse)


@pytest.mark.parametrize(("categorie", "propose"), [("hors_champ", True), ("technique", False)])
def test_hors_de_l_assistance_l_agent_part_d_un_texte_qui_dit_a_qui_s_adresser(
    samir, martine, categorie, propose
):
    demande = de(Personne(compte=martine))
    adresse = f"/cdg/assistance/demandes/{demande.reference}/"
    samir.post(f"{adresse}ranger/", {"categorie": categorie, "objet": ""})
    assert ("Voici à qui la poser" in page(samir.get(adresse)).replace("’", "'")) is propose

    samir.post(adresse, {"texte": "Demandez à l'acheteur.", "suite": "demander_une_precision"})
    assert "Voici à qui la poser" not in page(samir.get(adresse))


def test_l_agent_lit_les_reponses_toutes_pretes_de_la_categorie_et_d_elle_seule(samir, martine):
    for categorie, titre in (("technique", "Page vide"), ("comptes", "Code perdu")):
        saisie = {"categorie": categorie, "titre": titre, "texte": f"Texte de {titre}."}
        samir.post("/cdg/assistance/modeles/nouveau/", saisie)
    demande = de(Personne(compte=martine))
    lue = page(samir.get(f"/cdg/assistance/demandes/{demande.reference}/"))
    assert "Texte de Page vide." in lue and "Code perdu" not in lue


def test_inserer_un_modele_garde_ce_qui_etait_tape_et_n_envoie_rien(samir, martine):
    saisie = {"categorie": "technique", "titre": "Page vide", "texte": "Videz le cache."}
    samir.post("/cdg/assistance/modeles/nouveau/", saisie)
    demande, modele = de(Personne(compte=martine)), ModeleDeReponse.objects.get()
    adresse = f"/cdg/assistance/demandes/{demande.reference}/"
    tape = {
        "inserer": modele.reference,
        "texte": "Bonjour Martine,",
        "suite": "repondre",
        "motif": "poste",
    }
    lue = samir.post(adresse, tape)

    assert (
        lue.status_code == 200
        and "Bonjour Martine,\n\nVidez le cache.</textarea>" in lue.content.decode()
    )
    form = lue.context["form"]
    assert (form["suite"].value(), form["motif"].value()) == ("repondre", "poste")
    assert demande.messages.count() == 1
    assert (
        samir.post(adresse, {**tape, "texte": ""}).context["form"]["texte"].value()
        == "Videz le cache."
    )
    assert samir.post(adresse, {**tape, "inserer": "AM-22222222"}).status_code == 404


def resoudre(samir, motif: str, *, combien: int, de_qui: str = "") -> None:
    for n in range(combien):
        personne = Personne(courriel=de_qui or f"{motif}{n}@exemple.fr")
        demande = de(personne, f"{motif} {de_qui} {n}")
        reponse = {"texte": "Voilà.", "suite": "resoudre", "motif": motif}
        samir.post(f"/cdg/assistance/demandes/{demande.reference}/", reponse)


def test_le_centre_lit_chaque_motif_le_public_aucun_de_moins_de_cinq_personnes(samir):
    resoudre(samir, "depot", combien=6)
    resoudre(samir, "poste", combien=5, de_qui="un@exemple.fr")
    resoudre(samir, "", combien=4)
    au_centre, publique = (
        page(samir.get("/cdg/assistance/mesures/")),
        page(Client().get("/aide/nos-delais/")),
    )

    assert "Poste, navigateur, réseau</th>" in au_centre and "Non précisé</th>" in au_centre
    assert "Déposer une réponse</th>" in publique and "Poste, navigateur" not in publique
    assert "Autres motifs</th><td>Le fonctionnement de la plateforme</td>" in publique
    assert "Nombre : </span>9</td>" in publique


def test_deux_demandes_de_la_meme_personne_se_suivent_ensemble(samir, martine):
    premiere, seconde, autre = (
        de(Personne(compte=martine)),
        de(Personne(compte=martine), "Encore"),
        de(ODILE, "Ailleurs"),
    )
    adresse = f"/cdg/assistance/demandes/{seconde.reference}/"
    assert samir.post(f"{adresse}fusionner/", {"dans": autre.reference}).status_code == 422
    reponse = samir.post(f"{adresse}fusionner/", {"dans": premiere.reference}, follow=True)
    assert "se suivent ensemble" in page(reponse) and "Encore" in page(reponse)
    seconde.refresh_from_db()
    assert seconde.fusionnee_dans == premiere


def test_un_delai_regle_change_la_promesse_et_la_page_publique(martine, settings):
    avant = de(Personne(compte=martine))
    settings.DELAIS_D_ASSISTANCE = {
        **settings.DELAIS_D_ASSISTANCE,
        "technique": timedelta(minutes=60),
    }
    apres = de(Personne(compte=martine), "Encore")
    assert apres.promise_pour < avant.promise_pour
    assert "1 heure" in page(Client().get("/aide/nos-delais/"))


def test_une_question_frequente_se_lit_sans_compte_et_se_retire(samir, martine):
    demande = de(Personne(compte=martine))
    saisie = {
        "categorie": "technique",
        "question": "Le bouton ne répond pas ?",
        "reponse": "Rechargez la page.",
    }
    samir.post(f"/cdg/assistance/demandes/{demande.reference}/publier/", saisie)
    assert "Le bouton ne répond pas ?" in page(Client().get("/aide/questions-frequentes/"))

    retirer = f"/cdg/assistance/questions/{QuestionFrequente.objects.get().reference}/retirer/"
    assert "Une question retirée ne revient pas" in a_confirmer(samir, retirer)
    assert "Le bouton ne répond pas ?" in page(Client().get("/aide/questions-frequentes/"))
    samir.post(retirer)
    assert "Le bouton ne répond pas ?" not in page(Client().get("/aide/questions-frequentes/"))


def test_les_delais_promis_sont_publics(samir, martine):
    demande = de(Personne(compte=martine))
    samir.post(
        f"/cdg/assistance/demandes/{demande.reference}/", {"texte": "Voilà.", "suite": "resoudre"}
    )
    lue = page(Client().get("/aide/nos-delais/"))
    assert "4 heures" in lue and "1, soit 100 %" in lue


@pytest.mark.moteurs
def test_l_avis_de_la_personne_arrive_au_centre(samir, martine):
    demande = de(Personne(compte=martine))
    samir.post(
        f"/cdg/assistance/demandes/{demande.reference}/", {"texte": "Voilà.", "suite": "resoudre"}
    )
    connecter(Client(), martine).post(
        f"/assistance/{demande.reference}/avis/", {"satisfaction": "en_partie", "mot": "Un peu"}
    )
    assert "En partie" in page(samir.get("/cdg/assistance/closes/"))
