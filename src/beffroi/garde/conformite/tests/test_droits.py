"""Exercer ses droits sur ses données : la demande, le mois, la réponse motivée,
l'effacement ; et ce que tous lisent.
"""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client

from beffroi.centre.interventions.tests.theatre import agent, centre
from beffroi.garde.conformite import courriels, taches
from beffroi.garde.conformite.models import DemandeDeDroit
from beffroi.garde.conformite.rules.droits import VIE_APRES_LA_REPONSE
from beffroi.garde.conformite.services.droits import (
    Saisie,
    confirmer,
    demander,
    effacer_les_echues,
    prolonger,
    repondre,
)
from beffroi.personnes.comptes.tests.personnes import LUNDI, connecter, personne
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.journal.models import Ecriture

pytestmark = pytest.mark.django_db
TEXTE = "Que savez-vous de moi depuis mon élection ?"
SAISIE = Saisie("acces", TEXTE, "Odile Roux", "odile@roux.example", "k")
EXERCER, AU_CENTRE = "/donnees-personnelles/exercer-vos-droits/", "/cdg/conformite/demandes/"
CHAMPS = {
    "droit": "acces",
    "texte": TEXTE,
    "nom": "Odile Roux",
    "courriel": "odile@roux.example",
    "cle": "k" * 32,
}


@pytest.fixture(autouse=True)
def essais_oublies():
    cache.clear()


@pytest.fixture
def claire():
    return agent(centre(), "Claire Juriste", "juriste")


@pytest.fixture
def demande():
    return confirmer(demande=demander(SAISIE, compte=None, maintenant=LUNDI), maintenant=LUNDI)


def page(reponse) -> str:
    return " ".join(reponse.content.decode().replace("\N{NO-BREAK SPACE}", " ").split())


def test_sans_compte_la_demande_dit_son_dernier_jour_par_courriel():
    reponse = Client().post(EXERCER, CHAMPS, follow=True)

    demande, parti = DemandeDeDroit.objects.get(), Courriel.objects.get()
    assert "Votre demande est envoyée" in page(reponse) and demande.reference not in page(reponse)
    assert parti.destinataire == "odile@roux.example" and demande.reference in parti.sujet
    assert courriels.jeton_de(demande) in parti.texte and demande.compte is None
    assert demande.est_a_confirmer and "Confirmez" in parti.sujet


def test_avec_un_compte_le_nom_est_deja_la():
    sophie = personne()
    client = connecter(Client(), sophie)
    assert 'value="Sophie Merlin"' in client.get(EXERCER).content.decode()
    client.post(EXERCER, CHAMPS | {"courriel": sophie.courriel})
    assert (DemandeDeDroit.objects.get().compte, DemandeDeDroit.objects.get().etat) == (
        sophie,
        "recue",
    )


def test_un_compte_qui_donne_l_adresse_d_un_autre_ou_non_confirmee_ne_confirme_rien():
    sophie, tom = personne(), personne("Tom", verifiee=False)
    for compte, courriel in ((sophie, "odile@roux.example"), (tom, tom.courriel)):
        saisie = Saisie("acces", TEXTE, compte.nom, courriel, courriel)
        assert demander(saisie, compte=compte, maintenant=LUNDI).est_a_confirmer


def d_un_inconnu(n: int) -> DemandeDeDroit:
    return demander(
        Saisie("effacement", TEXTE, "?", "ODILE@roux.example", f"i{n}"),
        compte=None,
        maintenant=LUNDI,
    )


def test_un_inconnu_n_use_pas_les_demandes_d_un_autre():
    for n in range(20):
        d_un_inconnu(n)
    assert Courriel.objects.count() == 3

    sienne = demander(SAISIE, compte=None, maintenant=LUNDI)
    recu = (
        f"/donnees-personnelles/suivre/{courriels.jeton_de(DemandeDeDroit.objects.earliest('pk'))}/"
    )
    adresse = f"/donnees-personnelles/suivre/{courriels.jeton_de(sienne)}/"
    assert adresse in Client().get(recu).content.decode()
    reponse = Client().post(adresse, follow=True)
    assert "Réponse au plus tard le 2 décembre 2026" in page(reponse)
    assert Courriel.objects.filter(sujet__contains="est reçue").count() == 1


def test_lire_le_lien_ne_confirme_rien_et_le_centre_attend(claire):
    demande = demander(SAISIE, compte=None, maintenant=LUNDI)
    lue = page(Client().get(f"/donnees-personnelles/suivre/{courriels.jeton_de(demande)}/"))
    assert "Confirmer ma demande" in lue and TEXTE in lue and "Odile Roux" not in lue
    with time_machine.travel(LUNDI, tick=False):
        client = connecter(Client(), claire)
        assert client.get(f"{AU_CENTRE}{demande.reference}/").status_code == 404
        assert demande.reference not in page(client.get(AU_CENTRE))


def test_la_sixieme_confirmee_attend_une_reponse():
    for n in range(5):
        confirmer(demande=d_un_inconnu(n), maintenant=LUNDI)
    sixieme = d_un_inconnu(6)

    reponse = Client().post(f"/donnees-personnelles/suivre/{courriels.jeton_de(sixieme)}/")
    assert reponse.status_code == 422 and "déjà 5 demandes en cours" in page(reponse)
    sixieme.refresh_from_db()
    assert sixieme.est_a_confirmer


def test_le_lendemain_un_lien_repart():
    for n in range(4):
        d_un_inconnu(n)
    demander(SAISIE, compte=None, maintenant=LUNDI + timedelta(days=1))
    assert Courriel.objects.count() == 4


@pytest.mark.moteurs
def test_sans_confirmation_en_sept_jours_il_ne_reste_que_l_acte():
    demande = demander(SAISIE, compte=None, maintenant=LUNDI)
    taches.conserver(LUNDI + timedelta(days=7))
    demande.refresh_from_db()
    assert demande.est_a_confirmer

    taches.conserver(LUNDI + timedelta(days=7, seconds=1))
    demande.refresh_from_db()
    assert (demande.etat, demande.nom, demande.courriel, demande.texte) == ("oubliee", "", "", "")
    assert "pas été confirmée" in page(
        Client().get(f"/donnees-personnelles/suivre/{courriels.jeton_de(demande)}/")
    )


@pytest.mark.parametrize(
    "faute", [{"texte": "  "}, {"courriel": "nulle part"}, {"droit": "autre"}, {"nom": ""}]
)
def test_une_demande_fautive_revient_avec_ce_qui_est_tape(faute):
    reponse = Client().post(EXERCER, CHAMPS | faute)
    assert reponse.status_code == 422 and not DemandeDeDroit.objects.exists()


def test_un_second_clic_n_en_fait_pas_une_seconde(demande):
    assert demander(SAISIE, compte=None, maintenant=LUNDI) == confirmer(
        demande=demande, maintenant=LUNDI
    )
    assert (DemandeDeDroit.objects.count(), Courriel.objects.count()) == (1, 2)


def test_le_registre_garde_l_acte_sans_nom_ni_texte(demande, claire):
    prolonger(demande=demande, motif="Trois ans d'archives à relire.", par=claire, maintenant=LUNDI)
    repondre(demande=demande, decision="faite", reponse="Voici tout.", par=claire, maintenant=LUNDI)

    actes = Ecriture.objects.filter(sujet=demande.reference).order_by("numero")
    assert [acte.acte.rpartition(".")[2] for acte in actes] == [
        "recevoir",
        "confirmer",
        "prolonger",
        "repondre",
    ]
    ecrit = " ".join(acte.contenu for acte in actes)
    assert not any(
        mot in ecrit for mot in ("Odile", "odile@", "élection", "Voici tout", "Trois ans")
    )


@pytest.mark.moteurs
def test_prolonger_donne_trois_mois_et_dit_pourquoi(demande, claire):
    assert demande.repondre_avant == date(2026, 12, 2)
    prolongee = prolonger(
        demande=demande, motif="Trois ans d'archives.", par=claire, maintenant=LUNDI
    )
    assert prolongee.repondre_avant == date(2027, 2, 2)
    assert "Trois ans d'archives." in Courriel.objects.latest("pk").texte
    with pytest.raises(RegleEnfreinte, match="déjà prolongée"):
        prolonger(demande=demande, motif="Encore.", par=claire, maintenant=LUNDI)


def test_passe_un_mois_on_ne_prolonge_plus(demande, claire):
    with pytest.raises(RegleEnfreinte, match="2 décembre 2026"):
        prolonger(demande=demande, motif="Tard.", par=claire, maintenant=LUNDI + timedelta(days=31))


def test_un_refus_part_motive_et_dit_qui_saisir(demande, claire):
    with time_machine.travel(LUNDI, tick=False):
        client = connecter(Client(), claire)
        adresse = f"{AU_CENTRE}{demande.reference}/"
        assert client.post(adresse, {"decision": "refusee", "reponse": ""}).status_code == 422
        client.post(
            adresse,
            {"decision": "refusee", "reponse": "Une réponse déposée est une archive publique."},
        )

    parti = Courriel.objects.latest("pk").texte
    assert "C'est refusé." in parti and "archive publique" in parti and "CNIL" in parti
    suivi = page(Client().get(f"/donnees-personnelles/suivre/{courriels.jeton_de(demande)}/"))
    assert "archive publique" in suivi and "CNIL" in suivi


def test_la_base_refuse_une_reponse_sans_decision(demande):
    with pytest.raises(IntegrityError), transaction.atomic():
        DemandeDeDroit.objects.filter(pk=demande.pk).update(etat="repondue")


@pytest.mark.moteurs
def test_deux_ans_apres_il_ne_reste_que_l_acte(demande, claire):
    repondre(demande=demande, decision="faite", reponse="Voici tout.", par=claire, maintenant=LUNDI)
    assert effacer_les_echues(le=LUNDI + VIE_APRES_LA_REPONSE) == 0
    taches.conserver(LUNDI + VIE_APRES_LA_REPONSE + timedelta(days=1))
    demande.refresh_from_db()
    assert (demande.nom, demande.courriel, demande.texte, demande.reponse) == ("", "", "", "")
    assert effacer_les_echues(le=LUNDI + VIE_APRES_LA_REPONSE + timedelta(days=2)) == 0


def test_un_lien_altere_ne_montre_rien(demande):
    jeton = courriels.jeton_de(demande)
    assert Client().get(f"/donnees-personnelles/suivre/{jeton}x/").status_code == 404


def test_les_durees_affichees_sont_celles_du_registre():
    publique, registre = (
        page(Client().get("/donnees-personnelles/")),
        page(Client().get("/conformite/registre-des-traitements/")),
    )
    assert "365 jours, puis effacement" in publique and "365 jours, puis effacement" in registre


def test_la_clause_publique_ne_montre_aucun_champ_vide():
    lue = page(Client().get("/conformite/sous-traitance/"))
    assert (
        "que sur instruction écrite de l’adhérent" in lue
        and "{" not in lue.partition("<main")[2].partition("</main")[0]
    )


def test_la_clause_publique_ne_laisse_aucun_titre_seul():
    titres = re.findall(r"<h2>(.*?)</h2>", page(Client().get("/conformite/sous-traitance/")))

    assert titres == [
        "Objet du traitement",
        "Engagements du centre de gestion",
        "Engagements de l’adhérent",
        "La vôtre",
    ]
