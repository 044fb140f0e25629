"""Les pages des archives :
ce qui est dû, le paquet qui se télécharge et se reprend, l'élimination de bout en bout.
"""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from beffroi.contrat.achevement.tests.scene import SIGNE_LE
from beffroi.garde.archives import elimination
from beffroi.garde.archives.models import Elimination, Gel, Paquet
from beffroi.garde.archives.services import demander_un_paquet, etablir_un_paquet, geler
from beffroi.garde.archives.services.eliminations import effacer_les_octets
from beffroi.garde.archives.tests.bordereaux import TERME, detruit, vise
from beffroi.garde.archives.views import dossiers, eliminations
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.socle.fondations.stockage import stockage
from formats.seda import D_OFFICE

LE = SIGNE_LE + timedelta(days=1)


@pytest.fixture
def heure(monkeypatch):
    """L'heure que lisent les pages : un test l'avance."""

    def regler(instant):
        for module in (dossiers, eliminations):
            monkeypatch.setattr(module, "maintenant", lambda: instant)

    regler(LE)
    return regler


@pytest.fixture
def martine(conclu, client, heure):
    habilitation = conclu.martine.habilitations.get()
    habilitation.roles = sorted({*habilitation.roles, "administrateur"})
    habilitation.save(update_fields=["roles"])
    return connecter(client, conclu.martine)


def page(nom, objet=None, **autres):
    return reverse(
        f"archives:{nom}", kwargs={"reference": objet.reference, **autres} if objet else {}
    )


def lue(client, nom, objet=None):
    rendue = client.get(page(nom, objet))
    assert rendue.status_code == 200, rendue.status_code
    return " ".join(rendue.content.decode().replace("\N{NO-BREAK SPACE}", " ").split())


def test_la_liste_dit_jusqu_a_quand_et_ce_que_l_on_attend(martine, conclu):
    texte = lue(martine, "accueil")
    assert conclu.consultation.titre in texte
    assert "Gardée" in texte
    assert "On attend la fin de l'exécution" in texte.replace("’", "'")


def test_la_page_dit_chaque_duree_et_le_texte_qui_la_fixe(martine, conclu):
    texte = lue(martine, "consultation", conclu.consultation)
    assert "CCP, art. R. 2184-13" in texte
    assert "Éliminer sous visa" in texte


def test_ce_que_le_paquet_contiendra_se_lit_etape_par_etape(martine, conclu):
    texte = lue(martine, "pieces", conclu.consultation)
    assert "Préparation" in texte and "Aucune pièce." in texte
    assert "Registre des dépôts" in texte


def test_un_paquet_se_demande_s_etablit_se_telecharge_et_se_reprend(martine, conclu):
    assert (
        martine.post(page("demander", conclu.consultation), {"version": "2.2"}).status_code == 302
    )
    demande = Paquet.objects.get()
    assert martine.get(page("fichier", demande)).status_code == 409
    paquet = etablir_un_paquet(demande)
    suite = martine.get(page("fichier", paquet), headers={"Range": f"bytes=100-{paquet.taille}"})
    with stockage().lire(paquet.cle_de_stockage, debut=100) as flux:
        assert b"".join(suite.streaming_content) == flux.read()
    assert (suite.status_code, suite["Cache-Control"]) == (206, "private, no-store")
    assert paquet.sha256 in lue(martine, "consultation", conclu.consultation)


def test_un_paquet_arrete_dit_pourquoi(martine, conclu):
    acte = {"consultation": conclu.consultation, "demande_par": conclu.martine, "demande_le": LE}
    Paquet.objects.create(**acte, etat="refuse", refus="« offre.pdf » ne se trouve plus.")
    assert "« offre.pdf » ne se trouve plus." in lue(martine, "consultation", conclu.consultation)


def test_geler_puis_lever_se_motivent(martine, conclu):
    assert martine.post(page("geler", conclu.consultation), {"motif": ""}).status_code == 422
    assert (
        martine.post(page("geler", conclu.consultation), {"motif": "recours n° 3"}).status_code
        == 302
    )
    gel = Gel.objects.get()
    assert "Gelée" in lue(martine, "accueil")
    assert "Le recours est jugé" in lue(martine, "lever", gel)
    assert martine.post(page("lever", gel), {"motif": "désistement"}).status_code == 302
    gel.refresh_from_db()
    assert gel.motif_de_la_levee == "désistement"


def test_avant_son_terme_rien_n_est_propose_et_un_gel_se_dit(martine, conclu, heure):
    assert "Rien à éliminer" in lue(martine, "proposer", conclu.consultation)
    heure(TERME)
    geler(consultation=conclu.consultation, motif="recours n° 3", par=conclu.martine, maintenant=LE)
    assert "Cette consultation est gelée." in lue(martine, "proposer", conclu.consultation)


def test_eliminer_du_bordereau_au_certificat(martine, conclu, heure):
    heure(TERME)
    assert "Établir le bordereau" in lue(martine, "proposer", conclu.consultation)
    martine.post(page("proposer", conclu.consultation))
    bordereau = Elimination.objects.get()
    code = elimination.code(bordereau.empreinte)
    assert code in lue(martine, "bordereau", bordereau)
    assert martine.get(page("document", bordereau, document="bordereau.pdf")).content.startswith(
        b"%PDF"
    )
    for avant in ("certificat.pdf", "certificat.zip"):
        assert martine.get(page("document", bordereau, document=avant)).status_code == 404

    visa = {"signataire": "Claire Monchy", "jour": TERME.date().isoformat()}
    joint = {"document": SimpleUploadedFile("visa.pdf", b"%PDF-1.4 visa")}
    autre = martine.post(page("viser", bordereau), {**visa, **joint, "code": "AAAA-BBBB-CCCC-DDDD"})
    assert autre.status_code == 422 and "autre liste" in autre.content.decode()
    joint = {"document": SimpleUploadedFile("visa.pdf", b"%PDF-1.4 visa")}
    assert (
        martine.post(page("viser", bordereau), {**visa, **joint, "code": code}).status_code == 302
    )

    assert "On ne peut pas revenir en arrière" in lue(martine, "detruire", bordereau)
    assert martine.post(page("detruire", bordereau)).status_code == 302
    assert martine.get(page("document", bordereau, document="certificat.pdf")).content.startswith(
        b"%PDF"
    )
    assert martine.get(page("document", bordereau, document="certificat.zip")).content.startswith(
        b"PK"
    )
    assert martine.get(page("document", bordereau, document="visa")).content == b"%PDF-1.4 visa"
    assert martine.post(page("detruire", bordereau)).status_code == 409


def test_sans_administrer_l_organisme_on_n_y_entre_pas(conclu, client, heure):
    connecter(client, conclu.martine)
    habilitation = conclu.martine.habilitations.get()
    habilitation.roles = ["lecteur"]
    habilitation.save(update_fields=["roles"])
    assert client.get(page("accueil")).status_code == 403
    assert client.get(page("consultation", conclu.consultation)).status_code == 403


def test_un_paquet_detruit_avec_ce_qu_il_copiait_ne_se_telecharge_plus_et_la_page_le_dit(
    conclu, martine, stockage_rendu
):
    acte = {"par": conclu.martine, "maintenant": LE}
    demande = demander_un_paquet(consultation=conclu.consultation, version=D_OFFICE, **acte)
    paquet = etablir_un_paquet(demande)
    bordereau = vise(conclu)
    detruit(conclu, bordereau)
    effacer_les_octets.call(bordereau.reference)

    texte = lue(martine, "consultation", conclu.consultation)

    assert "Détruit sous visa" in texte and page("fichier", paquet) not in texte
    assert martine.get(page("fichier", paquet)).status_code == 409
