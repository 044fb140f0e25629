"""Le chemin le plus court : sept écrans, cinq champs tapés, et plus rien à régler dans l'achat."""

import pytest
from django.test import Client
from lxml import html

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.ports import controles_de_l_achat
from beffroi.achat.consultations.queries.taches_du_brouillon import taches
from beffroi.achat.preparation.forms.lots import MOTIFS
from beffroi.achat.preparation.questionnaire import ECRANS
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.personnes.organismes.services import Coordonnees, decrire_l_organisme

# Ce que Martine tape. Tout le reste est proposé, ou se choisit dans une liste.
TAPE = {
    "achat": {"titre": "Toiture de l'école", "objet": "Ardoise, 640 m².", "lieu": "Bomy"},
    "montant": {"estime": "84 500", "duree_en_mois": "4"},
}
CHOISIT = {"achat": {"prestation": "travaux"}, "lots": {"motif": MOTIFS[1][0]}}
OBLIGATOIRES = [ecran.cle for ecran in ECRANS.values() if not ecran.facultatif]


def acheteuse(scene):
    """Martine, connectée, et sa mairie décrite."""
    decrire_l_organisme(
        organisme=scene.organisme,
        coordonnees=Coordonnees(adresse="1 place de la Mairie", code_postal="62960", ville="Bomy"),
        par=scene.martine.acteur,
        maintenant=scene.le,
    )
    return connecter(Client(), scene.martine)


@pytest.fixture
def client(scene):
    return acheteuse(scene)


def repondre(client, url, cle):
    """Ce que le navigateur envoie :
    la page telle qu'elle est proposée, ce qui est tapé, ce qui est choisi.
    """
    formulaire = next(
        f
        for f in html.fromstring(client.get(url).content).forms
        if "formulaire" in f.get("class", "")
    )
    envoye = {**dict(formulaire.form_values()), **CHOISIT.get(cle, {}), **TAPE.get(cle, {})}
    return client.post(url, envoye)["Location"]


def parcourir(client):
    """Chaque écran mène au suivant ; rend ceux qui ont été vus, jusqu'aux personnes qui ouvrent."""
    vus, url = [], "/consultations/nouvelle/"
    for cle in OBLIGATOIRES:
        vus.append(cle)
        url = repondre(client, url, cle)
    return [*vus, url.rstrip("/").split("/")[-1], "membres"]


def test_sept_ecrans_menent_de_l_idee_aux_personnes_qui_ouvrent(client, scene):
    vus = parcourir(client)

    obligatoires = [
        t.nom for t in taches(Consultation.toutes.get(), scene.le) if t.mot != "Facultatif"
    ]
    assert vus == ["achat", "montant", "lots", "criteres", "calendrier", "pieces", "membres"]
    assert len(vus) == 7
    assert obligatoires[:7] == [
        *(ECRANS[cle].titre for cle in OBLIGATOIRES),
        "Quelles pièces ?",
        "Qui ouvre ?",
    ]


def test_cinq_champs_tapes_suffisent_et_le_reste_est_propose(client, scene):
    parcourir(client)

    consultation = Consultation.toutes.get()
    scene.joindre(consultation)
    bloquants = [
        c.texte for c in controles_de_l_achat(consultation, le=scene.le) if c.gravite == "bloquant"
    ]
    assert sum(len(champs) for champs in TAPE.values()) == 5
    assert bloquants == []


@pytest.mark.parametrize(
    "cle,champ",
    [(cle, champ) for cle, champs in TAPE.items() for champ in champs if champ != "lieu"],
)
def test_aucun_des_champs_exiges_ne_peut_rester_vide(client, cle, champ, monkeypatch):
    client.post("/consultations/nouvelle/", {**CHOISIT["achat"], **TAPE["achat"]})
    reference = Consultation.toutes.get().reference
    saisie = {**CHOISIT.get(cle, {}), **TAPE[cle], champ: ""}

    assert client.post(f"/consultations/{reference}/preparer/{cle}/", saisie).status_code == 422


@pytest.fixture
def conditions(client):
    client.post("/consultations/nouvelle/", {**CHOISIT["achat"], **TAPE["achat"]})
    return f"/consultations/{Consultation.toutes.get().reference}/preparer/conditions/"


def envoi_de(client, url):
    formulaire = next(
        f
        for f in html.fromstring(client.get(url).content).forms
        if "formulaire" in f.get("class", "")
    )
    return dict(formulaire.form_values())


@pytest.mark.article("CCP", "R. 2151-8")
def test_les_conditions_proposent_d_interdire_les_variantes_et_disent_pourquoi(client, conditions):
    assert envoi_de(client, conditions)["variantes"] == "interdites"
    assert "un règlement qui n’en dit rien les autorise" in client.get(conditions).content.decode()


@pytest.mark.article("CCP", "R. 2151-10")
@pytest.mark.parametrize("regime", ["autorisées", "exigées"])
def test_des_variantes_permises_demandent_ce_qu_elles_respectent(client, conditions, regime):
    envoi = {**envoi_de(client, conditions), "variantes": regime}

    refus = client.post(conditions, envoi)
    assert refus.status_code == 422 and "exigences_des_variantes" in refus.context["form"].errors
    assert (
        client.post(
            conditions, {**envoi, "exigences_des_variantes": "La même garantie."}
        ).status_code
        == 302
    )


def test_les_conditions_s_enregistrent_telles_qu_elles_sont_proposees(client, conditions):
    assert client.post(conditions, envoi_de(client, conditions)).status_code == 302
