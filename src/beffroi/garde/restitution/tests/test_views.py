"""Les pages : demander, télécharger et reprendre, accuser réception ;
lire ce qui vient d'ailleurs.
"""

import pytest
from django.urls import reverse

from beffroi.contrat.achevement.tests.scene import SIGNE_LE as LE
from beffroi.garde.restitution import services
from beffroi.garde.restitution.models import Reprise, Restitution
from beffroi.garde.restitution.views import acheteur
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.socle.fondations.stockage import stockage


@pytest.fixture
def martine(conclu, client, monkeypatch):
    monkeypatch.setattr(acheteur, "maintenant", lambda: LE)
    habilitation = conclu.martine.habilitations.get()
    habilitation.roles = sorted({*habilitation.roles, "administrateur"})
    habilitation.save(update_fields=["roles"])
    return connecter(client, conclu.martine)


def page(nom, **arguments):
    return reverse(f"restitution:{nom}", kwargs=arguments)


def lue(client, nom, **arguments):
    rendue = client.get(page(nom, **arguments))
    assert rendue.status_code == 200, rendue.status_code
    return " ".join(rendue.content.decode().split())


def test_demander_telecharger_reprendre_puis_accuser_reception(martine, conclu):
    assert "Aucune archive demandée" in lue(martine, "accueil")
    assert (
        martine.post(page("demander", siret=conclu.consultation.organisme.siret)).status_code == 302
    )
    demandee = Restitution.objects.get()
    assert "se prépare" in lue(martine, "accueil")
    assert martine.get(page("fichier", reference=demandee.reference)).status_code == 409

    prete = services.etablir(demandee)
    assert prete.sha256 not in lue(martine, "accueil")
    suite = martine.get(
        page("fichier", reference=prete.reference), headers={"Range": f"bytes=100-{prete.taille}"}
    )
    with stockage().lire(prete.cle_de_stockage, debut=100) as flux:
        assert b"".join(suite.streaming_content) == flux.read()
    assert (suite.status_code, suite["Cache-Control"]) == (206, "private, no-store")

    recevoir = page("recevoir", reference=prete.reference)
    assert "incomplet" in martine.post(recevoir, {"empreinte": "deadbeef"}).content.decode()
    assert martine.post(recevoir, {"empreinte": prete.sha256[:8]}).status_code == 302
    assert "Reçue le" in lue(martine, "accueil") and prete.sha256 in lue(martine, "accueil")


def test_une_archive_arretee_dit_pourquoi(martine, conclu):
    acte = {
        "organisme": conclu.consultation.organisme,
        "demandee_par": conclu.martine,
        "demandee_le": LE,
    }
    Restitution.objects.create(**acte, etat="refusee", refus="« offre.pdf » ne se trouve plus.")
    assert "« offre.pdf » ne se trouve plus." in lue(martine, "accueil")


def test_une_consultation_reprise_se_lit_et_ses_pieces_se_telechargent(
    martine, conclu, archive_rendue
):
    reprise = services.reprendre(flux=archive_rendue, maintenant=LE)
    une = {"reference": reprise.reference, "consultation": conclu.consultation.reference}
    assert reprise.origine in lue(martine, "accueil")
    assert conclu.consultation.titre in lue(martine, "reprise", reference=reprise.reference)
    texte = lue(martine, "consultation", **une)
    assert "Registre des dépôts" in texte and "Écritures du journal d" in texte
    piece = reprise.consultations.get(reference=conclu.consultation.reference).pieces.last()
    rendue = martine.get(page("piece", **une, rang=piece.rang))
    assert len(b"".join(rendue.streaming_content)) == piece.taille
    assert martine.get(page("piece", **une, rang=999)).status_code == 404


def test_une_archive_venue_avec_une_autre_dit_laquelle(martine, archive_rendue):
    venue = services.reprendre(flux=archive_rendue, maintenant=LE)
    autre = Reprise.objects.create(
        siren=venue.siren,
        siret=venue.siret,
        nom=venue.nom,
        manifeste="f" * 64,
        origine="https://marches.example",
        cle_d_origine=venue.cle_d_origine,
        restitution="RS-AUTRE",
        etablie_le=LE,
        reprise_le=LE,
        avec=venue,
    )
    assert "elle est venue avec elle" not in lue(martine, "reprise", reference=venue.reference)
    vue = lue(martine, "reprise", reference=autre.reference)
    assert "elle est venue avec elle" in vue and page("reprise", reference=venue.reference) in vue
    assert "Manifeste de l’archive d’origine" in lue(martine, "reprise", reference=venue.reference)
