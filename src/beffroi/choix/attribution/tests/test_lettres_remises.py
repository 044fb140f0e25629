"""Une lettre remise sur papier porte son jour avant de partir ;
une concession dit aussi combien elle attend.
"""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from beffroi.choix.attribution import redaction, services
from beffroi.choix.attribution.models import Lettre
from beffroi.choix.attribution.rules.lettres import champ_du_jour
from beffroi.choix.attribution.rules.regimes import Regime
from beffroi.choix.attribution.services import Relecture
from beffroi.choix.attribution.tests.scene import DECISION_LE, envoyer, lettre_a, relire_tout
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.socle.fondations.erreurs import RegleEnfreinte

pytestmark = pytest.mark.django_db
JOUR, REMISE = "31 janvier 2027", date(2027, 1, 15)


def relire(ouvert, lettre, *, texte="", le=DECISION_LE, postee_le=REMISE):
    relecture = Relecture(
        texte or lettre.texte, Lettre.Voie.AUTRE, postee_le, "Remise en main propre"
    )
    return services.relire(lettre=lettre, relecture=relecture, par=ouvert.martine, maintenant=le)


@pytest.fixture
def a_remettre(ouvert):
    ouvert.attribuer()
    relire_tout(ouvert)
    return ouvert, lettre_a(ouvert, 1)


@pytest.mark.article("CCP", "R. 2181-3")
@pytest.mark.article("CCP", "R. 2182-1")
def test_la_lettre_remise_porte_son_jour_avant_l_envoi(a_remettre):
    ouvert, lettre = a_remettre

    remise = relire(ouvert, lettre)

    assert f"avant le {JOUR}" in remise.texte and champ_du_jour(None) not in remise.texte
    envoyer(ouvert)
    assert Lettre.objects.get(pk=lettre.pk).texte == remise.texte


def test_tant_que_son_jour_n_est_pas_dit_la_place_reste_vide(a_remettre):
    ouvert, lettre = a_remettre

    assert champ_du_jour(None) in relire(ouvert, lettre, postee_le=None).texte


def test_un_autre_jour_de_signature_se_refuse(a_remettre):
    ouvert, lettre = a_remettre
    faux = lettre.texte.replace(champ_du_jour(None), "20 janvier 2027")

    with pytest.raises(RegleEnfreinte, match=JOUR):
        relire(ouvert, lettre, texte=faux)


def test_si_l_envoi_tarde_la_lettre_deja_remise_ne_dit_plus_le_bon_jour(a_remettre):
    """Les lettres de la messagerie partent une semaine après :
    l'attente finit plus tard que ce que le papier annonce.
    """
    ouvert, lettre = a_remettre
    relire(ouvert, lettre)
    tard = DECISION_LE + timedelta(days=7)

    with pytest.raises(RegleEnfreinte, match=r"ne dit pas le jour .*, le 2 février 2027"):
        envoyer(ouvert, le=tard)
    reprise = Lettre.objects.get(pk=lettre.pk)
    relire(
        ouvert,
        reprise,
        texte=reprise.texte.replace(JOUR, champ_du_jour(None)),
        le=tard,
        postee_le=tard.date(),
    )
    envoyer(ouvert, le=tard)
    assert "7 février 2027" in Lettre.objects.get(pk=lettre.pk).texte


@pytest.mark.article("CCP", "R. 3125-1")
def test_une_concession_dit_la_duree_de_l_attente(ouvert, monkeypatch):
    monkeypatch.setattr(redaction, "regime_de", lambda procedure: Regime.CONCESSION)
    ouvert.attribuer()
    relire_tout(ouvert)
    lettre = lettre_a(ouvert, 1)

    assert (
        "Cette attente dure 11 jours depuis" in lettre.texte
        and "16 jours si une lettre part autrement" in lettre.texte
    )
    efface = Relecture(lettre.texte.replace("11 jours", "quelques jours"))
    with pytest.raises(RegleEnfreinte, match="la durée de l'attente"):
        services.relire(lettre=lettre, relecture=efface, par=ouvert.martine, maintenant=DECISION_LE)


def test_un_marche_ne_dit_pas_de_duree(ouvert):
    ouvert.attribuer()
    relire_tout(ouvert)

    assert "Cette attente dure" not in lettre_a(ouvert, 1).texte


def test_la_page_montre_la_lettre_a_imprimer(a_remettre, client):
    ouvert, lettre = a_remettre
    remise = relire(ouvert, lettre)
    adresse = reverse("attribution:lettre", args=(ouvert.consultation.reference, remise.reference))
    with time_machine.travel(DECISION_LE, tick=False):
        page = connecter(client, ouvert.martine).get(adresse).content.decode()

    assert "La lettre à remettre" in page and JOUR in page
