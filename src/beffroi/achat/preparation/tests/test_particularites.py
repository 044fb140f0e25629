"""Ce qu'un achat a de particulier : derrière une seule page, que personne n'est obligé d'ouvrir."""

import pytest
from django.test import Client

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.queries.taches_du_brouillon import taches
from beffroi.achat.preparation import queries
from beffroi.achat.preparation.tests.test_views import ACHAT, adresse, repondre
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.personnes.organismes.services import creer_organisme
from beffroi.socle.journal.acteurs import PLATEFORME
from droit.achat import AccordCadre, GroupementDeCommandes, PrestationSupplementaire, Tranche

PRIX = {"forme_de_prix": "forfaitaire", "variation_de_prix": "ferme actualisable"}


@pytest.fixture
def client(scene):
    return connecter(Client(), scene.martine)


@pytest.fixture
def consultation(client):
    client.post("/consultations/nouvelle/", ACHAT)
    return Consultation.toutes.get(titre="Toiture de l'école")


def achat_de(consultation):
    consultation.refresh_from_db()
    return queries.achat_de(consultation, le=consultation.creee_le)


def test_la_page_est_facultative_et_montre_le_prix_d_usage(client, consultation, scene):
    repondre(client, consultation, "montant", {"estime": "184500", "duree_en_mois": "4"})
    page = client.get(adresse(consultation, "particularites"))

    tache = next(tache for tache in taches(consultation, scene.le) if "particulier" in tache.nom)
    assert (page.context["form"]["forme_de_prix"].value(), tache.mot) == (
        "forfaitaire",
        "Facultatif",
    )
    assert "Votre achat a-t-il quelque chose de particulier" in page.content.decode()


def test_sans_rien_repondre_le_prix_d_usage_est_dans_l_achat(client, consultation):
    repondre(client, consultation, "montant", {"estime": "184500", "duree_en_mois": "4"})

    execution = achat_de(consultation).execution
    assert (execution.forme_de_prix, execution.variation_de_prix) == (
        "forfaitaire",
        "ferme actualisable",
    )


def test_des_tranches_et_des_options_se_tapent_une_par_ligne(client, consultation):
    repondre(
        client,
        consultation,
        "particularites",
        {
            **PRIX,
            "tranche_ferme": "École",
            "tranches_optionnelles": "Cantine\n\n  Préau  ",
            "reponse_obligatoire": "on",
            "prestations_supplementaires": "Gouttières en zinc",
            "prestations_similaires": "on",
        },
    )

    execution = achat_de(consultation).execution
    assert execution.tranches == (
        Tranche(intitule="École", ferme=True),
        Tranche(intitule="Cantine"),
        Tranche(intitule="Préau"),
    )
    assert execution.prestations_supplementaires == (
        PrestationSupplementaire(intitule="Gouttières en zinc"),
    )
    assert execution.prestations_similaires


def test_ce_qui_est_garde_se_relit_a_l_ecran(client, consultation):
    saisie = {**PRIX, "tranche_ferme": "École", "tranches_optionnelles": "Cantine\nPréau"}
    repondre(client, consultation, "particularites", saisie)

    form = client.get(adresse(consultation, "particularites")).context["form"]
    assert {nom: form[nom].value() for nom in saisie} == saisie


def test_un_groupement_nomme_ses_membres_par_leur_nom_ou_leur_siret(client, consultation, scene):
    repondre(
        client,
        consultation,
        "particularites",
        {
            **PRIX,
            "membres": f"Commune de Coyecques\n{scene.organisme.siret}",
            "coordonnateur": "Commune de Bomy",
            "convention": "Convention du 3 mars 2026",
            "execution": "coordonnateur",
        },
    )

    assert achat_de(consultation).groupement_de_commandes == GroupementDeCommandes(
        coordonnateur="Commune de Bomy",
        membres=("Commune de Coyecques", f"{scene.organisme.nom} (SIRET {scene.organisme.siret})"),
        convention="Convention du 3 mars 2026",
        chacun_execute=False,
    )


@pytest.mark.article("CCP", "L. 2113-7")
def test_un_membre_de_la_plateforme_donne_ses_coordonnees_et_l_acheteur_n_est_pas_son_propre_membre(
    client, consultation, scene
):
    voisine = creer_organisme(
        nom="Commune de Coyecques", siret="21620254900013", par=PLATEFORME, maintenant=scene.le
    )
    repondre(
        client,
        consultation,
        "particularites",
        {
            **PRIX,
            "membres": f"{voisine.siret}\n{scene.organisme.siret}\nSyndicat sans compte",
            "coordonnateur": scene.organisme.siret,
            "convention": "Convention du 3 mars 2026",
        },
    )

    groupement = achat_de(consultation).groupement_de_commandes
    assert [membre.siret for membre in groupement.organisations] == [voisine.siret]
    assert groupement.coordonnateur == scene.organisme.nom


@pytest.mark.parametrize(
    "saisie,phrase",
    [
        ({"tranches_optionnelles": "Cantine"}, "Dites aussi ce que vous ferez à coup sûr"),
        ({"tranche_ferme": "École"}, "Avec une seule tranche, le marché n’en a pas"),
        ({"variation_de_prix": "révisable"}, "Un prix révisable dit comment il change"),
        ({"membres": "99999999999999"}, "Aucun organisme de la plateforme n’a le SIRET"),
        ({"membres": "Commune de Coyecques"}, "Dites qui passe le marché pour tous"),
        ({"convention": "3 mars"}, "Nommez les autres acheteurs de la convention"),
        ({"prestations_supplementaires": "x" * 201}, "200 caractères au plus par ligne"),
        ({"prestations_supplementaires": "a\n" * 21}, "Au plus 20 lignes"),
    ],
)
def test_une_particularite_a_moitie_dite_se_corrige(client, consultation, saisie, phrase):
    reponse = repondre(client, consultation, "particularites", {**PRIX, **saisie})

    assert reponse.status_code == 422 and phrase in reponse.content.decode()


def test_un_constat_sur_le_prix_ramene_a_la_page(client, consultation):
    repondre(client, consultation, "montant", {"estime": "184500", "duree_en_mois": "48"})

    page = client.get(
        f"/consultations/{consultation.reference}/preparer/verifier/"
    ).content.decode()

    assert "On ne sait pas si le prix est ferme ou révisable" in page
    assert adresse(consultation, "particularites") in page


def test_un_accord_cadre_garde_ses_titulaires_et_son_maximum_en_quantite(client, consultation):
    repondre(
        client,
        consultation,
        "montant",
        {
            "estime": "184500",
            "duree_en_mois": "12",
            "accord_cadre": "on",
            "mode": "bons de commande",
            "maximum_en_quantite": "400 tonnes",
            "titulaires": "3",
            "justification_de_la_duree": "Amortir les bacs.",
        },
    )

    attendu = AccordCadre(
        maximum_en_quantite="400 tonnes",
        titulaires_maximum=3,
        justification_de_la_duree="Amortir les bacs.",
    )
    page = client.get(adresse(consultation, "montant")).context["form"]
    assert achat_de(consultation).execution.accord_cadre == attendu
    assert (page["titulaires"].value(), page["maximum_en_quantite"].value()) == (3, "400 tonnes")


def test_une_concession_n_a_ni_prix_ni_tranches_ni_suite(client):
    client.post(
        "/consultations/nouvelle/", {**ACHAT, "titre": "Camping", "prestation": "concession"}
    )
    camping = Consultation.toutes.get(titre="Camping")

    page = client.get(adresse(camping, "particularites")).content.decode()
    reponse = repondre(
        client,
        camping,
        "particularites",
        {"membres": "Commune de Coyecques", "coordonnateur": "Bomy"},
    )

    assert (
        "forme_de_prix" not in page
        and "tranche_ferme" not in page
        and "prestations_similaires" not in page
    )
    assert reponse.status_code == 302
    assert achat_de(camping).execution.forme_de_prix == ""
    assert achat_de(camping).groupement_de_commandes.membres == ("Commune de Coyecques",)
