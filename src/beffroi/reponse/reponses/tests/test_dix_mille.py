"""La plus grosse réponse annoncée : dix mille fichiers.

Ses écrans restent courts, son dépôt reste une demande.
"""

import html
import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from beffroi.reponse.depots import limits
from beffroi.reponse.depots.models import FichierScelle, PartieRecue, Pli
from beffroi.reponse.depots.rules import EnveloppeAnnoncee
from beffroi.reponse.depots.tests import factories
from beffroi.reponse.depots.tests.factories import LIMITE, VEILLE
from beffroi.reponse.reponses.extraits import PREMIERS
from beffroi.socle.fondations.erreurs import LimiteDepassee
from beffroi.socle.fondations.stockage import nouvelle_cle
from tests.semis import plante

pytestmark = pytest.mark.django_db

# Dix mille fichiers ne coûtent pas dix mille lectures : le temps, lui, se mesure par le banc.
LECTURES_AU_PLUS = 80


@pytest.fixture
def reponse(faitage):
    return plante("réponse pleine", lambda: reponse_pleine(faitage), le=VEILLE)


def reponse_pleine(faitage):
    """Tout entière reçue."""
    brouillon = faitage.commence()
    scelle = factories.sceller(b"x")
    champs = {
        "brouillon": brouillon,
        "enveloppe": "offre",
        "taille": len(scelle.octets),
        "taille_claire": 1,
        "commence_le": VEILLE,
        "termine_le": VEILLE,
        "etat": FichierScelle.Etat.TERMINE,
        "racine": scelle.racine,
        "sha256_declare": scelle.sha256,
    }
    FichierScelle.objects.bulk_create(
        FichierScelle(
            nom=f"plan d'étage n° {rang}.pdf", cle_de_stockage=nouvelle_cle("scelles"), **champs
        )
        for rang in range(limits.FICHIERS_PAR_REPONSE)
    )
    partie = scelle.partie(1)
    PartieRecue.objects.bulk_create(
        PartieRecue(
            fichier=fichier, numero=1, taille=partie.taille, sha256=partie.sha256, recue_le=VEILLE
        )
        for fichier in brouillon.fichiers.all()
    )
    return brouillon


def test_les_ecrans_montrent_le_debut_et_disent_le_reste(client, faitage, reponse):
    client.force_login(faitage.personne)

    for ecran in ("pieces/offre/", "verifier/"):
        page = html.unescape(client.get(f"/reponses/{reponse.reference}/{ecran}").content.decode())
        assert page.count('data-fichier="') == PREMIERS
        assert "9 900 autres fichiers" in page.replace("\N{NO-BREAK SPACE}", " ")
        donnees = page.split('id="donnees-de-la-reponse" type="application/json">')[1].split(
            "</script>"
        )[0]
        assert len(json.loads(donnees)["fichiers"]) == limits.FICHIERS_PAR_REPONSE

    entiere = client.get(f"/reponses/{reponse.reference}/verifier/?entier").content
    assert entiere.count(b'data-fichier="') == limits.FICHIERS_PAR_REPONSE


@pytest.mark.moteurs
def test_le_depot_les_prend_tous_en_quelques_lectures(faitage, reponse):
    manifeste = faitage.envoie(reponse, "offre", None, limits.NOM_DU_MANIFESTE, b"{}")
    fichiers = reponse.fichiers.exclude(pk=manifeste.pk).values_list("reference", flat=True)
    enveloppe = EnveloppeAnnoncee(
        enveloppe="offre",
        lot=None,
        fichiers=tuple(fichiers),
        manifeste=manifeste.reference,
        engagement="ab" * 32,
        empreinte="cd" * 16,
    )

    with CaptureQueriesContext(connection) as lectures:
        pli = faitage.depose_ces_enveloppes(reponse, [enveloppe], le=LIMITE - timedelta(seconds=1))

    assert len(lectures) < LECTURES_AU_PLUS
    assert (
        Pli.objects.get(pk=pli.pk).enveloppes.get().fichiers.count() == limits.FICHIERS_PAR_REPONSE
    )
    assert (
        len(json.loads(pli.accuse.contenu)["enveloppes"][0]["fichiers"])
        == limits.FICHIERS_PAR_REPONSE
    )


def test_le_fichier_de_trop_se_refuse_avec_un_conseil_utile(faitage, reponse):
    with pytest.raises(LimiteDepassee, match=r"a déjà 10.000 fichiers. Réunissez-en plusieurs"):
        faitage.envoie(reponse, "offre", None, "de trop.pdf", b"x")
