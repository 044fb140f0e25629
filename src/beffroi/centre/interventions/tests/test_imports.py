"""Un tableau d'agents de plusieurs organismes :
relu d'abord, appliqué en entier ou pas du tout, lu de chacun.
"""

import time
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from beffroi.centre.interventions.models import ImportDAgents, Intervention
from beffroi.centre.interventions.queries import gestes_de
from beffroi.centre.interventions.services import cycle, gestes
from beffroi.centre.interventions.services.cycle import Raison
from beffroi.centre.interventions.services.imports import apercu, appliquer, deposer_un_tableau
from beffroi.centre.interventions.tests.theatre import (
    HEURE,
    SIRET,
    SIRET_VOISIN,
    agent,
    centre,
    commune,
    en_service,
    intervenir,
)
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.tests.personnes import LUNDI, connecter, ouvrir_le_lien, personne
from beffroi.personnes.organismes.models import Habilitation, HabilitationEnAttente
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.journal.models import Ecriture

pytestmark = pytest.mark.django_db
RAISON = Raison("Reprise des comptes de l'ancien service", "Courriel du 30 octobre")
ENTETE = "siret;nom;prénom;courriel;rôles;service"


def tableau(fanny, *lignes: str):
    octets = "\n".join((ENTETE, *lignes)).encode()
    return deposer_un_tableau(nom="agents.csv", octets=octets, par=fanny, maintenant=LUNDI)


def confirmer(depose, fanny, *, empreinte: str = "", le=LUNDI):
    return appliquer(
        depose=depose,
        empreinte=empreinte or apercu(depose).empreinte,
        raison=RAISON,
        par=fanny,
        maintenant=le,
    )


def fautes(fanny, *lignes: str) -> list[tuple[int, str]]:
    return [(erreur.numero, erreur.phrase) for erreur in apercu(tableau(fanny, *lignes)).erreurs]


YVETTE = f"{SIRET};Cordier;Yvette;yvette@bomy.example;lectrice, valideuse;Mairie"
PAUL = f"{SIRET_VOISIN};Duval;Paul;paul@azincourt.example;Rédacteur / membre qui ouvre;"


def test_chaque_organisme_lit_sa_propre_intervention_et_un_seul_courriel(bomy, fanny):
    commune(SIRET_VOISIN, "Commune d'Azincourt")
    depose = confirmer(tableau(fanny, YVETTE, PAUL), fanny)

    assert (depose.agents, depose.organismes) == (2, 2)
    chez_bomy, chez_le_voisin = Intervention.objects.order_by("organisme__nom").reverse()
    assert (chez_bomy.sorte, chez_bomy.cloture, chez_le_voisin.sorte) == (
        "en_nombre",
        "finie",
        "mise_en_place",
    )
    assert [g.dit for g in gestes_de([chez_bomy])[chez_bomy.reference]] == [
        "Yvette Cordier (Mairie) : Lecteur, Valideur, en attente de son adresse"
    ]
    assert Courriel.objects.filter(destinataire="martine@atelier.example").count() == 1
    paul = HabilitationEnAttente.objects.get(attendue__courriel="paul@azincourt.example")
    assert paul.roles == ["ouvreur", "redacteur"]


def test_une_adresse_prouvee_entre_aussitot_et_l_apercu_le_dit(bomy, fanny):
    personne("Yvette Cordier", courriel="yvette@bomy.example")
    depose = tableau(fanny, YVETTE, f"{SIRET};Duval;Paul;paul@bomy.example;lecteur;")

    assert apercu(depose).attendues == 1
    confirmer(depose, fanny)
    assert Habilitation.objects.filter(utilisateur__courriel="yvette@bomy.example").exists()
    assert [un.attendue.courriel for un in HabilitationEnAttente.objects.all()] == [
        "paul@bomy.example"
    ]


def test_un_nom_qui_mene_ailleurs_se_refuse(bomy, fanny):
    ligne = f"{SIRET};Trésorerie https://evil.example;;y@bomy.example;lecteur;"

    assert ("ni adresse ni lien") in fautes(fanny, ligne)[0][1]


def test_une_ligne_fausse_et_rien_n_entre(bomy, fanny):
    depose = tableau(fanny, YVETTE, f"{SIRET};;;pas-une-adresse;lecteur;")
    avant = Utilisateur.objects.count()

    with pytest.raises(RegleEnfreinte, match="rien n'est importé"):
        confirmer(depose, fanny)
    assert (Utilisateur.objects.count(), Intervention.objects.count()) == (avant, 0)


@pytest.mark.parametrize(
    ("ligne", "phrase"),
    [
        (f"{SIRET};Cordier;Yvette;y@bomy.example;chef;", "« chef » n'est pas un rôle"),
        (f"{SIRET};Cordier;Yvette;y@bomy.example;;", "Il manque un rôle"),
        (f"{SIRET};;;y@bomy.example;lecteur;", "Il manque le nom"),
        (f"{SIRET};Cordier;Yvette;;lecteur;", "Il manque l'adresse électronique"),
        (";Cordier;Yvette;y@bomy.example;lecteur;", "Il manque le SIRET"),
        ("2,16202E+13;Cordier;Yvette;y@bomy.example;lecteur;", "Le tableur a abîmé ce SIRET"),
        ("21620155800015;Cordier;Yvette;y@bomy.example;lecteur;", "n'existe pas"),
        (
            f"{SIRET_VOISIN};Cordier;Yvette;y@bomy.example;lecteur;",
            "Aucun organisme du service n'a ce SIRET",
        ),
        (
            "28620001900011;Cordier;Yvette;y@bomy.example;lecteur;",
            "Aucun organisme du service n'a ce SIRET",
        ),
        (
            f"{SIRET};Cordier;Yvette;y@bomy.example;administrateur;",
            "ne fait ni ne défait un administrateur",
        ),
        (
            f"{SIRET};Caron;Martine;martine@atelier.example;lecteur;",
            "ne fait ni ne défait un administrateur",
        ),
        (f"{SIRET};Roussel;Fanny;fanny@atelier.example;ouvreur;", "un rôle au centre de gestion"),
        (
            f"{SIRET};Cordier;Yvette;y@bomy.example;lecteur;{'x' * 121}",
            "« service » est trop longue",
        ),
    ],
)
def test_une_faute_nomme_sa_ligne_et_dit_pourquoi(bomy, fanny, ligne, phrase):
    ((numero, dite),) = fautes(fanny, ligne)

    assert numero == 2 and phrase in dite


def test_une_personne_deux_fois_chez_le_meme_organisme(bomy, fanny):
    assert [numero for numero, _ in fautes(fanny, YVETTE, YVETTE)] == [2, 3]


def test_une_personne_de_deux_organismes_a_un_seul_compte(bomy, fanny):
    commune(SIRET_VOISIN, "Commune d'Azincourt")
    confirmer(tableau(fanny, YVETTE, YVETTE.replace(SIRET, SIRET_VOISIN)), fanny)
    ouvrir_le_lien("yvette@bomy.example")

    assert Habilitation.objects.filter(utilisateur__courriel="yvette@bomy.example").count() == 2


def test_confirme_deux_fois_il_ne_s_applique_qu_une(bomy, fanny):
    depose = tableau(fanny, YVETTE)
    empreinte = apercu(depose).empreinte
    confirmer(depose, fanny, empreinte=empreinte)
    confirmer(depose, fanny, empreinte=empreinte)

    assert Intervention.objects.count() == 1


def test_un_compte_ne_entre_temps_fait_relire(bomy, fanny):
    depose = tableau(fanny, YVETTE)
    empreinte = apercu(depose).empreinte
    personne("Yvette Cordier", courriel="yvette@bomy.example")

    with pytest.raises(ConflitEtat, match="Relisez"):
        confirmer(depose, fanny, empreinte=empreinte)


def test_un_tableau_deja_applique_ne_change_plus_rien(bomy, fanny):
    confirmer(tableau(fanny, YVETTE), fanny)

    assert (
        apercu(tableau(fanny, YVETTE)).inchangees,
        apercu(tableau(fanny, YVETTE)).est_applicable,
    ) == (1, False)


def test_l_intervention_deja_ouverte_sert_et_reste_ouverte(bomy, fanny):
    ouverte = intervenir(bomy, fanny)
    confirmer(tableau(fanny, YVETTE), fanny)

    assert Intervention.objects.get().close_le is None
    assert len(gestes_de([ouverte])[ouverte.reference]) == 1


def arreter(intervention, *, le) -> None:
    cycle.arreter(
        intervention=intervention, par=Utilisateur.objects.get(nom="Martine Caron"), maintenant=le
    )


@pytest.mark.parametrize("importe", ["Fanny Roussel", "Claire Dubreuil"])
def test_apres_un_arret_un_tableau_n_entre_plus_et_le_refus_nomme_l_organisme(bomy, fanny, importe):
    agent(centre(), "Claire Dubreuil", "technicien")
    arreter(intervenir(bomy, fanny), le=LUNDI + timedelta(minutes=5))
    depose = tableau(fanny, YVETTE)

    with pytest.raises(
        RegleEnfreinte, match=r"^Commune de Bomy : .* arrêté .* à 10:05\..* Rien n'est importé\.$"
    ):
        confirmer(depose, Utilisateur.objects.get(nom=importe), le=LUNDI + timedelta(days=90))
    assert Intervention.objects.count() == 1
    assert not Utilisateur.objects.filter(courriel="yvette@bomy.example").exists()


@pytest.mark.moteurs
def test_l_assistance_ouverte_depuis_l_arret_rend_l_import(bomy, fanny):
    arreter(intervenir(bomy, fanny), le=LUNDI + timedelta(minutes=5))
    rouverte = cycle.ouvrir(
        organisme=bomy, raison=RAISON, minutes=60, par=fanny, maintenant=LUNDI + HEURE
    )
    cycle.finir(intervention=rouverte, bilan="", par=fanny, maintenant=LUNDI + HEURE)

    assert confirmer(tableau(fanny, YVETTE), fanny, le=LUNDI + 2 * HEURE).agents == 1


def test_l_arret_d_un_organisme_n_arrete_rien_chez_le_voisin(bomy, fanny):
    en_service(SIRET_VOISIN, "Commune d'Azincourt", "Odile Fasquelle")
    arreter(intervenir(bomy, fanny), le=LUNDI)

    assert confirmer(tableau(fanny, PAUL), fanny, le=LUNDI + HEURE).organismes == 1


@pytest.mark.moteurs
def test_la_mise_en_place_que_l_administratrice_a_close_en_entrant_n_empeche_pas_l_import(fanny):
    neuve = commune()
    martine = gestes.Agent("m@bomy.example", "Martine Caron", ["administrateur"])
    gestes.accueillir(organisme=neuve, agent=martine, par=fanny, maintenant=LUNDI)
    ouvrir_le_lien(martine.courriel)

    assert confirmer(tableau(fanny, YVETTE), fanny, le=LUNDI + HEURE).agents == 1
    assert set(Intervention.objects.values_list("sorte", "cloture")) == {
        ("mise_en_place", "expiree"),
        ("en_nombre", "finie"),
    }


def test_l_assistance_expiree_que_l_ouvrier_n_a_pas_close_n_empeche_pas_l_import(bomy, fanny):
    intervenir(bomy, fanny, minutes=60)

    assert confirmer(tableau(fanny, YVETTE), fanny, le=LUNDI + HEURE).agents == 1
    assert set(Intervention.objects.values_list("sorte", "cloture", "close_le")) == {
        ("assistance", "expiree", LUNDI + HEURE),
        ("en_nombre", "finie", LUNDI + HEURE),
    }


def test_deux_mille_lignes_dont_trente_fausses_se_relisent_vite_et_se_disent_toutes(bomy, fanny):
    bonnes = [
        f"{SIRET};Nom{rang};Prénom;agent{rang}@bomy.example;lecteur;Mairie" for rang in range(1_970)
    ]
    fausses = [f"{SIRET};Nom;Prénom;faux{rang};lecteur;" for rang in range(30)]
    depose = tableau(fanny, *bonnes, *fausses)

    debut = time.perf_counter()
    prevu = apercu(depose)
    assert (len(prevu.entrees), len(prevu.erreurs)) == (1_970, 30)
    assert time.perf_counter() - debut < 3


def test_ce_qui_existe_ailleurs_ne_gene_pas(bomy, fanny):
    en_service(SIRET_VOISIN, "Commune d'Azincourt", "Odile Fasquelle")
    gestes.donner(
        intervenir(bomy, fanny),
        gestes.Agent("y@bomy.example", "Yvette", ["lecteur"]),
        par=fanny,
        maintenant=LUNDI,
    )
    ligne = f"{SIRET_VOISIN};;;y@bomy.example;lecteur;Voirie"

    assert confirmer(tableau(fanny, ligne), fanny).agents == 1
    assert Ecriture.objects.filter(acte="agents.importer").count() == 1


def test_a_l_ecran_on_depose_on_relit_et_on_dit_pourquoi(bomy, fanny):
    client = connecter(Client(), fanny)
    tableau_lu = SimpleUploadedFile("agents.csv", f"{ENTETE}\n{YVETTE}".encode())
    relire = client.post("/cdg/comptes/importer/", {"tableau": tableau_lu}).url
    apercu_lu = client.get(relire).content.decode()
    assert "À ouvrir" in apercu_lu and "Adresse non confirmée" in apercu_lu

    empreinte = apercu(ImportDAgents.objects.get()).empreinte
    sans_motif = client.post(relire, {"empreinte": empreinte, "motif": ""})
    assert sans_motif.status_code == 422 and not Intervention.objects.exists()
    assert client.post(relire, {"empreinte": empreinte, "motif": RAISON.motif}).status_code == 302
    assert Intervention.objects.get().motif == RAISON.motif


def test_a_l_ecran_une_faute_se_lit_avec_sa_ligne_et_rien_ne_se_confirme(bomy, fanny):
    depose = tableau(fanny, YVETTE, f"{SIRET};Duval;Paul;paul@bomy.example;chef;")

    page = (
        connecter(Client(), fanny)
        .get(f"/cdg/comptes/importer/{depose.reference}/")
        .content.decode()
    )
    assert (
        "« chef » n’est pas un rôle" in page.replace("\N{NO-BREAK SPACE}", " ")
        and "Confirmer l’import" not in page
    )
