"""Ce qui échoue se compte, et fait attendre ; le bon mot de passe entre toujours."""

from contextlib import ExitStack

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from beffroi.personnes.comptes import essais, postes, queries, rules, services
from beffroi.personnes.comptes.models import EssaisManques
from beffroi.personnes.comptes.tests.personnes import LUNDI, MOT_DE_PASSE, personne
from beffroi.socle.fondations.models import Courriel

pytestmark = pytest.mark.django_db
CONNEXION, INSCRIPTION = "/compte/connexion/", "/compte/inscription/"
OUBLI = "/compte/mot-de-passe/oublie/"
SOPHIE = "sophie@atelier.example"
SAISIE = {
    "email": "kevin@atelier.example",
    "password1": MOT_DE_PASSE,
    "nom": "Kévin Masson",
    "siret": "732 829 320 00074",
    "raison_sociale": "Atelier du Faîtage",
}
FAUX = "pas le bon mot de passe"


@pytest.fixture(autouse=True)
def lundi():
    with time_machine.travel(LUNDI, tick=False) as instant:
        yield instant


@pytest.fixture(autouse=True)
def attentes(monkeypatch):
    """Les attentes demandées, sans attendre."""
    faites: list[float] = []
    monkeypatch.setattr(essais, "dormir", faites.append)
    return faites


def essayer(mot_de_passe=FAUX, *, courriel=SOPHIE, client=None, reseau="192.0.2.1", dit=""):
    """`reseau` : d'où vient la liaison ; `dit` : ce que porte X-Forwarded-For, s'il est là."""
    d_ou = {"REMOTE_ADDR": reseau} | ({"HTTP_X_FORWARDED_FOR": dit} if dit else {})
    return (client or Client()).post(
        CONNEXION, {"login": courriel, "password": mot_de_passe}, **d_ou
    )


def manquer(fois: int, **comment) -> None:
    for _ in range(fois):
        essayer(**comment)


def test_quelques_fautes_ne_coutent_rien(attentes):
    personne()

    manquer(rules.ECHECS_SANS_ATTENTE_PAR_COMPTE)

    assert attentes == []


def test_l_attente_double_et_se_borne(attentes):
    personne()

    manquer(rules.ECHECS_SANS_ATTENTE_PAR_COMPTE + 5)

    assert attentes == [1.0, 2.0, 4.0, 8.0, 8.0]


def test_le_bon_mot_de_passe_entre_apres_l_attente_et_remet_le_compte_a_zero(attentes):
    personne()
    manquer(20, reseau="198.51.100.7")
    attentes.clear()

    assert essayer(MOT_DE_PASSE).status_code == 302
    assert attentes == [rules.ATTENTE_AU_PLUS_S]
    attentes.clear()
    essayer(MOT_DE_PASSE)
    assert attentes == []


def test_soixante_formulaires_vides_n_arretent_personne(attentes):
    """Le chemin d'origine : des envois vides, puis une personne qui a le bon mot de passe."""
    personne()
    for _ in range(64):
        assert Client().post(CONNEXION, {}, REMOTE_ADDR="192.0.2.1").status_code == 200
        assert Client().post(INSCRIPTION, {}, REMOTE_ADDR="192.0.2.1").status_code != 429

    assert essayer(MOT_DE_PASSE).status_code == 302
    assert attentes == [] and not EssaisManques.objects.exists()


def test_un_reseau_qui_echoue_sur_beaucoup_de_comptes_attend_aussi(attentes):
    for rang in range(rules.ECHECS_SANS_ATTENTE_PAR_RESEAU + 1):
        essayer(courriel=f"p{rang}@atelier.example")

    assert attentes == [1.0]
    attentes.clear()
    essayer(courriel="autre@atelier.example", reseau="203.0.113.9")
    assert attentes == []


@pytest.mark.parametrize(
    ("frontaux", "dit"),
    [(2, "198.51.100.{rang}"), (3, "198.51.100.{rang}, 203.0.113.9"), (1, "inconnu-{rang}")],
    ids=["moins de deux", "moins de trois", "illisible"],
)
def test_une_adresse_qu_un_visiteur_a_pu_ecrire_ne_change_pas_de_compteur(
    frontaux, dit, attentes, settings
):
    """Une demande qui a évité un serveur frontal : ni panne, ni essais neufs à chaque mensonge."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = frontaux
    for rang in range(rules.ECHECS_SANS_ATTENTE_PAR_RESEAU + 1):
        page = essayer(courriel=f"p{rang}@atelier.example", dit=dit.format(rang=rang))
        assert page.status_code == 200

    assert attentes == [1.0]


def test_ce_qu_un_visiteur_ecrit_avant_les_serveurs_frontaux_ne_compte_pas(attentes, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for rang in range(rules.ECHECS_SANS_ATTENTE_PAR_RESEAU + 1):
        essayer(courriel=f"p{rang}@atelier.example", dit=f"198.51.100.{rang}, 203.0.113.9")

    assert attentes == [1.0]
    attentes.clear()
    essayer(courriel="autre@atelier.example", dit="198.51.100.1, 203.0.113.10")
    assert attentes == []


def test_reussir_ailleurs_ne_remet_pas_le_reseau_a_zero(attentes):
    """Sans cela, son propre compte servirait à effacer ses essais sur ceux des autres."""
    personne("Intrus", courriel="intrus@atelier.example")
    for rang in range(rules.ECHECS_SANS_ATTENTE_PAR_RESEAU):
        essayer(courriel=f"p{rang}@atelier.example")
    essayer(MOT_DE_PASSE, courriel="intrus@atelier.example")
    attentes.clear()

    essayer(courriel="encore@atelier.example")

    assert attentes == [1.0]


def test_dix_minutes_sans_echec_font_oublier(attentes, lundi):
    personne()
    manquer(8)
    attentes.clear()
    lundi.shift(rules.OUBLI_DES_ECHECS)

    essayer()

    assert attentes == []


def test_un_poste_connu_n_attend_pas_pour_l_acharnement_d_un_autre(attentes):
    personne()
    ici = Client()
    essayer(MOT_DE_PASSE, client=ici)
    ici.post("/compte/deconnexion/")
    manquer(40)
    attentes.clear()

    assert essayer(MOT_DE_PASSE, client=ici).status_code == 302
    assert attentes == []


def test_un_poste_connu_le_reste_quand_la_cle_du_service_change(attentes, settings):
    personne()
    ici = Client()
    essayer(MOT_DE_PASSE, client=ici)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "une toute autre clé"
    ici.post("/compte/deconnexion/")
    manquer(40)
    attentes.clear()

    assert essayer(MOT_DE_PASSE, client=ici).status_code == 302
    assert attentes == []


def test_un_poste_connu_n_a_pas_plus_d_essais_qu_un_autre(attentes):
    personne()
    ici = Client()
    essayer(MOT_DE_PASSE, client=ici)
    ici.post("/compte/deconnexion/")

    manquer(rules.ECHECS_SANS_ATTENTE_PAR_COMPTE + 1, client=ici)

    assert attentes == [1.0]


def test_une_marque_de_poste_forgee_ne_vaut_rien(attentes):
    personne()
    manquer(6)
    attentes.clear()
    ici = Client()
    ici.cookies[postes.nom_du_cookie()] = "forgee:marque"

    essayer(client=ici)

    assert attentes == [2.0]


def test_un_reseau_qui_s_acharne_n_occupe_pas_toutes_les_places(attentes):
    personne()
    manquer(6)
    attentes.clear()
    with ExitStack() as prises:
        for _ in range(essais.PLACES_D_ATTENTE):
            prises.enter_context(essais.salle.place("198.51.100.7"))

        assert essayer(reseau="198.51.100.7").status_code == 429
        assert essayer(MOT_DE_PASSE).status_code == 302
    assert attentes == [2.0]


def test_changer_d_adresse_dans_le_meme_prefixe_ipv6_ne_change_pas_de_reseau(attentes):
    personne()
    for rang in range(31):
        essayer(courriel=f"personne{rang}@atelier.example", reseau=f"2001:db8::{rang:x}")
    attentes.clear()

    essayer(courriel="autre@atelier.example", reseau="2001:db8::ffff")
    essayer(courriel="encore@atelier.example", reseau="2001:db8:0:1::1")
    assert attentes == [2.0]


def test_une_place_rendue_se_reprend():
    salle = essais.SalleDAttente(2, 1)
    for _ in range(5):
        with salle.place("198.51.100.7") as prise, salle.place("198.51.100.7") as seconde:
            assert prise and not seconde


def test_un_autre_processus_compte_les_memes_echecs(attentes):
    """Rien de ce que ce processus tient en mémoire n'y sert."""
    personne()
    manquer(6)
    cache.clear()
    attentes.clear()

    essayer()
    assert attentes == [2.0]


def test_la_table_ne_dit_ni_adresse_ni_reseau():
    manquer(1)

    cles = list(EssaisManques.objects.values_list("cle", flat=True))
    assert len(cles) == 2 and all(SOPHIE not in cle and "192" not in cle for cle in cles)


@pytest.mark.moteurs
def test_la_ronde_efface_ce_qui_ne_compte_plus(lundi):
    manquer(1)

    assert services.purger_les_essais(maintenant=LUNDI) == 0
    assert services.purger_les_essais(maintenant=LUNDI + rules.OUBLI_DES_ECHECS) == 2


def test_demander_beaucoup_de_liens_n_inonde_pas_une_messagerie(attentes):
    personne()

    for rang in range(rules.LIENS_PAR_ADRESSE + 3):
        reponse = Client().post(OUBLI, {"email": SOPHIE}, REMOTE_ADDR=f"192.0.2.{rang}")
        assert reponse.status_code == 302

    assert Courriel.objects.filter(destinataire=SOPHIE).count() == rules.LIENS_PAR_ADRESSE


def test_une_adresse_deja_prise_compte_et_un_formulaire_a_corriger_non():
    personne(courriel=SAISIE["email"])

    Client().post(INSCRIPTION, {**SAISIE, "email": "autre@atelier.example", "siret": "1"})
    assert not EssaisManques.objects.exists()
    Client().post(INSCRIPTION, SAISIE)

    assert EssaisManques.objects.get().nombre == 1


def test_ouvrir_des_comptes_sans_fin_ralentit(attentes):
    ici = essais.du_reseau("inscription", "127.0.0.1")
    for _ in range(rules.ECHECS_SANS_ATTENTE_PAR_RESEAU):
        services.noter_un_echec([ici.cle], maintenant=LUNDI)

    assert Client().post(INSCRIPTION, SAISIE).status_code == 302
    assert attentes == [1.0]
    assert queries.utilisateur_par_courriel(SAISIE["email"])
