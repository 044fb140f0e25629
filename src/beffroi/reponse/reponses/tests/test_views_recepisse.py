"""La page du récépissé, ses copies, le retrait."""

import hashlib
import io
import zipfile
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.reponse.depots.ce_qui_reste import ce_qui_reste_sans
from beffroi.reponse.depots.tests import factories
from beffroi.socle.fondations import horloge
from beffroi.socle.fondations.models import Courriel
from formats.mots import huit_mots

pytestmark = pytest.mark.django_db


@pytest.fixture
def candidat():
    return factories.Candidat(
        factories.consultation(limite=horloge.maintenant() + timedelta(hours=1))
    )


@pytest.fixture
def pli(candidat):
    return candidat.depose(("candidature", None), ("offre", None), le=horloge.maintenant())


@pytest.fixture
def client(candidat):
    return connecter(Client(), candidat.personne)


def page(client, nom, pli):
    reponse = client.get(reverse(f"reponses:{nom}", args=[pli.reference]))
    return reponse.content.decode().replace("\N{NO-BREAK SPACE}", " ").replace("’", "'")


@pytest.mark.article("CCP", "annexe 7, art. 2, III")
def test_le_recepisse_porte_ses_cinq_mentions_et_ses_preuves(client, pli):
    texte = page(client, "recepisse", pli)
    empreinte = hashlib.sha256(pli.accuse.contenu.encode()).digest()

    for mention in (
        pli.equipe.nom,
        pli.consultation.organisme.nom,
        pli.consultation.titre,
        pli.consultation.objet,
    ):
        assert mention.replace("’", "'") in texte
    assert "Dans les délais" in texte and "offre.pdf" in texte and "candidature.pdf" in texte
    assert all(f"<li>{mot}</li>" in texte for mot in huit_mots(empreinte))
    assert f"Écriture n° {pli.ecriture}" in texte
    assert "Jeton du service joint" in texte
    assert "Le courriel n'est qu'une copie" in texte
    assert f"<title>Récépissé {pli.reference} – " in texte


def test_les_copies_sont_celles_que_le_journal_prouve(client, pli):
    json = client.get(reverse("reponses:depot_json", args=[pli.reference])).content
    archive = client.get(reverse("reponses:recu_zip", args=[pli.reference])).content
    pdf = client.get(reverse("reponses:recepisse_pdf", args=[pli.reference]))

    assert json == pli.accuse.contenu.encode()
    assert zipfile.ZipFile(io.BytesIO(archive)).read("depot.json") == json
    assert (
        pdf.content.startswith(b"%PDF-")
        and f"{pli.reference}.pdf" in pdf.headers["Content-Disposition"]
    )


def test_un_depot_tardif_est_marque_sans_etre_refuse():
    candidat = factories.Candidat(
        factories.consultation(limite=horloge.maintenant() - timedelta(minutes=2))
    )
    pli = candidat.depose(("offre", None), le=horloge.maintenant())
    texte = page(connecter(Client(), candidat.personne), "recepisse", pli)

    # À minuit passé, la limite est de la veille : « après la limite du … ».
    assert "Hors délai" in texte
    assert "après l'heure limite" in texte or "après la limite du" in texte
    assert "ne se retire plus" in texte


def test_retirer_se_confirme_puis_se_voit(client, pli):
    confirmation = page(client, "retirer", pli)
    assert "il ne vous restera aucune réponse déposée" in confirmation
    assert "Pour l'acheteur, vous n'aurez pas répondu" in confirmation

    reponse = client.post(reverse("reponses:retirer", args=[pli.reference]))

    pli.refresh_from_db()
    assert reponse.status_code == 302 and pli.etat == "retire"
    assert "Cette réponse est retirée" in page(client, "recepisse", pli)


def test_un_depot_remplace_ne_revit_pas_quand_le_suivant_est_retire(client, candidat, pli):
    """Aucun écran ne le dit encore valable : l'entreprise se croirait candidate."""
    places = [(enveloppe.sorte, enveloppe.lot) for enveloppe in pli.enveloppes.all()]
    suivant = candidat.depose(*places, le=horloge.maintenant(), brouillon=pli.brouillon)
    client.post(reverse("reponses:retirer", args=[suivant.reference]))

    mes_reponses = client.get(reverse("reponses:mes_reponses")).content.decode().replace("’", "'")

    assert "Rien n'est déposé pour cette réponse" in mes_reponses
    assert "reste valable" not in mes_reponses
    assert "déposée puis retirée" in page(client, "recepisse", suivant)


def test_retirer_une_reponse_qui_en_remplacait_une_dit_avant_qu_il_ne_restera_rien(
    client, candidat, pli
):
    places = [(enveloppe.sorte, enveloppe.lot) for enveloppe in pli.enveloppes.all()]
    suivant = candidat.depose(*places, le=horloge.maintenant(), brouillon=pli.brouillon)

    confirmation = page(client, "retirer", suivant)

    assert "il ne vous restera aucune réponse déposée" in confirmation
    assert pli.reference in confirmation and "Cette ancienne réponse ne revient pas" in confirmation


def test_apres_le_retrait_le_recepisse_et_le_courriel_disent_qu_il_ne_reste_rien(
    client, candidat, pli
):
    places = [(enveloppe.sorte, enveloppe.lot) for enveloppe in pli.enveloppes.all()]
    suivant = candidat.depose(*places, le=horloge.maintenant(), brouillon=pli.brouillon)
    client.post(reverse("reponses:retirer", args=[suivant.reference]))

    courriel = Courriel.objects.get(cle__startswith=f"retrait:{suivant.reference}:").texte

    assert "Il ne vous reste aucune réponse déposée" in page(client, "recepisse", suivant)
    assert "Il ne vous reste aucune réponse déposée." in courriel
    assert f"Ce qu'elle avait remplacé ne revient pas : {pli.reference}." in courriel
    ancien = page(client, "recepisse", pli)
    assert "Cette réponse ne compte plus" in ancien and "Celle qui compte" not in ancien


def test_ce_qui_reste_apres_un_retrait_se_dit_enveloppe_par_enveloppe():
    candidat = factories.Candidat(
        factories.consultation(lots=2, limite=horloge.maintenant() + timedelta(days=1))
    )
    deux = candidat.depose(
        ("candidature", None), ("offre", 1), ("offre", 2), le=horloge.maintenant()
    )
    un = candidat.depose(("offre", 1), le=horloge.maintenant())

    restes = ce_qui_reste_sans(un, candidat.personne)

    assert [(reste.pli, reste.en_mots) for reste in restes] == [
        (deux, "candidature et offre du lot 2")
    ]
    assert "il vous restera une partie" in page(
        connecter(Client(), candidat.personne), "retirer", un
    )


def test_un_depot_remplace_depuis_une_autre_reponse_ne_passe_pas_pour_rien(client, candidat, pli):
    places = [(enveloppe.sorte, enveloppe.lot) for enveloppe in pli.enveloppes.all()]
    candidat.depose(*places, le=horloge.maintenant())

    assert "Rien n'est déposé" not in client.get(
        reverse("reponses:mes_reponses")
    ).content.decode().replace("’", "'")


def test_apres_l_heure_limite_le_retrait_dit_pourquoi_non():
    candidat = factories.Candidat(
        factories.consultation(limite=horloge.maintenant() - timedelta(minutes=2))
    )
    pli = candidat.depose(("offre", None), le=horloge.maintenant() - timedelta(minutes=5))
    texte = page(connecter(Client(), candidat.personne), "retirer", pli)

    assert "La date limite est passée" in texte
    assert "<form method" not in texte


def test_un_depot_remplace_mene_a_celui_qui_compte(client, candidat, pli):
    suivant = candidat.depose(("candidature", None), ("offre", None), le=horloge.maintenant())
    texte = page(client, "recepisse", pli)

    assert "Cette réponse est remplacée" in texte and suivant.reference in texte


def test_verifier_est_public_et_donne_la_ligne_de_commande():
    texte = Client().get(reverse("reponses:verifier")).content.decode()

    assert "./beffroi verifier recu.zip" in texte
    assert "openssl ts -verify" in texte
    assert "<noscript>" in texte
