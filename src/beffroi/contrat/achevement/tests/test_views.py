"""Les écrans, sans navigateur :
relire ce qui manque, écrire, établir le rapport, noter son envoi.
"""

import pytest
from django.urls import reverse

from beffroi.contrat.achevement.models import CommunicationDuRapport, RapportDePresentation
from beffroi.contrat.achevement.tests.scene import SIGNE_LE
from beffroi.contrat.achevement.views import avis as vue_de_l_avis
from beffroi.contrat.achevement.views import commun
from beffroi.contrat.achevement.views import rapport as vue_du_rapport
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.publicite.avis.models import Avis

pytestmark = pytest.mark.django_db


@pytest.fixture
def martine(conclu, client, monkeypatch):
    for module in (vue_de_l_avis, vue_du_rapport, commun):
        monkeypatch.setattr(module, "maintenant", lambda: SIGNE_LE)
    return connecter(client, conclu.martine)


def page(conclu, nom, **arguments):
    return reverse(
        f"achevement:{nom}", kwargs={"reference": conclu.consultation.reference, **arguments}
    )


def saisie(conclu, **autres):
    return {**conclu.complements(), "lots": ["1", "2"], **autres}


def test_une_mention_qui_manque_se_dit_dans_la_page_et_ce_qui_etait_tape_reste(martine, conclu):
    siret = conclu.marche.titulaires.get().siret
    rendue = martine.post(
        page(conclu, "ecrire", forme="europeenne"), saisie(conclu, **{f"ville_{siret}": ""})
    )

    assert rendue.status_code == 422 and "Il manque la ville" in rendue.content.decode()
    assert not Avis.objects.filter(sorte="attribution").exists()


def test_complet_l_avis_s_ecrit_et_l_on_choisit_ses_supports(martine, conclu):
    rendue = martine.post(page(conclu, "ecrire", forme="europeenne"), saisie(conclu))

    assert rendue.status_code == 302 and "/publicite/AV-" in rendue["Location"]
    assert Avis.objects.get(sorte="attribution").lots_dits == {1, 2}


def test_le_rapport_s_etablit_se_telecharge_et_son_envoi_se_note(martine, conclu):
    assert martine.post(page(conclu, "rapport"), {"conflits": "Aucun."}).status_code == 302
    rapport = RapportDePresentation.objects.get()
    pdf = martine.get(page(conclu, "fichier", rapport=rapport.reference, extension="pdf"))
    envoi = {"destinataire": "prefet", "faite_le": SIGNE_LE.date().isoformat()}

    assert b"".join(pdf.streaming_content).startswith(b"%PDF")
    assert (
        martine.post(page(conclu, "communiquer", rapport=rapport.reference), envoi).status_code
        == 302
    )
    assert CommunicationDuRapport.objects.get().destinataire == "prefet"
    assert (
        "Le préfet, avec les pièces du contrat"
        in martine.get(page(conclu, "rapport")).content.decode()
    )
