"""Un rôle va à qui lit l'adresse où on le donne : ce qu'un inconnu essaie, et ce qui attend."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from beffroi.personnes.comptes import liens
from beffroi.personnes.comptes import queries as comptes
from beffroi.personnes.comptes.events import AdresseProuvee
from beffroi.personnes.comptes.models import PersonneAttendue, PreuveDAdresse
from beffroi.personnes.comptes.tests.personnes import (
    LUNDI,
    MOT_DE_PASSE,
    avec_second_facteur,
    connecter,
    ouvrir_le_lien,
    personne,
)
from beffroi.personnes.organismes import queries, services, taches
from beffroi.personnes.organismes.models import Habilitation, HabilitationEnAttente, Organisme
from beffroi.socle.fondations import horloge
from beffroi.socle.fondations.erreurs import ConflitEtat, Introuvable, RegleEnfreinte
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.models import Ecriture
from beffroi.socle.journal.relecture_des_lignes import fautes_des_lignes

pytestmark = pytest.mark.django_db
TESTVILLE, VOISINE = "21620155800014", "21620053500013"
DGS = "dgs2@testville.example"
MARDI = LUNDI + timedelta(days=1)


@pytest.fixture
def testville() -> Organisme:
    return services.creer_organisme(
        nom="Commune de Testville", siret=TESTVILLE, par=PLATEFORME, maintenant=LUNDI
    )


def donner(organisme: Organisme, *roles: str, courriel: str = DGS, le=LUNDI):
    return services.accueillir_agent(
        organisme=organisme,
        courriel=courriel,
        nom="Jeanne Duval",
        roles=roles or ("administrateur",),
        par=PLATEFORME,
        maintenant=le,
    )


def confirmer(client: Client, courriel: str) -> None:
    """Suit le lien de confirmation envoyé à cette adresse."""
    adresse = EmailAddress.objects.get(email=courriel)
    client.post(reverse("account_confirm_email", args=[EmailConfirmationHMAC(adresse).key]))


# ---------------------------------------------------------------- ce qu'un inconnu essaie


def test_un_compte_ouvert_d_avance_a_l_adresse_ne_recoit_rien(testville):
    intrus = personne("Intrus", courriel=DGS, verifiee=False)

    donner(testville)

    assert not queries.est_agent(intrus, LUNDI)
    assert not Habilitation.objects.exists()
    assert connecter(Client(), intrus).get(f"/organisme/{TESTVILLE}/").status_code == 404


def test_changer_d_adresse_n_emporte_pas_le_role(testville):
    """Le chemin d'origine : s'inscrire, recevoir le rôle, prendre une autre adresse, entrer."""
    intrus = personne("Intrus", courriel=DGS, verifiee=False)
    donner(testville)
    client = connecter(Client(), intrus)

    client.post("/compte/adresse/", {"action_add": "", "email": "evil@evil.example"})
    confirmer(client, "evil@evil.example")

    intrus.refresh_from_db()
    assert intrus.courriel == "evil@evil.example" and comptes.adresse_prouvee(intrus)
    assert not queries.est_agent(intrus, horloge.maintenant())
    assert HabilitationEnAttente.objects.get().attendue.courriel == DGS


def test_la_vraie_personne_entre_par_son_lien_et_l_intrus_n_y_est_plus(testville):
    intrus = personne("Intrus", courriel=DGS, verifiee=False)
    seance = connecter(Client(), intrus)
    donner(testville)

    vraie = ouvrir_le_lien(DGS, le=MARDI)

    assert queries.habilitation_dans(vraie, testville, MARDI).roles == ["administrateur"]
    assert not vraie.check_password("quatre mots bien choisis d'un autre")
    assert seance.get("/compte/securite/").status_code == 302
    assert not HabilitationEnAttente.objects.exists() and not PersonneAttendue.objects.exists()


def test_l_adresse_rendue_par_l_intrus_ouvre_un_compte_neuf_a_la_vraie_personne(testville):
    intrus = personne("Intrus", courriel=DGS, verifiee=False)
    client = connecter(Client(), intrus)
    client.post("/compte/adresse/", {"action_add": "", "email": "evil@evil.example"})
    confirmer(client, "evil@evil.example")
    donner(testville)

    vraie = ouvrir_le_lien(DGS, le=MARDI)

    assert vraie != intrus and queries.est_agent(vraie, MARDI)


def test_la_vraie_personne_qui_suit_la_confirmation_de_l_intrus_ne_lui_donne_rien(testville):
    intrus = personne("Intrus", courriel=DGS, verifiee=False)
    donner(testville)

    confirmer(Client(), DGS)

    assert not comptes.adresse_prouvee(intrus) and not Habilitation.objects.exists()


def test_prendre_une_adresse_invitee_demande_de_la_lire(testville):
    """Un compte prouvé demande l'adresse d'un autre : tant qu'il ne la lit pas, rien."""
    donner(testville)
    intrus = personne("Intrus", courriel="evil@evil.example")
    client = connecter(Client(), intrus)

    client.post("/compte/adresse/", {"action_add": "", "email": DGS})

    intrus.refresh_from_db()
    assert intrus.courriel == "evil@evil.example"
    assert not queries.est_agent(intrus, horloge.maintenant())


def test_la_base_refuse_un_role_ecrit_sans_preuve(testville):
    intrus = personne("Intrus", verifiee=False)

    with pytest.raises(DatabaseError, match="adresse n'est pas prouvée"), transaction.atomic():
        Habilitation.objects.create(
            organisme=testville, utilisateur=intrus, roles=["administrateur"], depuis_le=LUNDI
        )


def test_la_base_refuse_de_passer_un_role_a_un_compte_sans_preuve(testville):
    tenue = donner(testville, courriel=personne("Jeanne Duval").courriel)
    intrus = personne("Intrus", verifiee=False)

    with pytest.raises(DatabaseError, match="adresse n'est pas prouvée"), transaction.atomic():
        Habilitation.objects.filter(pk=tenue.pk).update(utilisateur=intrus)


def test_le_service_qui_habilite_refuse_un_compte_sans_preuve_et_dit_pourquoi(testville):
    with pytest.raises(RegleEnfreinte, match="n'est pas confirmée"):
        services.habiliter(
            organisme=testville,
            utilisateur=personne("Intrus", verifiee=False),
            roles=["lecteur"],
            par=PLATEFORME,
            maintenant=LUNDI,
        )


def test_une_preuve_ajoutee_a_la_main_se_voit_a_la_relecture(testville):
    """Qui écrit la base peut prouver l'adresse d'un autre : le journal, lui, n'en sait rien."""
    intrus = personne("Intrus", verifiee=False)
    PreuveDAdresse._base_manager.bulk_create(
        [PreuveDAdresse(utilisateur=intrus, courriel=intrus.courriel, le=LUNDI)]
    )

    assert ("cette ligne n'est pas au journal") in {faute for faute, _ in fautes_des_lignes()}


# ---------------------------------------------------------------- ce qui attend


def test_une_adresse_prouvee_recoit_son_role_aussitot(testville):
    jeanne = personne("Jeanne Duval")

    donner(testville, courriel=jeanne.courriel)

    assert queries.est_agent(jeanne, LUNDI)
    assert "/invitation/" not in Courriel.objects.get().texte


def test_le_courriel_dit_que_le_role_attend_et_donne_le_lien(testville):
    donner(testville, "lecteur")

    texte = Courriel.objects.get(destinataire=DGS).texte
    assert "Ce rôle attend" in texte and "/compte/invitation/A-" in texte


def test_deux_organismes_attendent_la_meme_adresse_un_seul_lien_les_prouve(testville):
    voisine = services.creer_organisme(
        nom="Voisine", siret=VOISINE, par=PLATEFORME, maintenant=LUNDI
    )
    donner(testville, "lecteur")
    donner(voisine, "redacteur")

    jeanne = ouvrir_le_lien(DGS, le=MARDI)

    tenus = {une.organisme: une.roles for une in queries.habilitations_en_cours(jeanne, MARDI)}
    assert tenus == {testville: ["lecteur"], voisine: ["redacteur"]}


def test_redonner_des_roles_a_une_adresse_qui_attend_les_remplace(testville):
    donner(testville, "lecteur")
    donner(testville, "redacteur", le=MARDI)

    assert HabilitationEnAttente.objects.get().roles == ["redacteur"]


def test_confirmer_son_adresse_dans_sa_seance_donne_ce_qui_attendait(testville):
    jeanne = personne("Jeanne Duval", courriel=DGS, verifiee=False)
    donner(testville, "lecteur")

    confirmer(connecter(Client(), jeanne), DGS)

    assert queries.est_agent(jeanne, horloge.maintenant())


def test_un_role_deja_tenu_s_ajoute_a_celui_qui_attendait(testville):
    """Elle change d'adresse pour celle que son organisme avait écrite par erreur."""
    jeanne = personne("Jeanne Duval")
    donner(testville, "administrateur", courriel=jeanne.courriel)
    donner(testville, "redacteur")
    client = connecter(Client(), jeanne)

    client.post("/compte/adresse/", {"action_add": "", "email": DGS})
    confirmer(client, DGS)

    roles = queries.habilitation_dans(jeanne, testville, horloge.maintenant()).roles
    assert roles == ["administrateur", "redacteur"]


def test_annuler_fait_mourir_le_lien_et_oublie_l_adresse(testville):
    attente = donner(testville)
    jeton = liens.jeton(attente.attendue, le=LUNDI)

    services.annuler_l_attente(attente=attente, par=PLATEFORME, maintenant=MARDI)

    assert not PersonneAttendue.objects.exists()
    assert Ecriture.objects.filter(acte="habilitation.annuler_l_attente").exists()
    with pytest.raises(Introuvable, match="annulé"):
        liens.personne_attendue(attente.attendue.reference, jeton, le=MARDI)
    with pytest.raises(ConflitEtat, match="n'attendent plus"):
        services.annuler_l_attente(attente=attente, par=PLATEFORME, maintenant=MARDI)


def test_annuler_chez_l_un_laisse_ce_qui_attend_chez_l_autre(testville):
    voisine = services.creer_organisme(
        nom="Voisine", siret=VOISINE, par=PLATEFORME, maintenant=LUNDI
    )
    annulee = donner(testville)
    donner(voisine, "lecteur")

    services.annuler_l_attente(attente=annulee, par=PLATEFORME, maintenant=MARDI)
    jeanne = ouvrir_le_lien(DGS, le=MARDI)

    assert [une.organisme for une in queries.habilitations_en_cours(jeanne, MARDI)] == [voisine]


@pytest.mark.moteurs
def test_une_base_d_avant_suspend_les_roles_sans_preuve_une_seule_fois(testville):
    jeanne = personne("Jeanne Duval", courriel=DGS)
    donner(testville, "redacteur", "valideur")
    PreuveDAdresse.objects.all().delete()
    Courriel.objects.all().delete()

    assert services.suspendre_les_roles_sans_preuve(maintenant=MARDI) == 1
    assert services.suspendre_les_roles_sans_preuve(maintenant=MARDI) == 0
    assert not queries.est_agent(jeanne, MARDI) and queries.est_agent(jeanne, LUNDI)
    assert "/compte/invitation/" in Courriel.objects.get(destinataire=DGS).texte

    ouvrir_le_lien(DGS, le=MARDI)
    assert queries.habilitation_dans(jeanne, testville, MARDI).roles == ["redacteur", "valideur"]


def test_beaucoup_d_agents_attendent_ou_entrent_selon_leur_adresse(testville):
    jeanne = personne("Jeanne Duval")
    accueils = [
        services.Accueil(courriel, nom, "", ["lecteur"], "")
        for courriel, nom in ((jeanne.courriel, "Jeanne Duval"), (DGS, "Un autre"))
    ]

    services.accueillir_en_nombre(
        organisme=testville, accueils=accueils, par=PLATEFORME, maintenant=LUNDI
    )

    assert [une.utilisateur for une in Habilitation.objects.all()] == [jeanne]
    assert [une.attendue.courriel for une in HabilitationEnAttente.objects.all()] == [DGS]


# ---------------------------------------------------------------- les écrans


@pytest.fixture
def administration(testville) -> Client:
    martine = avec_second_facteur(personne("Martine Caron"))
    donner(testville, courriel=martine.courriel)
    return connecter(Client(), martine)


AGENTS = f"/organisme/{TESTVILLE}/"


def test_l_administrateur_lit_avant_le_bouton_que_le_role_peut_attendre(administration):
    page = administration.get(f"{AGENTS}agents/habiliter/").content.decode()

    assert "n'est pas confirmée, les rôles attendent" in page.replace("’", "'")


def test_le_role_en_attente_se_lit_se_relance_et_s_annule(administration, testville):
    saisie = {"courriel": DGS, "nom": "Jeanne Duval", "roles": ["lecteur"]}
    page = administration.post(f"{AGENTS}agents/habiliter/", saisie, follow=True)
    assert "Ces rôles attendent Jeanne Duval" in page.content.decode()
    assert "Adresse non confirmée" in page.content.decode()

    ici = f"{AGENTS}agents/{HabilitationEnAttente.objects.get().reference}/"
    administration.post(f"{ici}inviter/")
    assert Courriel.objects.filter(destinataire=DGS).count() == 2

    assert "ne donnera plus rien ici" in administration.get(f"{ici}annuler/").content.decode()
    administration.post(f"{ici}annuler/")
    assert not HabilitationEnAttente.objects.exists()


def test_le_role_en_attente_d_un_autre_organisme_est_introuvable(administration):
    voisine = services.creer_organisme(
        nom="Voisine", siret=VOISINE, par=PLATEFORME, maintenant=LUNDI
    )
    ailleurs = donner(voisine)

    for acte in ("inviter", "annuler"):
        chemin = f"{AGENTS}agents/{ailleurs.reference}/{acte}/"
        assert administration.post(chemin).status_code == 404


def test_le_lien_suivi_en_entier_mene_au_second_facteur(testville):
    donner(testville, le=horloge.maintenant())
    lien = next(m for m in Courriel.objects.get().texte.split() if "/invitation/" in m)
    client = Client()

    suite = client.post(lien, {"mot_de_passe": MOT_DE_PASSE}, follow=True)

    assert suite.redirect_chain[-1][0] == "/compte/securite/"
    assert "Il vous faut un second facteur" in suite.content.decode()


# ---------------------------------------------------------------- trois mois après


TROIS_MOIS_APRES = LUNDI + timedelta(days=90)


def test_un_role_que_personne_n_a_pris_ne_va_pas_a_qui_recoit_l_adresse_ensuite(testville):
    """Le successeur qui s'inscrit à cette adresse la prouve ; le rôle n'était pas pour lui."""
    donner(testville)
    successeur = personne("Successeur", courriel=DGS, verifiee=False)

    services.accorder_ce_qui_attendait(AdresseProuvee(successeur, TROIS_MOIS_APRES))

    assert not queries.est_agent(successeur, TROIS_MOIS_APRES)


@pytest.mark.moteurs
def test_la_ronde_oublie_le_role_et_l_ecrit_aux_administrateurs(testville):
    donner(testville, courriel="adm@testville.example")
    administratrice = ouvrir_le_lien("adm@testville.example", le=MARDI)
    donner(testville, "redacteur", le=MARDI)

    taches.oublier_les_attentes(MARDI + timedelta(days=90))

    assert not HabilitationEnAttente.objects.exists() and not PersonneAttendue.objects.exists()
    ecrit = Courriel.objects.get(sujet="Commune de Testville : un rôle n'a pas été pris")
    assert ecrit.destinataire == administratrice.courriel and DGS in ecrit.texte


def test_renvoyer_le_lien_rend_trois_mois_au_role(testville):
    attente = donner(testville)
    services.renvoyer_le_lien(
        attente=attente, par=PLATEFORME, maintenant=LUNDI + timedelta(days=80)
    )

    taches.oublier_les_attentes(TROIS_MOIS_APRES)

    assert HabilitationEnAttente.objects.get() == attente
